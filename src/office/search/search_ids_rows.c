// SPDX-License-Identifier: Apache-2.0
#include "search_ids_rows.h"

bool search_ids_take(Query *q, Arena *arena, SearchIds *ids, Error *err)
{
    while (query_next(q)) {
        int64_t id = column_int64(q, 0);
        bool listed = false;
        VEC_EACH (const int64_t, known, *ids) listed |= *known == id;
        if (!listed) *search_ids_push(ids, arena) = id;
    }
    return query_end(q, err);
}
