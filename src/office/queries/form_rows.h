// Rows of forms at a screen: numbers that were used up, drafts of what was typed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"

typedef struct FormRow {
    Sha256 number, content;
    Instant taken_at;
    Str led_to;  // {0}: it was never said
} FormRow;

// `found` false: nobody has used this number.
MUST bool form_row_find(Store *store, const Sha256 *number, Arena *arena, FormRow *row, bool *found,
                        Error *err);
// Inside the transaction of the change. Forgets those that are older than any session.
MUST bool form_row_add(Store *store, const FormRow *row, Error *err);
MUST bool form_row_led(Store *store, const Sha256 *number, Str led_to, Error *err);
// Those that are older than any session at `now`; `gone`: how many.
MUST bool forms_forget(Store *store, Instant now, int64_t *gone, Error *err);

typedef struct DraftRow {
    int64_t staff_no;
    Sha256 place;
    int64_t session_no;
    Str open, typed;
    Instant kept_at;
} DraftRow;

// In the place of an earlier one. Forgets those that nobody has asked for in DRAFT_DAYS.
enum { DRAFT_DAYS = 7 };
MUST bool draft_keep(Store *store, const DraftRow *row, Error *err);
MUST bool draft_find(Store *store, int64_t staff_no, const Sha256 *place, Arena *arena,
                     DraftRow *row, bool *found, Error *err);
// The newest that was kept in this session at `since` or later.
MUST bool draft_of_session(Store *store, int64_t session_no, Instant since, Arena *arena,
                           DraftRow *row, bool *found, Error *err);
// Those that nobody has asked for in DRAFT_DAYS at `now`; `gone`: how many.
MUST bool drafts_forget(Store *store, Instant now, int64_t *gone, Error *err);
MUST bool draft_forget(Store *store, int64_t staff_no, const Sha256 *place, Error *err);
