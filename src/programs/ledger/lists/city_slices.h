// A pass over the city on all cores: each process reads and judges a stretch of the persons through a
// store of its own and leaves what it found in a nameless file; the parent takes the files in order.
//
// One picture  every process looks at the ledger in one reading transaction; where somebody wrote in
//              between, so that two of them saw different ledgers, the pass is done again.
// Why processes  the rules are read by all and written by none, and a database connection belongs to
//              one process: nothing is shared, so nothing is locked.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "city_rows.h"
#include "ledger.h"

typedef struct CitySlices {
    const char *words;  // of the progress line
    CityKnowledge knowledge;
    void *work;
    // In the process of a slice: what is needed before the first person. `store` reads.
    bool (*begin)(void *work, Store *store, Error *err);
    // One person; what is found goes to `out`. `scratch` begins anew with each.
    bool (*judge)(void *work, const CityPerson *person, FILE *out, Arena scratch);
    // In the parent: the next thing found. False at the end of `in`, or when it cannot be read.
    bool (*take)(void *work, FILE *in);
} CitySlices;

// No transaction may be open; the office's store is closed and opened again.
MUST bool city_slices_run(Ledger *ledger, const CitySlices *slices, Error *err);

// Text between processes.
bool slice_put_text(FILE *out, Str text);
bool slice_take_text(FILE *in, Arena *arena, Str *text);
