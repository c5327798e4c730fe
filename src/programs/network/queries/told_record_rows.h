// What organisations told of their own records (record_told): beside the core's, of each access and side the newest word.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "network_message.h"
#include "sha256.h"
#include "store.h"

typedef struct ToldRow {
    ProvisionRecord record;
    Instant told_at;
} ToldRow;
VEC(ToldRows, ToldRow, told_rows);

// Takes the place of what the same side said before of the same inquiry. `person`: the keyed link, or NULL: it named nobody.
MUST bool told_record_keep(Store *store, const Sha256 *person, const ProvisionRecord *record, Instant now, Arena scratch,
                           Error *err);
// Of the inquiries about this person, whichever side named him, and of those of `core_records_of_person`.
MUST bool told_records_of_person(Store *store, const Sha256 *person, Arena *arena, ToldRows *rows, Error *err);
// Those that were told before that moment; `gone`: how many.
MUST bool told_records_forget(Store *store, Instant told_before, int64_t *gone, Error *err);
