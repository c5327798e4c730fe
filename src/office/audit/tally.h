// What the tables held when a record was made, so that a row which SQL takes away, adds or changes is named.
//
// Write   with each record of a change: for each set of rows that grew since its last tally, how many they
//         are, up to which key, and a keyed digest of what never changes of them. The record hashes its
//         tallies (StoredLeaf.tallies), so that they stand as firmly as it does. Nothing of a set is written
//         between a record and its commit (store_commit asserts that nothing at all is).
//         What is there already when a writing transaction begins came through no door: it gets a record of
//         its own that says so (audit_strangers).
// Verify  each set is read once, in order, beside its tallies.
// Secrets digests are keyed: among the rows are addresses and names.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit_rows.h"
#include "tally_rows.h"
#include "trail.h"

// Inside the writing transaction of the record `leaf_no`. `hash`: of its tallies; `any` false: nothing grew.
MUST bool tally_take(Store *store, const Trail *trail, int64_t leaf_no, bool *any, Sha256 *hash,
                     Error *err);
// Words of the sets that have grown since their last tally, which is said to nobody else; {0}: none has.
MUST bool tally_untold(Store *store, const Trail *trail, Arena *arena, Str *words, Error *err);
// Is there a set that no record has tallied: of a version before it was?
MUST bool tally_is_new(Store *store, const Trail *trail, bool *is_new, Error *err);

// Some rows must go, by law, that records counted. They go from the lowest key on, up to one with which a tally ended at or
// below `key`; the record of a command `erase` then says so (tally_erased is its detail), and verify asks that no row of
// these is there any more. `record_no`: of that tally, 0 where none ended there; `last_key`: with which it did.
MUST bool tally_until(Store *store, const char *set_name, int64_t key, int64_t *record_no, int64_t *last_key, Error *err);
Str tally_erased(const char *set_name, int64_t record_no, Arena *arena);

// The tallies beside the leaves, in their order, while verify walks these.
typedef struct TallyWalk {
    Query *rows;      // NULL: not begun
    bool there;       // `next` is a row that belongs to no leaf before
    TallyRow next;
    Arena own, room;  // its texts
} TallyWalk;
MUST bool tally_walk_begin(Store *store, TallyWalk *walk, Error *err);
// Are the tallies of this leaf those that it hashed?
bool tally_walk_stands(TallyWalk *walk, const StoredLeaf *leaf);
// `rest`: there are tallies that belong to no leaf.
MUST bool tally_walk_end(TallyWalk *walk, bool *rest, Error *err);

// Every set beside its tallies: what disagrees, in words; {0} nothing. In an open transaction.
MUST bool tally_verify(Store *store, const Trail *trail, Arena *arena, Str *trouble, Error *err);
