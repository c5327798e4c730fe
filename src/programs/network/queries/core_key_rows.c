// SPDX-License-Identifier: Apache-2.0
#include "core_key_rows.h"

#include <assert.h>

static SealPlace key_place(int64_t which, Arena *arena)
{
    return (SealPlace){S("core_key"), S("sealed"), str_format(arena, "%lld", (long long)which)};
}

static const char add_sql[] = "INSERT INTO core_key (key_no, sealed) VALUES ($1, $2)";

bool core_key_add(Store *store, Keys *keys, CoreKey which, const Secret *key, Arena scratch, Error *err)
{
    assert(which >= CORE_KEY_LINK && which <= CORE_KEY_LAST);
    Bytes sealed;
    if (!seal_value(keys, key_place(which, &scratch), secret_bytes(key), &scratch, &sealed, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, which);
    bind_bytes(q, 2, sealed);
    return query_run(q, err);
}

static const char read_sql[] = "SELECT sealed FROM core_key WHERE key_no = $1";

static bool sealed_read(Store *store, CoreKey which, Arena *arena, Bytes *sealed, Error *err)
{
    Query *q = query_begin(store, read_sql, err);
    if (!q) return false;
    bind_int64(q, 1, which);
    *sealed = query_next(q) ? column_bytes(q, 0, arena) : (Bytes){0};
    return query_end(q, err);
}

bool core_key_there(Store *store, CoreKey which, bool *there, Error *err)
{
    assert(which >= CORE_KEY_LINK && which <= CORE_KEY_LAST);
    Query *q = query_begin(store, read_sql, err);
    if (!q) return false;
    bind_int64(q, 1, which);
    *there = query_next(q);
    return query_end(q, err);
}

bool core_key_open(Store *store, Keys *keys, CoreKey which, Arena scratch, Secret *key, Error *err)
{
    assert(which >= CORE_KEY_LINK && which <= CORE_KEY_LAST);
    Bytes sealed;
    if (!sealed_read(store, which, &scratch, &sealed, err)) return false;
    if (!sealed.len)
        return FAIL(err, E_KEY, .words = S("コアの鍵がありません。sesshu network init をもう一度実行してください。"));
    return seal_open(keys, key_place(which, &scratch), sealed, key, err);
}

// ---- under a newer key

static bool key_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(key);
    SealPlace place = key_place(row, arena);
    return seal_open(keys, place, sealed, &key, err) &&
           seal_value(keys, place, secret_bytes(&key), arena, again, err);
}

const SealedColumn core_key_sealed = {
    .words = "コアの鍵",
    .read = "SELECT key_no, sealed FROM core_key WHERE key_no > $1 ORDER BY key_no LIMIT 500",
    .write = "UPDATE core_key SET sealed = $2 WHERE key_no = $1",
    .reseal = key_reseal,
};
