// What long work says of itself while it runs: who does what since when and how far it is, for other processes.
//
// A note is a file of one line in the data directory, locked by the process that writes it as long as that lives: a
// note that nobody locks is of one that died. It stands in no transaction, so it is seen of work inside a turn too.
// The next begin of the same work takes the note of a dead one away.
// Errors  none for the work: where its note cannot be written it goes on, with a line in the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "vec.h"

enum { JOB_NOTE_BYTES = 1024, JOB_NOTE_DAYS = 30 };  // so long the note of a dead one is kept

typedef struct JobWay {
    Str command, what, words;  // "intake", the file's name or {0}, the stage in words
    Str operator_name;
    Instant since, moved;
    int64_t done, total;  // total 0: not known
    bool of_bytes, died;
} JobWay;
VEC(JobWays, JobWay, job_ways);

typedef struct JobNote JobNote;

// NULL where no note could be made. `way->words` and all that moves is written again later; texts are copied.
JobNote *job_note_begin(const Act *act, const JobWay *way);
void job_note_move(JobNote *note, const char *words, int64_t done, int64_t total, bool of_bytes);
// The work is over, well or not; NULL is fine. When it ended; 0: there was no note.
Instant job_note_end(JobNote *note);

// The notes of the act's program, oldest first.
MUST bool job_notes_read(const Act *act, Arena *arena, JobWays *ways, Error *err);
