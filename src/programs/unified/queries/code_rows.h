// What is owed for people's codes (情報提供用個人識別符号), and how these stand. The codes themselves are never here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "code_hold.h"
#include "unified_person_rows.h"

MUST bool code_owes(Store *store, int64_t person_id, CodeOwed owed, Error *err);

typedef struct CodeDebt {
    UnifiedPerson person;
    CodeOwed owed;
    AcquisitionNo acquisition;  // of CODE_OWES_HANDING
} CodeDebt;
VEC(CodeDebts, CodeDebt, code_debts);

enum { CODE_DEBTS_MOST = 500 };

// The next ones behind `after` who owe it, in order of person_id; not those whom something stops, nor who was registered by
// mistake. Release and reconcilement are for those who are stopped, so nothing stops them.
MUST bool code_debts(Store *store, Keys *keys, CodeOwed owed, int64_t after, Arena *arena, CodeDebts *debts, Error *err);

typedef struct CodeNews {
    CodeState state;
    CodeFailure failure;
    bool doubted;
} CodeNews;
// The intermediate server has answered: `acquisition` is to be handed to J-LIS, or nothing is owed.
MUST bool code_answered(Store *store, int64_t person_id, CodeState state, const AcquisitionNo *acquisition, Error *err);
// What became of it. `person_id` 0: nobody has this number.
MUST bool code_stands(Store *store, const UnifiedNo *no, const CodeNews *news, int64_t *person_id, Error *err);

MUST bool code_cursor_read(Store *store, int64_t *next_no, Error *err);  // 0: never asked
MUST bool code_cursor_keep(Store *store, int64_t next_no, Error *err);
