// SPDX-License-Identifier: Apache-2.0
#include "alike_rows.h"

#include <stdlib.h>

#include "register_search_rows.h"

static int by_id(const void *a, const void *b)
{
    const KnownPerson *one = a, *other = b;
    return one->row.person_id < other->row.person_id ? -1 : one->row.person_id > other->row.person_id;
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
    if (!people_led_to(store, state, ALIKE_READ_MOST, arena, &people, err)) return false;
    if (people.count) qsort(people.at, (size_t)people.count, sizeof *people.at, by_id);
    if (people.count && !people_histories(store, keys, people.at, people.count, arena, err)) return false;
    VEC_EACH (const KnownPerson, one, people) {
        PersonLikeness likeness = history_likeness(state, &one->history, *arena);
        if (!register_current(&one->history) || !likeness_asks(&likeness)) continue;
        *alike_people_push(alike, arena) = (AlikePerson){*one, likeness};
    }
    if (alike->count) qsort(alike->at, (size_t)alike->count, sizeof *alike->at, nearest_first);
    if (alike->count > ALIKE_SHOWN_MOST) alike->count = ALIKE_SHOWN_MOST;
    return true;
}
