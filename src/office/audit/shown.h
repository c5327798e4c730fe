// Who was shown on a list, in the one record of it: signs behind its detail, and their index.
//
// Privacy a sign is 64 bits of the keyed index of a 宛名番号, in letters (a run of digits may be somebody's number, and is
//         masked). The index holds nothing but the signs that stand in the records, so that one person's records are
//         found without reading all others; audit_verify compares it with them, sign by sign.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit_rows.h"

enum { SHOWN_SIGN_LETTERS = 16 };

Str shown_sign(const Sha256 *index, Arena *arena);
// The signs of a detail as it is stored, in order, each once; they point into it.
ShownSigns shown_in(Str detail, Arena *arena);

// The index beside the leaves, in their order, while verify walks these.
typedef struct ShownWalk {
    Query *rows;   // NULL: not begun
    bool there;    // the row that query_next reached belongs to no leaf before
    int64_t leaf_no;
} ShownWalk;
MUST bool shown_walk_begin(Store *store, ShownWalk *walk, Error *err);
// Does the index say of this leaf what it says itself?
bool shown_walk_stands(ShownWalk *walk, const StoredLeaf *leaf, Arena scratch);
// `rest`: the index has rows of no leaf.
MUST bool shown_walk_end(ShownWalk *walk, bool *rest, Error *err);
