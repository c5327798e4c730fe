// A rule set that is not in force, tried on everybody at the wish of somebody at a screen: judged once, kept, and read by
// its pages. Nothing else changes, and no rule set becomes law by it.
//
// Sets    folders on the server, DIR/rule-sets/NAME with all rule files as in DIR/rules, put there by who administers it;
//         and the rules that are built into this program. A screen takes no rule file.
// Goes    with the nightly erasing, REHEARSAL_KEPT_DAYS after it was made.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "erasure.h"
#include "list_export.h"
#include "rehearsal_rows.h"

enum { REHEARSAL_KEPT_DAYS = 14, REHEARSAL_EXPORT_MOST = 200000 };

VEC(SetNames, Str, set_names);

// The names of the sets that may be tried, in order: folders, then RULE_SET_BUILT_IN.
SetNames rule_sets_found(const Act *act, Arena *arena);

// Judges everybody for a day by the rules of the office and by this set, keeps and records what differs. No transaction may
// be open. E_NOT_FOUND: there is no such set (any more); E_RULE: it is faulty.
MUST bool rehearsal_keep(const Ledger *ledger, Str name, Day day, Arena *arena, RehearsalHead *head, Error *err);

// For the table of what is erased.
MUST bool rehearsals_erase(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err);

// ---- as a file

typedef struct RehearsalExport {
    RehearsalHead head;
    RehearsalLines lines;
    ListExport leaves;
} RehearsalExport;

extern const ApprovalKind rehearsal_export_kind;

// E_NOT_FOUND: there is none of this number; E_LIMIT: more than REHEARSAL_EXPORT_MOST lines.
MUST bool rehearsal_export_read(Act *act, int32_t rehearsal_no, Arena *arena, RehearsalExport *export, Error *err);
// Records it with the reason and writes it to `to`.
MUST bool rehearsal_export_leave(const RehearsalExport *export, Str reason, FILE *to, Error *err);
