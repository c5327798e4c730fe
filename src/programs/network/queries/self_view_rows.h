// わたしの情報: what citizens wanted to see, of whom, and the envelope that came. The key of each look is sealed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sealed_column.h"
#include "self_message.h"
#include "sha256.h"
#include "store.h"
#include "vec.h"

typedef struct SelfViewRow {
    int64_t view_no;
    SelfViewId view;
    Sha256 person;
    OrganisationCode organisation;
    Instant asked_at;
    Bytes envelope;  // empty: nothing came yet
} SelfViewRow;

// Gives the row its number. Inside the writing transaction.
MUST bool self_view_add(Store *store, Keys *keys, SelfViewRow *row, const Secret *key, Arena scratch, Error *err);
// The newest of a person at an organisation; view_no 0: there is none. `key` opens its envelope.
MUST bool self_view_newest(Store *store, Keys *keys, const Sha256 *person, const OrganisationCode *whose, Arena *arena,
                           SelfViewRow *row, Secret *key, Error *err);
// Takes what came, once, from whoever was asked; twice, or what nobody asked, changes nothing.
MUST bool self_view_came(Store *store, const OrganisationCode *from, const SelfTold *told, Error *err);
// Those that were asked before that moment; `gone`: how many.
MUST bool self_views_forget(Store *store, Instant asked_before, int64_t *gone, Error *err);

VEC(Holders, OrganisationCode, holders);
// Who got a code for this person, and so may keep something of him.
MUST bool holders_of_person(Store *store, const Sha256 *person, Arena *arena, Holders *rows, Error *err);

extern const SealedColumn self_view_key_sealed;
