// A pass over the city on two cores: each thread reads and judges a stretch of the persons through a
// store of its own and keeps what it found; when all are done their finds lie in the order of persons.
//
// One picture  every thread looks at the ledger in one reading transaction; where somebody wrote in
//              between, so that two of them saw different ledgers, the pass is done again, the last time with
//              pictures that are taken in the writing turn.
// What is shared  the rules and `asked`: read by all and written by none. So nothing is locked.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_rows.h"
#include "ledger.h"

// Each has a cache and tables of its own, and all of them share what one process may use.
enum { SLICES_MOST = 2 };

// Memory of one slice, its own.
typedef struct SliceMemory {
    Arena tables;  // for judging; gone when the pass is over
    Arena list,
        texts;  // what was found, apart so that both grow in place; lives as long as the process
} SliceMemory;

typedef struct CitySlices {
    const char *words;  // of the progress line
    CityKnowledge knowledge;
    const void *asked;  // shared by all slices
    // Each in the thread of a slice. `begin` makes what the slice works with; NULL with `err`.
    void *(*begin)(const void *asked, SliceMemory *memory, Store *store, Error *err);
    // One person; `scratch` begins anew with each.
    void (*judge)(void *work, const CityPerson *person, Arena scratch);
    void (*end)(void *work);  // after the last person
    const CityMoved *moved;   // these alone, with CITY_EVER; NULL: everybody
} CitySlices;

// What `begin` made for every slice, in the order of persons; made in `texts`.
typedef struct SliceWorks {
    void *at[SLICES_MOST];
    int count;
    int32_t next_act;               // the first act that none of them knows: all saw one ledger
    SliceMemory kept[SLICES_MOST];  // what was found, to be given back
} SliceWorks;

// Of what `ledger` knows. Reads what is committed: a transaction of the office's own store is not seen.
MUST bool city_slices_run(const Ledger *ledger, const CitySlices *slices, SliceWorks *works,
                          Error *err);

// For whoever has copied what was found, which otherwise lives as long as the process.
void slice_works_forget(SliceWorks *works);

// What each slice found, sorted by itself.
typedef struct SortedPart {
    const char *at;
    ptrdiff_t count;
} SortedPart;
typedef struct SortedParts {
    ptrdiff_t size;  // of one element, bytes
    int count;
    SortedPart at[SLICES_MOST];
} SortedParts;

// All parts as one sorted array of `*total` elements, in memory that lives as long as the process.
void *parts_merged(const SortedParts *parts, int (*order)(const void *, const void *),
                   ptrdiff_t *total);
