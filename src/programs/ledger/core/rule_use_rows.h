// By which rules the ledger judged since when, and how their files read.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "rules.h"

// Says by which rules the act judges: `act->rules`. Writes a row when the act before judged by others, and keeps the
// texts of rules that judge for the first time. Inside the open transaction of an act that judges.
MUST bool rule_use_note(Store *store, LedgerAct *act, const Schedule *schedule,
                        const RuleTexts *texts, Arena scratch, Error *err);

typedef struct RuleUse {
    int32_t from_act;  // 0: nothing had been judged yet
    Str version;
    Day law_as_of;
} RuleUse;

// The rules of the last act up to `known` that judged.
MUST bool rule_used(Store *store, KnownAt known, Arena *arena, RuleUse *use, Error *err);
// None: they judged before the ledger kept texts.
MUST bool rule_texts_kept(Store *store, Str version, Arena *arena, RuleTexts *texts, Error *err);
