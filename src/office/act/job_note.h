// What long work says of itself while it runs: who does what since when and how far it is, for other processes.
//
// A note is a file of one line in the data directory, locked by the process that writes it as long as that lives: a
// note that nobody locks is of one that died. It stands in no transaction, so it is seen of work inside a turn too.
// The next begin of the same work takes the note of a dead one away.
// A command that is long work (Command.work) has one note from its beginning to its end, and its end is kept for
// JOB_PAST_DAYS: what came of it, in the words that its person was told. A text in it is masked like one of the trail.
// Errors  none for the work: where its note cannot be written it goes on, with a line in the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "vec.h"

enum { JOB_NOTE_BYTES = 2048, JOB_NOTE_DAYS = 30, JOB_PAST_DAYS = 14 };  // so long the note of a dead one is kept, and of one that ended

// How work ended: done, done with something that a person must look at, not done.
typedef enum JobEnd { JOB_OPEN, JOB_WELL, JOB_ASKS, JOB_BADLY } JobEnd;

typedef struct JobWay {
    Str command, what, words;  // "intake", the file's name or {0}, the stage in words
    Str operator_name;
    Instant since, moved;
    int64_t done, total;  // total 0: not known
    bool of_bytes, died;
    JobEnd end;     // JOB_OPEN: it has not ended
    Instant ended;
    Str said;       // what came of it
} JobWay;
VEC(JobWays, JobWay, job_ways);

typedef struct JobNote JobNote;

// NULL where no note could be made. `way->words` and all that moves is written again later; texts are copied.
JobNote *job_note_begin(const Act *act, const JobWay *way);
void job_note_move(JobNote *note, const char *words, int64_t done, int64_t total, bool of_bytes);
// What it is done to: the file at work.
void job_note_about(JobNote *note, Str what);
// One thing more that came of it; NULL is fine.
void job_note_said(JobNote *note, Str words);
// The work is over, well or not, and nothing is kept of it; NULL is fine. When it ended; 0: there was no note.
Instant job_note_end(JobNote *note);
// The same, and how it ended is kept. `said`: what came of it; {0}: what was said on the way.
Instant job_note_over(JobNote *note, JobEnd end, Str said);

// The notes of the act's program, oldest first.
MUST bool job_notes_read(const Act *act, Arena *arena, JobWays *ways, Error *err);
// Those that have ended, the last one first, `most` of them.
MUST bool job_past_read(const Act *act, int most, Arena *arena, JobWays *ways, Error *err);
