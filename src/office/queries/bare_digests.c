// SPDX-License-Identifier: Apache-2.0
#include "bare_digests.h"

#include "csv.h"

static bool bare_one(Store *store, const char *sql, Arena *arena, int64_t *row, Str *digest,
                     Error *err)
{
    *row = 0;
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *row = column_int64(q, 0);
        *digest = column_text(q, 1, arena);
    }
    return query_end(q, err);
}

static bool key_one(Store *store, const char *sql, int64_t row, Str index, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, row);
    bind_text(q, 2, index);
    return query_run(q, err);
}

bool bare_digests_key(Store *store, const Keys *keys, const BareDigests *of, Arena scratch,
                      Error *err)
{
    int64_t row;
    Str digest;
    char text[CSV_INDEX_TEXT_SIZE];
    if (!bare_one(store, of->next, &scratch, &row, &digest, err)) return false;
    if (!row) return true;
    if (!store_begin(store, err)) return false;
    while (row) {
        Sha256 bytes = sha256_of_hex(digest), index = csv_index_of(keys, &bytes);
        if (!key_one(store, of->set, row, str_of(csv_index_text(&index, text)), err) ||
            !bare_one(store, of->next, &scratch, &row, &digest, err))
            return false;
    }
    return store_commit(store, err);
}
