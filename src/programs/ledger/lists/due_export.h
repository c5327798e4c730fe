// The due list as a file: with a reason, and for many people by two of the office (list_export.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "due_asked.h"
#include "list_export.h"

enum { EXPORT_MOST = 200000 };

typedef struct DueExport {
    const Ledger *ledger;
    DueRows rows;
    ListExport leaves;
} DueExport;

// The whole list as it stands today. E_NOT_FOUND: nothing is kept for today; E_LIMIT: more than EXPORT_MOST lines.
MUST bool due_export_read(const Ledger *ledger, const DueAsked *asked, Arena *arena, DueExport *export,
                          Error *err);

// How a dose is called on the list.
typedef Str DoseWords(const Schedule *schedule, int group, int32_t position, Arena *arena);
// Records it with the reason and writes it to `to`.
MUST bool due_export_leave(const DueExport *export, Str reason, DoseWords *words, FILE *to, Error *err);

extern const ApprovalKind due_export_kind;
