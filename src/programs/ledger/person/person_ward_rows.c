// SPDX-License-Identifier: Apache-2.0
#include "person_ward_rows.h"

#include <string.h>

static const char ward_sql[] =
    "SELECT municipality_code FROM resident_version WHERE person_id = $1 AND to_act = 2147483647"
    " ORDER BY version_no DESC, version_id DESC LIMIT 1";

bool person_ward_read(Store *store, int32_t person_id, PersonWard *ward, Error *err)
{
    *ward = (PersonWard){0};
    Query *q = query_begin(store, ward_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) {
        Str code = column_view(q, 0);
        if (code.len == WARD_CODE_SIZE - 1) memcpy(ward->code, code.at, WARD_CODE_SIZE - 1);
    }
    return query_end(q, err);
}
