// By which rules the ledger judged since when. Inside the open transaction of an act that judges.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "schedule.h"

// Writes a row when the act before judged by other rules.
MUST bool rule_use_note(Store *store, const LedgerAct *act, const Schedule *schedule, Arena scratch,
                        Error *err);
