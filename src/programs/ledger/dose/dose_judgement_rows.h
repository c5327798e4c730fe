// How a dose was judged: rows beside the dose. Each ends with it (the store sees to that) or when it is judged
// anew, and is never changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef enum LegalClass {
    LEGAL_NOT_SAID,  // no judgement yet: inside an act alone
    LEGAL_ROUTINE_A = 1,
    LEGAL_ROUTINE_B = 2,
    LEGAL_SPECIAL = 3,
    LEGAL_CITY = 4,
    LEGAL_VOLUNTARY = 5,
    LEGAL_INSURANCE = 6,
    LEGAL_UNKNOWN = 9,
} LegalClass;

typedef struct DoseJudgement {
    LegalClass legal_class;
    DoseStatus status;
    Str series, position, reasons;  // {0}: no series judges it, no place, nothing objected
    int32_t rules;                  // LedgerAct.rules; 0: judged before the ledger kept that
} DoseJudgement;

bool judgement_same(const DoseJudgement *a, const DoseJudgement *b);  // but for the rules

// The first judgement of a dose; `from_act` and `to_act` are the dose's.
MUST bool judgement_insert(Store *store, int32_t dose_id, int32_t from_act, int32_t to_act,
                           const DoseJudgement *judgement, Error *err);
// The same of many doses that stand.
typedef struct FreshJudgement {
    int32_t dose_id;
    const DoseJudgement *judgement;
} FreshJudgement;
MUST bool judgements_insert(Store *store, int32_t from_act, const FreshJudgement *fresh,
                            ptrdiff_t count, Error *err);
// How doses are judged from this act on: in the place of the judgement that stands, which an earlier act made, or as the
// first one.
typedef struct RenewedJudgement {
    int32_t dose_id;
    bool renews;
    DoseJudgement judgement;  // without the rules: those of the act
} RenewedJudgement;
VEC(RenewedJudgements, RenewedJudgement, renewed_judgements);
MUST bool judgements_keep(Store *store, const LedgerAct *act, const RenewedJudgements *judged, Error *err);
