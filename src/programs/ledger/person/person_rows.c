// SPDX-License-Identifier: Apache-2.0
#include "person_rows.h"

#include "partial_number.h"

static const char person_sql[] =
    "SELECT person_id, name, birth, sex, status, protected, withdrawn FROM person"
    " WHERE addressee_no = $1";

static const char any_sql[] = "SELECT person_id FROM person ORDER BY person_id LIMIT 1";

bool persons_any(Store *store, bool *any, Error *err)
{
    Query *q = query_begin(store, any_sql, err);
    if (!q) return false;
    *any = query_next(q);
    return query_end(q, err);
}

static const char person_then_sql[] =
    "SELECT p.person_id, " PERSON_THEN FROM_PERSON_THEN("$2") " AND p.addressee_no = $1";

bool person_by_number(Store *store, const AddresseeNo *who, KnownAt known, Arena *arena,
                      PersonRow *person, Error *err)
{
    PersonRow found = {.who = *who};
    Query *q = query_begin(store, known.act ? person_then_sql : person_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    if (known.act) bind_as_known(q, 2, known);
    if (query_next(q)) {
        found.person_id = (int32_t)column_int64(q, 0);
        found.name = column_text(q, 1, arena);
        found.birth = partial_of_number(column_int64(q, 2));
        found.sex = (int32_t)column_int64(q, 3);
        found.status = (int32_t)column_int64(q, 4);
        found.is_protected = column_int64(q, 5) != 0;
        found.withdrawn = column_int64(q, 6) != 0;
    }
    if (!query_end(q, err)) return false;
    *person = found;
    return true;
}
