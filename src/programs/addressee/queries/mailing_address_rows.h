// Mailing addresses (送付先) of the people of the register, and their changes as the ledger is told them.
//
// Sealed  where post goes, for everybody. It is opened for the screen of somebody who is not protected, and for telling.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "mailing.h"
#include "person_change.h"
#include "register_rows.h"
#include "sealed_column.h"

typedef struct MailingRow {
    int64_t mailing_no, person_id;
    AddresseeNo who;
    int32_t protection;  // of the person now
    MailingAddress mailing;
    Str reason, entered_by;
    Instant entered_at, ended_at;  // ended_at 0: it stands
    Str ended_by;
} MailingRow;
VEC(MailingRows, MailingRow, mailing_rows);

// Inside the writing transaction; gives `mailing_no`. The change gets the next number of the sequence.
MUST bool mailing_insert(Store *store, Keys *keys, MailingRow *row, Arena scratch, Error *err);
MUST bool mailing_end(Store *store, int64_t mailing_no, Str by, Instant at, Error *err);
// All of a person, newest first, opened.
MUST bool mailings_of(Store *store, Keys *keys, int64_t person_id, Arena *arena, MailingRows *rows, Error *err);
// Those that stand and whose last day is `first` to `last`, of everybody: what ends first comes first. Without the address.
MUST bool mailings_ending(Store *store, Day first, Day last, Arena *arena, MailingRows *rows, Error *err);
// All that stand, by person; without the address.
MUST bool mailings_standing(Store *store, Arena *arena, MailingRows *rows, Error *err);

// Changes after `cursor` up to `last`, as they may be told: all that stand of each person, and of one who is protected none.
MUST bool mailings_between(Store *store, Keys *keys, int64_t cursor, int64_t last, int32_t most, Arena *arena,
                           PersonChangeRows *changes, Error *err);

// Of a person who is protected no longer: what was not told is told again, under this number.
extern const char mailing_told_again_sql[];  // $1 change_no, $2 person_id

extern const SealedColumn mailing_address_sealed;
