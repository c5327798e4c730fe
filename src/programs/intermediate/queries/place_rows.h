// Where we stand with the network: the last letter of our box that was kept, and our copy of the list.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

MUST bool letter_place(Store *store, int64_t *letter_no, Error *err);
MUST bool letter_place_move(Store *store, int64_t letter_no, Error *err);
// As the core signed it; {0}: none ever came. `wanted`: it shall be fetched though it is not old.
MUST bool list_kept(Store *store, Arena *arena, Bytes *list, bool *wanted, Error *err);
MUST bool list_keep(Store *store, Bytes list, Error *err);
MUST bool list_want(Store *store, Error *err);
// Up to where the network was told of our records.
MUST bool record_place(Store *store, int64_t *record_no, Error *err);
MUST bool record_place_move(Store *store, int64_t record_no, Error *err);
