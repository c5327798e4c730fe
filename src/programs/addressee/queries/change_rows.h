// The register as one sequence of changes, for those who follow it (difference.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_change.h"
#include "seal.h"
#include "store.h"

// The epoch of this database; made when there is none yet, so inside a writing transaction.
MUST bool change_epoch(Store *store, Arena *arena, Str *epoch, Error *err);
MUST bool change_last(Store *store, int64_t *change_no, Error *err);  // 0: none yet
// Where one person stands in the sequences: the newest version that is not taken back, the mailing addresses, and the newest of what
// unified follows; 0: there is none.
typedef struct PersonNewest {
    int64_t version, mailings, number;
} PersonNewest;
MUST bool change_newest_of(Store *store, int64_t person_id, PersonNewest *newest, Error *err);
// Name of the feed file applied last; {0}: none yet.
MUST bool change_picture(Store *store, Arena *arena, Str *picture, Error *err);
// Changes after `cursor`, at most `most`, in order, holds and mailing addresses among them, as they may be told: places of protected
// persons stay sealed. A row that cannot be read any more is parked: told as HOLD_UNTELLABLE, and the others
// go on.
MUST bool changes_after(Store *store, Keys *keys, int64_t cursor, int32_t most, Arena *arena, PersonChangeRows *changes,
                        Error *err);
