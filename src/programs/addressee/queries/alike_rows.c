// SPDX-License-Identifier: Apache-2.0
#include "alike_rows.h"

#include <stdlib.h>

static const char born_sql[] =
    "SELECT DISTINCT p.person_id, p.status, p.version_no, p.number_id, p.household_key, p.protection, p.held,"
    " p.addressee_no FROM register_version v JOIN person p ON p.person_id = v.person_id WHERE v.birth = $1"
    " ORDER BY p.person_id LIMIT $2";

enum { NUMBER_COLUMN = 7 };

static bool people_born(Store *store, PartialDate birth, Arena *arena, KnownPeople *people, Error *err)
{
    Error unread = {0};
    Query *q = query_begin(store, born_sql, err);
    if (!q) return false;
    bind_partial(q, 1, birth);
    bind_int64(q, 2, ALIKE_READ_MOST);
    while (query_next(q)) {
        KnownPerson *one = known_people_push(people, arena);
        *one = (KnownPerson){.row = person_row(q)};
        (void)!addressee_no_parse(column_text(q, NUMBER_COLUMN, arena), &one->who, NULL, &unread);
    }
    return query_end(q, err);
}

static int nearest_first(const void *a, const void *b)
{
    const AlikePerson *one = a, *other = b;
    int difference = likeness_order(&other->likeness) - likeness_order(&one->likeness);
    return difference ? difference : addressee_order(&one->person.who, &other->person.who);
}

bool people_alike(Store *store, Keys *keys, const PersonState *state, Arena *arena, AlikePeople *alike, Error *err)
{
    KnownPeople people = {0};
    *alike = (AlikePeople){0};
    if (!people_born(store, state->birth, arena, &people, err) ||
        (people.count && !people_histories(store, keys, people.at, people.count, arena, err)))
        return false;
    VEC_EACH (const KnownPerson, one, people) {
        PersonLikeness likeness = history_likeness(state, &one->history, *arena);
        if (!register_current(&one->history) || !likeness_asks(&likeness)) continue;
        *alike_people_push(alike, arena) = (AlikePerson){*one, likeness};
    }
    if (alike->count) qsort(alike->at, (size_t)alike->count, sizeof *alike->at, nearest_first);
    if (alike->count > ALIKE_SHOWN_MOST) alike->count = ALIKE_SHOWN_MOST;
    return true;
}
