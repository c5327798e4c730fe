// SPDX-License-Identifier: Apache-2.0
#include "core_shield_rows.h"

#include <assert.h>

#include "identity.h"

static const char end_sql[] = "DELETE FROM shield WHERE person_index = $1 AND organisation = $2 AND procedure_code = $3";
static const char keep_sql[] = "INSERT INTO shield (person_index, organisation, procedure_code, hides)"
                               " VALUES ($1, $2, $3, $4)"
                               " ON CONFLICT (person_index, organisation, procedure_code) DO UPDATE SET hides = excluded.hides";

bool core_shield_keep(Store *store, const Sha256 *person, const ShieldSaid *said, Error *err)
{
    assert(said->whose.digits[0]);
    Query *q = query_begin(store, said->hides ? keep_sql : end_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    bind_text(q, 2, str_of(said->whose.digits));
    bind_text(q, 3, str_of(said->procedure.at));
    if (said->hides) bind_int64(q, 4, said->hides);
    return query_run(q, err);
}

static const char of_person_sql[] = "SELECT organisation, procedure_code, hides FROM shield WHERE person_index = $1";

bool core_shields_of(Store *store, const Sha256 *person, Arena *arena, ShieldSaidRows *rows, Error *err)
{
    *rows = (ShieldSaidRows){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    while (query_next(q)) {
        ShieldSaid said = {.hides = (int)column_int64(q, 2)};
        (void)organisation_code_read(column_view(q, 0), &said.whose);
        (void)procedure_code_read(column_view(q, 1), &said.procedure);
        *shields_said_push(rows, arena) = said;
    }
    return query_end(q, err);
}
