// Rows of findings about days that stood out in the trail.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

typedef struct AuditFindingRow {
    Str operator_name;
    Day day;
    Str result, words, found_by;
    Instant found_at;
    int64_t record_no;
} AuditFindingRow;
VEC(AuditFindingRows, AuditFindingRow, audit_findings);

// About days from `first` to `last`, the oldest finding first.
MUST bool audit_findings_read(Store *store, Day first, Day last, Arena *arena, AuditFindingRows *rows, Error *err);
MUST bool audit_finding_add(Store *store, const AuditFindingRow *row, Error *err);
