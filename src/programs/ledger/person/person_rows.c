// SPDX-License-Identifier: Apache-2.0
#include "person_rows.h"

#include <assert.h>

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

static PersonRow person_of(Query *q, const AddresseeNo *who, Arena *arena)
{
    return (PersonRow){
        .person_id = (int32_t)column_int64(q, 0),
        .who = *who,
        .name = column_text(q, 1, arena),
        .birth = partial_of_number(column_int64(q, 2)),
        .sex = (int32_t)column_int64(q, 3),
        .status = (int32_t)column_int64(q, 4),
        .is_protected = column_int64(q, 5) != 0,
        .withdrawn = column_int64(q, 6) != 0,
    };
}

PersonRow person_row_of(Query *q, Arena *arena)
{
    Error unread;
    PersonRow person = {
        .person_id = (int32_t)column_int64(q, 0),
        .name = column_text(q, 2, arena),
        .birth = partial_of_number(column_int64(q, 3)),
        .sex = (int32_t)column_int64(q, 4),
        .status = (int32_t)column_int64(q, 5),
        .is_protected = column_int64(q, 6) != 0,
        .withdrawn = column_int64(q, 7) != 0,
    };
    (void)!addressee_no_parse(column_view(q, 1), &person.who, NULL, &unread);
    return person;
}

bool person_by_number(Store *store, const AddresseeNo *who, KnownAt known, Arena *arena,
                      PersonRow *person, Error *err)
{
    assert(who->digits[0]);
    PersonRow found = {.who = *who};
    Query *q = query_begin(store, known.act ? person_then_sql : person_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    if (known.act) bind_as_known(q, 2, known);
    if (query_next(q)) found = person_of(q, who, arena);
    if (!query_end(q, err)) return false;
    *person = found;
    return true;
}

const char persons_protected_sql[] = "SELECT addressee_no FROM person WHERE protected = 1";

static const char persons_sql[] =
    "SELECT p.person_id, p.name, p.birth, p.sex, p.status, p.protected, p.withdrawn, p.addressee_no"
    " FROM json_each($1) a CROSS JOIN person p WHERE p.addressee_no = a.key ORDER BY p.person_id";

bool persons_by_numbers(Store *store, Str numbers, Arena *arena, FoundPersons *persons, Error *err)
{
    Query *q = query_begin(store, persons_sql, err);
    if (!q) return false;
    bind_text(q, 1, numbers);
    *persons = (FoundPersons){0};
    while (query_next(q)) {
        AddresseeNo who = {0};
        bool read = addressee_no_parse(column_view(q, 7), &who, NULL, err);
        assert(read);  // as it was stored
        *found_persons_push(persons, arena) = person_of(q, &who, arena);
    }
    return query_end(q, err);
}
