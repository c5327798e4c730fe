// What is kept for a time only: whatever of it is over goes, by `sesshu PROGRAM erase`, every night and before the copy.
//
// Each kind is erased in portions, each with its record. Doing it twice does nothing; the moment is the act's.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "numbers.h"

struct Act;

enum { ERASURE_PORTION = 5000 };

typedef struct Erased {
    int64_t count;  // fewer than ERASURE_PORTION: nothing is left of it
    // Rows that records counted (tally.h) went up to the tally of this record (tally_until); NULL: of no such set.
    const char *set;
    int64_t record_no;
} Erased;

typedef struct Erasure {
    const char *words;  // what goes: "書きかけの入力"
    // Erases the next portion of what is over at the act's moment, inside its writing transaction. The numbers are what the
    // office sets for itself.
    bool (*erase)(struct Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err);
} Erasure;

typedef struct Erasures {
    const Erasure *at;
    int count;
} Erasures;

// Removes rows of a set that the trail counts, up to the tally that ends at or below the key `over`: up to which they are over.
MUST bool counted_erased(struct Act *act, const char *set, int64_t over,
                         bool (*forget)(Store *store, int64_t last, int64_t *gone, Error *err), Erased *erased, Error *err);

// All kinds of one program and of every office, in their order. `gone`: of all.
MUST bool erasures_done(struct Act *act, int64_t *gone, Error *err);
