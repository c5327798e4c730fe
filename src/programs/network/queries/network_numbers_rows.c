// SPDX-License-Identifier: Apache-2.0
#include "network_numbers_rows.h"

#include <assert.h>

static const char next_sql[] =
    "INSERT INTO counter (name, last) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE"
    " SET last = CASE WHEN counter.last >= excluded.last THEN counter.last + 1 ELSE excluded.last END RETURNING last";

bool network_number_next(Store *store, NetworkNumber which, int64_t least, int64_t *number, Error *err)
{
    static const char *const names[] = {[NUMBER_LETTER] = "letter",
                                        [NUMBER_RELAY] = "relay",
                                        [NUMBER_CORE_RECORD] = "record",
                                        [NUMBER_RESIDENT] = "resident",
                                        [NUMBER_LINK_ALIAS] = "alias"};
    _Static_assert(sizeof names / sizeof *names == NETWORK_NUMBERS, "a name for each");
    assert(which < NETWORK_NUMBERS);
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(names[which]));
    bind_int64(q, 2, least);
    if (query_next(q)) *number = column_int64(q, 0);
    return query_end(q, err);
}
