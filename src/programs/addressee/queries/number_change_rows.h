// The sequence of changes as unified follows it (number_message.h): versions, and numbers that came by themselves.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "number_message.h"
#include "seal.h"
#include "store.h"

MUST bool number_change_last(Store *store, int64_t *change_no, Error *err);  // 0: none yet
// Changes after `cursor`, at most `most`, in order; each is the person as known with it, places opened. One that cannot be
// opened any more is told as unread, and logged: one bad row does not stop everybody. Wipe them (numbers_wipe), also
// where it says false.
MUST bool number_changes_after(Store *store, Keys *keys, int64_t cursor, int32_t most, Arena *arena,
                               NumberChanges *changes, Error *err);
