// How far it is, for people: one moving bar on a terminal, otherwise a plain line now and then, on
// standard error. For work in one transaction too, that has no job row.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>
#include <stdio.h>

#include "clock.h"
#include "str.h"

enum { PROGRESS_LINE_SECONDS = 5, PROGRESS_BAR_MILLISECONDS = 100 };

typedef struct Progress {
    FILE *out;
    const char *words;  // "取込"
    int64_t total;      // 0: not known
    Instant began, shown;
    bool terminal, drawn;
    bool of_bytes;  // `total` and `done` count bytes of a file, not things
} Progress;

Progress progress_begin(const char *words, int64_t total);
Progress progress_begin_bytes(const char *words, int64_t total);  // of a file that is being read
void progress_show(Progress *progress, int64_t done);  // cheap: may be called for every row
void progress_end(Progress *progress, int64_t done);   // the last line, where there was one before
