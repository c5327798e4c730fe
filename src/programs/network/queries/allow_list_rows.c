// SPDX-License-Identifier: Apache-2.0
#include "allow_list_rows.h"

#include <assert.h>

static bool code_kept(bool read, Error *err)
{
    return read || FAIL(err, E_STORE, .words = S("照合リストの控えが読めません。リストを取り込み直してください。"));
}

// ---- read

static const char version_sql[] = "SELECT coalesce(max(version), 0) FROM allow_version";

static bool version_read(Store *store, int64_t *version, Error *err)
{
    Query *q = query_begin(store, version_sql, err);
    if (!q) return false;
    *version = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

static const char bodies_sql[] =
    "SELECT organisation, classes, name FROM allow_body WHERE version = $1 ORDER BY organisation";

static bool bodies_read(Store *store, Arena *arena, NamedList *named, Error *err)
{
    bool good = true;
    Query *q = query_begin(store, bodies_sql, err);
    if (!q) return false;
    bind_int64(q, 1, named->list.version);
    while (query_next(q)) {
        AllowBody body = {.classes = (int)column_int64(q, 1)};
        good = organisation_code_read(column_view(q, 0), &body.organisation) && good;
        *allow_bodies_push(&named->list.bodies, arena) = body;
        *body_names_push(&named->names, arena) = column_text(q, 2, arena);
    }
    return query_end(q, err) && code_kept(good, err);
}

static const char rows_sql[] = "SELECT item, affair, procedure_code, inquirers, providers, dataset, items, first_day, last_day"
                               " FROM allow_row WHERE version = $1 ORDER BY row_no";

static bool rows_read(Store *store, Arena *arena, NamedList *named, Error *err)
{
    bool good = true;
    Query *q = query_begin(store, rows_sql, err);
    if (!q) return false;
    bind_int64(q, 1, named->list.version);
    while (query_next(q)) {
        AllowRow row = {.item = (int)column_int64(q, 0),
                        .inquirers = (int)column_int64(q, 3),
                        .providers = (int)column_int64(q, 4),
                        .items = column_int64(q, 6),
                        .in_force = {column_day(q, 7), column_day(q, 8)}};
        good = affair_code_read(column_view(q, 1), &row.affair) && procedure_code_read(column_view(q, 2), &row.procedure) &&
               dataset_code_read(column_view(q, 5), &row.dataset) && good;
        *allow_rows_push(&named->list.rows, arena) = row;
    }
    return query_end(q, err) && code_kept(good, err);
}

bool allow_list_read(Store *store, Instant now, Arena *arena, NamedList *named, Error *err)
{
    assert(now > 0);
    *named = (NamedList){.list.as_of = now};
    return version_read(store, &named->list.version, err) && bodies_read(store, arena, named, err) &&
           rows_read(store, arena, named, err);
}

Str organisation_name(const NamedList *named, const OrganisationCode *code, Arena *arena)
{
    assert(named->names.count == named->list.bodies.count);
    for (ptrdiff_t i = 0; i < named->list.bodies.count; i++)
        if (organisation_same(&named->list.bodies.at[i].organisation, code)) return named->names.at[i];
    return organisation_shown(code, arena);
}

// ---- added

static const char add_version_sql[] = "INSERT INTO allow_version (version, taken_at, taken_by) VALUES ($1, $2, $3)";

static bool version_add(Store *store, int64_t version, Str taken_by, Instant now, Error *err)
{
    Query *q = query_begin(store, add_version_sql, err);
    if (!q) return false;
    bind_int64(q, 1, version);
    bind_instant(q, 2, now);
    bind_text(q, 3, taken_by);
    return query_run(q, err);
}

static const char add_body_sql[] = "INSERT INTO allow_body (version, organisation, name, classes) VALUES ($1, $2, $3, $4)";

static bool bodies_add(Store *store, const NamedList *named, Error *err)
{
    Query *q = query_begin(store, add_body_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < named->list.bodies.count; i++) {
        const AllowBody *body = &named->list.bodies.at[i];
        bind_int64(q, 1, named->list.version);
        bind_text(q, 2, str_of(body->organisation.digits));
        bind_text(q, 3, named->names.at[i]);
        bind_int64(q, 4, body->classes);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char add_row_sql[] =
    "INSERT INTO allow_row (version, row_no, item, affair, procedure_code, inquirers, providers, dataset, items, first_day, last_day)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

static bool rows_add(Store *store, const AllowList *list, Error *err)
{
    Query *q = query_begin(store, add_row_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < list->rows.count; i++) {
        const AllowRow *row = &list->rows.at[i];
        bind_int64(q, 1, list->version);
        bind_int64(q, 2, i + 1);
        bind_int64(q, 3, row->item);
        bind_text(q, 4, str_of(row->affair.at));
        bind_text(q, 5, str_of(row->procedure.at));
        bind_int64(q, 6, row->inquirers);
        bind_int64(q, 7, row->providers);
        bind_text(q, 8, str_of(row->dataset.at));
        bind_int64(q, 9, row->items);
        bind_day(q, 10, row->in_force.first);
        bind_day(q, 11, row->in_force.last);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool allow_list_add(Store *store, const NamedList *named, Str taken_by, Instant now, Error *err)
{
    assert(named->list.version > 0);
    assert(named->names.count == named->list.bodies.count);
    assert(taken_by.len > 0);
    return version_add(store, named->list.version, taken_by, now, err) && bodies_add(store, named, err) &&
           rows_add(store, &named->list, err);
}
