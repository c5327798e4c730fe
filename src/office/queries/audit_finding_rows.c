// SPDX-License-Identifier: Apache-2.0
#include "audit_finding_rows.h"

static const char findings_sql[] =
    "SELECT operator, on_day, result, words, found_by, found_at, record_no FROM audit_finding"
    " WHERE on_day >= $1 AND on_day <= $2 ORDER BY finding_no";
static const char finding_add_sql[] =
    "INSERT INTO audit_finding (finding_no, operator, on_day, result, words, found_at, found_by, record_no)"
    " SELECT coalesce(max(finding_no), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM audit_finding";

bool audit_findings_read(Store *store, Day first, Day last, Arena *arena, AuditFindingRows *rows, Error *err)
{
    *rows = (AuditFindingRows){0};
    Query *q = query_begin(store, findings_sql, err);
    if (!q) return false;
    bind_day(q, 1, first);
    bind_day(q, 2, last);
    while (query_next(q))
        *audit_findings_push(rows, arena) = (AuditFindingRow){.operator_name = column_text(q, 0, arena),
                                                              .day = column_day(q, 1),
                                                              .result = column_text(q, 2, arena),
                                                              .words = column_text(q, 3, arena),
                                                              .found_by = column_text(q, 4, arena),
                                                              .found_at = column_instant(q, 5),
                                                              .record_no = column_int64(q, 6)};
    return query_end(q, err);
}

bool audit_finding_add(Store *store, const AuditFindingRow *row, Error *err)
{
    Query *q = query_begin(store, finding_add_sql, err);
    if (!q) return false;
    bind_text(q, 1, row->operator_name);
    bind_day(q, 2, row->day);
    bind_text(q, 3, row->result);
    bind_text(q, 4, row->words);
    bind_instant(q, 5, row->found_at);
    bind_text(q, 6, row->found_by);
    bind_int64(q, 7, row->record_no);
    return query_run(q, err);
}
