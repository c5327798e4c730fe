// What a citizen is shown of who asked whom about him (やりとり履歴).
//
// Law     番号法 第23条; linkage.md 3.3, 3.4: what the inquirer called 不開示 is not shown, not even that it is there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core_record_rows.h"
#include "jlis.h"

typedef struct CitizenHistory {
    Sha256 person;        // keyed, of the link: for the record of the look
    RecordLineRows rows;  // newest first
} CitizenHistory;

// E_NOT_FOUND: nobody has the number.
MUST bool citizen_history(Act *act, const IndividualNo *number, Arena *arena, CitizenHistory *history, Error *err);
