// For tests of whole batches: a folder, a batch of made-up people, and what came of it. Whatever fails, fails the
// running test.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "papers.h"

typedef struct Office {
    char folder[64];
    Arena whole, arena;
    PapersBatch batch;  // one part of each 予診票; to be changed before office_begin
    Papers *papers;
    PapersReport report;
    Error err;
} Office;

// Set-up and tear-down of a story. Fails when a file stayed that is no released one.
int office_open(void **state);
int office_close(void **state);
void office_clear(
    Office *office);  // removes what was released, so that a second batch may bear the same names

void office_begin(Office *office);
void office_release(Office *office);

Str office_file(const Office *office,
                PaperFileKind kind);     // where it lies; {0}: the batch has none
int office_draft(const Office *office);  // a file to draw on, empty
