// The due list that leaves a screen as a file: with a reason, and for many people by two of the office.
//
// Few     up to EXPORT_ALONE people it leaves at once, with its record and the reason in it.
// Many    somebody else approves the list as it stands: its conditions and a digest of its lines. Whoever asked takes
//         it once, on that day, as long as it is the same list; else it is asked for anew.
// Law     controls C-3.3-11, C-3.4-02.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "due_asked.h"

enum { EXPORT_ALONE = 100, EXPORT_MOST = 200000 };

typedef struct DueExport {
    const Ledger *ledger;
    Str asked;  // due_asked_whole
    DueRows rows;
    int64_t people;
    Sha256 content;
} DueExport;

// The whole list as it stands today. E_NOT_FOUND: nothing is kept for today; E_LIMIT: more than EXPORT_MOST lines.
MUST bool due_export_read(const Ledger *ledger, const DueAsked *asked, Arena *arena, DueExport *export,
                          Error *err);

// How a dose is called on the list.
typedef Str DoseWords(const Schedule *schedule, int group, int32_t position, Arena *arena);
// Records it with the reason and writes it to `to`.
MUST bool due_export_leave(const DueExport *export, Str reason, DoseWords *words, FILE *to, Error *err);

// ---- many people

extern const ApprovalKind due_export_kind;

typedef enum ExportState { EXPORT_UNASKED, EXPORT_WAITS, EXPORT_GRANTED } ExportState;
MUST bool due_export_state(const DueExport *export, ExportState *state, Error *err);
// Asks for it; `subject`: the conditions in words. Inside no transaction.
MUST bool due_export_ask(const DueExport *export, Str subject, Str reason, int64_t *approval_no,
                         Error *err);
// Uses the permit up, in a transaction of its own. E_CONFLICT: somebody has.
MUST bool due_export_take(const DueExport *export, Error *err);
