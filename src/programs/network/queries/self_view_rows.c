// SPDX-License-Identifier: Apache-2.0
#include "self_view_rows.h"

#include <assert.h>
#include <string.h>

#include "given_number_rows.h"

static SealPlace key_place(int64_t view_no, Arena *arena)
{
    return (SealPlace){S("self_view"), S("sealed_key"), str_format(arena, "%lld", (long long)view_no)};
}

static const char add_sql[] = "INSERT INTO self_view (view_no, view_id, person_index, organisation, asked_at, sealed_key)"
                              " VALUES ($1, $2, $3, $4, $5, $6)";

bool self_view_add(Store *store, Keys *keys, SelfViewRow *row, const Secret *key, Arena scratch, Error *err)
{
    assert(row->asked_at > 0);
    Bytes sealed;
    if (!given_number_next(store, S("self_view"), 0, &row->view_no, err) ||
        !seal_value(keys, key_place(row->view_no, &scratch), secret_bytes(key), &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->view_no);
    bind_bytes(q, 2, (Bytes){row->view.at, sizeof row->view.at});
    bind_bytes(q, 3, sha256_bytes(&row->person));
    bind_text(q, 4, str_of(row->organisation.digits));
    bind_instant(q, 5, row->asked_at);
    bind_bytes(q, 6, sealed);
    return query_run(q, err);
}

static const char newest_sql[] = "SELECT view_no, view_id, asked_at, sealed_key, envelope FROM self_view"
                                 " WHERE person_index = $1 AND organisation = $2 ORDER BY view_no DESC LIMIT 1";

bool self_view_newest(Store *store, Keys *keys, const Sha256 *person, const OrganisationCode *whose, Arena *arena,
                      SelfViewRow *row, Secret *key, Error *err)
{
    Bytes sealed = {0};
    *row = (SelfViewRow){.person = *person, .organisation = *whose};
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    bind_text(q, 2, str_of(whose->digits));
    if (query_next(q)) {
        Bytes view = column_bytes(q, 1, arena);
        if (view.len == SELF_VIEW_BYTES) memcpy(row->view.at, view.at, SELF_VIEW_BYTES);
        row->view_no = column_int64(q, 0);
        row->asked_at = column_instant(q, 2);
        sealed = column_bytes(q, 3, arena);
        row->envelope = column_bytes(q, 4, arena);
    }
    if (!query_end(q, err)) return false;
    return !row->view_no || seal_open(keys, key_place(row->view_no, arena), sealed, key, err);
}

static const char came_sql[] =
    "UPDATE self_view SET envelope = $3 WHERE view_id = $1 AND organisation = $2 AND envelope IS NULL";

bool self_view_came(Store *store, const OrganisationCode *from, const SelfTold *told, Error *err)
{
    Query *q = query_begin(store, came_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){told->view.at, sizeof told->view.at});
    bind_text(q, 2, str_of(from->digits));
    bind_bytes(q, 3, told->envelope);
    return query_run(q, err);
}

static const char forget_sql[] = "DELETE FROM self_view WHERE asked_at < $1";

bool self_views_forget(Store *store, Instant asked_before, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, asked_before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

static const char holders_sql[] = "SELECT DISTINCT organisation FROM acquisition WHERE person_index = $1 ORDER BY organisation";

bool holders_of_person(Store *store, const Sha256 *person, Arena *arena, Holders *rows, Error *err)
{
    *rows = (Holders){0};
    Query *q = query_begin(store, holders_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    while (query_next(q)) {
        OrganisationCode code = {{0}};
        if (organisation_code_read(column_view(q, 0), &code)) *holders_push(rows, arena) = code;
    }
    return query_end(q, err);
}

static bool key_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(key);
    SealPlace place = key_place(row, arena);
    return seal_open(keys, place, sealed, &key, err) && seal_value(keys, place, secret_bytes(&key), arena, again, err);
}

const SealedColumn self_view_key_sealed = {
    .words = "わたしの情報の鍵",
    .read = "SELECT view_no, sealed_key FROM self_view WHERE view_no > $1 ORDER BY view_no LIMIT 500",
    .write = "UPDATE self_view SET sealed_key = $2 WHERE view_no = $1",
    .reseal = key_reseal,
};
