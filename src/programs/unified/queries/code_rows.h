// What is owed for people's codes (情報提供用個人識別符号), and how these stand. The codes themselves are never here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code_hold.h"
#include "unified_person_rows.h"

MUST bool code_owes(Store *store, int64_t person_id, CodeOwed owed, Error *err);

// A code is asked for again: not where it is to be given back, or looked at.
MUST bool code_owes_again(Store *store, int64_t person_id, Error *err);

typedef struct CodeDebt {
    UnifiedPerson person;
    CodeOwed owed;
    AcquisitionNo acquisition;  // of CODE_OWES_HANDING
} CodeDebt;
VEC(CodeDebts, CodeDebt, code_debts);

enum { CODE_DEBTS_MOST = 500 };

// The next ones behind `after` who owe it, in order of person_id. Nothing is asked or handed about those whom something stops,
// nor about who was registered by mistake; release and reconcilement are for them, so nothing stops these.
MUST bool code_debts(Store *store, Keys *keys, CodeOwed owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err);

// ---- whose link is doubted (LinkDoubt); person_id 0 is nobody

MUST bool doubt_begins(Store *store, int64_t person_id, Error *err);
// Where nothing that is open doubts it any more.
MUST bool doubt_ends(Store *store, int64_t person_id, Error *err);
MUST bool doubt_of(Store *store, int64_t person_id, LinkDoubt *doubt, Error *err);
// Who owes it, like code_debts.
MUST bool doubt_debts(Store *store, Keys *keys, LinkDoubt owes, int64_t after, Arena *arena, CodeDebts *debts, Error *err);
// The intermediate server has heard it.
MUST bool doubt_told(Store *store, int64_t person_id, LinkDoubt owed, Error *err);

// ---- how they stand

typedef struct CodeNews {
    CodeState state;
    CodeFailure failure;
    bool doubted;
} CodeNews;
// The intermediate server has answered: `acquisition` is to be handed to J-LIS, or nothing is owed.
MUST bool code_answered(Store *store, int64_t person_id, CodeState state, const AcquisitionNo *acquisition, Error *err);
MUST bool code_of_person(Store *store, int64_t person_id, CodeNews *news, Error *err);
// What became of it. `person_id` 0: nobody has this number.
MUST bool code_stands(Store *store, const UnifiedNo *no, const CodeNews *news, int64_t *person_id, Error *err);

MUST bool code_cursor_read(Store *store, int64_t *next_no, Error *err);  // 0: never asked
MUST bool code_cursor_keep(Store *store, int64_t next_no, Error *err);
