// How far it is, for people: one moving bar on a terminal, otherwise a plain line now and then, on
// standard error; and for other processes by a note (job_note.h). For work in one transaction too, that has no job row.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>
#include <stdio.h>

#include "job_note.h"

enum { PROGRESS_LINE_SECONDS = 5, PROGRESS_BAR_MILLISECONDS = 100 };

typedef struct Progress {
    FILE *out;
    const char *words;  // "取込"
    int64_t total;      // 0: not known
    int64_t done;  // as it was said last
    Instant began, shown;
    bool terminal, drawn;
    bool of_bytes;  // `total` and `done` count bytes of a file, not things
    JobNote *note;  // NULL: for this terminal alone
    bool lent;      // the note is that of the whole (Act.note): it goes on
    Instant noted;
} Progress;

typedef struct ProgressOf {
    const Act *act;  // NULL: nobody but this terminal is told
    const char *words;
    Str what;  // the file at work; {0}: none
    int64_t total;
    bool of_bytes;
} ProgressOf;

Progress progress_begin(ProgressOf of);
// What comes now is counted anew.
void progress_stage(Progress *progress, const char *words, int64_t total, bool of_bytes);
void progress_show(Progress *progress, int64_t done);  // cheap: may be called for every row
// The last line, where there was one before. Once, also where the work failed.
void progress_end(Progress *progress, int64_t done);
