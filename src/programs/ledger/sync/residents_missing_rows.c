// SPDX-License-Identifier: Apache-2.0
#include "residents_missing_rows.h"

static const char residents_sql[] =
    "SELECT addressee_no FROM person WHERE status = 1 AND withdrawn = 0 ORDER BY person_id";

bool residents_missing(Store *store, const Map *told, int64_t *residents, int64_t *missing,
                       Error *err)
{
    if (!store_begin_read(store, err)) return false;
    *residents = *missing = 0;
    Query *q = query_stream(store, residents_sql, err);
    while (q && query_next(q)) {
        ++*residents;
        *missing += !map_find(told, column_view(q, 0));
    }
    if (q && query_end(q, err)) return store_commit(store, err);
    store_rollback(store);
    return false;
}
