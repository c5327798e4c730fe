// SPDX-License-Identifier: Apache-2.0
#include "shield_rows.h"

#include "given_number_rows.h"

#include <assert.h>
#include <string.h>

#define SHIELD_COLUMNS "shield_no, unified_no, procedure_code, hides, protected, since, reason, merged_into"

static ShieldRow shield_row(Query *q, Arena *arena)
{
    Error unread = {0};
    ShieldRow row = {.shield_no = column_int64(q, 0),
                     .shield = {(int)column_int64(q, 3), column_int64(q, 4) != 0},
                     .since = column_instant(q, 5),
                     .reason = column_text(q, 6, arena)};
    (void)!unified_no_parse(column_view(q, 1), &row.person, &unread);
    (void)procedure_code_read(column_view(q, 2), &row.procedure);
    (void)!unified_no_parse(column_view(q, 7), &row.merged_into, &unread);
    return row;
}

static bool rows_taken(Query *q, Arena *arena, ShieldRows *rows, Error *err)
{
    *rows = (ShieldRows){0};
    if (!q) return false;
    while (query_next(q)) *shield_rows_push(rows, arena) = shield_row(q, arena);
    return query_end(q, err);
}

static bool row_taken(Query *q, Arena *arena, ShieldRow *row, Error *err)
{
    if (!q) return false;
    if (query_next(q)) *row = shield_row(q, arena);
    return query_end(q, err);
}

static const char find_sql[] = "SELECT " SHIELD_COLUMNS " FROM shield WHERE unified_no = $1 AND procedure_code = $2";

bool shield_find(Store *store, const UnifiedNo *person, const ProcedureCode *procedure, Arena *arena, ShieldRow *row, Error *err)
{
    *row = (ShieldRow){.person = *person, .procedure = *procedure};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    bind_text(q, 2, str_of(procedure->at));
    return row_taken(q, arena, row, err);
}

static const char of_no_sql[] = "SELECT " SHIELD_COLUMNS " FROM shield WHERE shield_no = $1";

bool shield_of_no(Store *store, int64_t shield_no, Arena *arena, ShieldRow *row, Error *err)
{
    *row = (ShieldRow){0};
    Query *q = query_begin(store, of_no_sql, err);
    if (q) bind_int64(q, 1, shield_no);
    return row_taken(q, arena, row, err);
}

static const char of_person_sql[] =
    "SELECT " SHIELD_COLUMNS " FROM shield WHERE unified_no = $1 AND hides > 0 ORDER BY shield_no";

bool shields_of(Store *store, const UnifiedNo *person, Arena *arena, ShieldRows *rows, Error *err)
{
    Query *q = query_begin(store, of_person_sql, err);
    if (q) bind_text(q, 1, unified_text(person));
    return rows_taken(q, arena, rows, err);
}

static const char standing_sql[] = "SELECT " SHIELD_COLUMNS " FROM shield WHERE hides > 0 ORDER BY shield_no";

bool shields_standing(Store *store, Arena *arena, ShieldRows *rows, Error *err)
{
    return rows_taken(query_begin(store, standing_sql, err), arena, rows, err);
}

static const char hides_sql[] = "SELECT hides FROM shield WHERE unified_no = $1 AND procedure_code IN ('', $2)";

bool shield_hides(Store *store, const UnifiedNo *person, const ProcedureCode *procedure, int *hides, Error *err)
{
    *hides = 0;
    Query *q = query_begin(store, hides_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    bind_text(q, 2, str_of(procedure->at));
    while (query_next(q)) *hides |= (int)column_int64(q, 0);
    return query_end(q, err);
}

// ---- writing

static const char save_sql[] = "INSERT INTO shield (" SHIELD_COLUMNS ", told) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, 0)"
                               " ON CONFLICT (shield_no) DO UPDATE SET hides = excluded.hides, protected = excluded.protected,"
                               " since = excluded.since, reason = excluded.reason, told = 0";

bool shield_save(Store *store, ShieldRow *row, Error *err)
{
    assert(row->since > 0);
    assert(unified_text(&row->person).len > 0);
    if (!row->shield_no && !given_short_next(store, S("shield"), &row->shield_no, err)) return false;
    Query *q = query_begin(store, save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->shield_no);
    bind_text(q, 2, unified_text(&row->person));
    bind_text(q, 3, str_of(row->procedure.at));
    bind_int64(q, 4, row->shield.hides);
    bind_int64(q, 5, row->shield.is_protected);
    bind_instant(q, 6, row->since);
    bind_text(q, 7, row->reason.len ? row->reason : S(""));
    return query_run(q, err);
}

static const char follow_sql[] = "UPDATE shield SET merged_into = $2 WHERE merged_into = $1";
static const char merge_sql[] =
    "UPDATE shield SET merged_into = $2, told = 0, told_code = CASE WHEN EXISTS"
    " (SELECT 1 FROM code_hold c WHERE c.unified_no = $2 AND c.code IS NOT NULL) THEN told_code END WHERE unified_no = $1";

bool shields_merge(Store *store, const UnifiedNo *from, const UnifiedNo *to, Error *err)
{
    const char *const each[] = {follow_sql, merge_sql};
    for (ptrdiff_t i = 0; i < countof(each); i++) {
        Query *q = query_begin(store, each[i], err);
        if (!q) return false;
        bind_text(q, 1, unified_text(from));
        bind_text(q, 2, unified_text(to));
        if (!query_run(q, err)) return false;
    }
    return true;
}

static const char merged_sql[] =
    "SELECT count(*) FROM shield WHERE merged_into = $1 AND procedure_code = $2 AND protected <> 0";

bool shield_merged_protected(Store *store, const ShieldRow *row, bool *is, Error *err)
{
    *is = false;
    Query *q = query_begin(store, merged_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(&row->person));
    bind_text(q, 2, str_of(row->procedure.at));
    if (query_next(q)) *is = column_int64(q, 0) > 0;
    return query_end(q, err);
}

// ---- what the core is owed

// Those without a code first: what was said under theirs is taken back before anybody who has it now is told of.
static const char owing_sql[] =
    "SELECT s.shield_no, s.procedure_code, s.hides, s.told_code, c.code FROM shield s"
    " LEFT JOIN code_hold c ON c.unified_no = s.unified_no"
    " WHERE s.told = 0 AND (c.code IS NOT NULL OR s.told_code IS NOT NULL) ORDER BY"
    " CASE WHEN c.code IS NULL THEN 0 ELSE 1 END, s.shield_no LIMIT $1";

static PairwiseCode code_read(Query *q, int column, Arena scratch)
{
    PairwiseCode code = {{0}};
    Bytes bytes = column_bytes(q, column, &scratch);
    if (bytes.len == (ptrdiff_t)sizeof code.at) memcpy(code.at, bytes.at, sizeof code.at);
    return code;
}

bool shields_owing(Store *store, int most, Arena *arena, ShieldDebts *debts, Error *err)
{
    assert(most > 0);
    *debts = (ShieldDebts){0};
    Query *q = query_begin(store, owing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    while (query_next(q)) {
        ShieldDebt debt = {.shield_no = column_int64(q, 0),
                           .hides = (int)column_int64(q, 2),
                           .former = code_read(q, 3, *arena),
                           .code = code_read(q, 4, *arena)};
        (void)procedure_code_read(column_view(q, 1), &debt.procedure);
        *shield_debts_push(debts, arena) = debt;
    }
    return query_end(q, err);
}

// What changed meanwhile is owed still: what is hidden, and the code itself, which may have been released.
static const char paid_sql[] =
    "UPDATE shield SET told_code = $2, told = CASE WHEN hides = $3 AND (SELECT c.code FROM code_hold c"
    " WHERE c.unified_no = shield.unified_no) IS NOT DISTINCT FROM $2 THEN 1 ELSE 0 END WHERE shield_no = $1";

bool shield_paid(Store *store, const ShieldDebt *debt, Error *err)
{
    assert(debt->shield_no > 0);
    Query *q = query_begin(store, paid_sql, err);
    if (!q) return false;
    bind_int64(q, 1, debt->shield_no);
    bind_bytes(q, 2, pairwise_present(&debt->code) ? (Bytes){debt->code.at, sizeof debt->code.at} : (Bytes){0});
    bind_int64(q, 3, debt->hides);
    return query_run(q, err);
}

static const char again_sql[] = "UPDATE shield SET told = 0 WHERE unified_no = $1";

bool shields_again(Store *store, const UnifiedNo *person, Error *err)
{
    Query *q = query_begin(store, again_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    return query_run(q, err);
}
