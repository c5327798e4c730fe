// By which rules the ledger judged since when. Inside the open transaction of an act that judges.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "schedule.h"

// Says by which rules the act judges: `act->rules`. Writes a row when the act before judged by others.
MUST bool rule_use_note(Store *store, LedgerAct *act, const Schedule *schedule, Arena scratch,
                        Error *err);
