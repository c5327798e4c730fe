// SPDX-License-Identifier: Apache-2.0
#include "relay_rows.h"

#include <assert.h>

#define STOPPED                                                                                                \
    "EXISTS (SELECT 1 FROM unified_work w WHERE w.person_id = p.person_id AND w.done_at IS NULL AND w.stops = 2)" \
    " OR EXISTS (SELECT 1 FROM unified_work w WHERE w.other_id = p.person_id AND w.done_at IS NULL AND w.stops = 2)"

static const char of_addressees_sql[] =
    "SELECT p.unified_no, n.addressee_no, (CASE WHEN " STOPPED " THEN 1 ELSE 0 END), n.addressee_no, n.withdrawn FROM"
    " (SELECT DISTINCT a.key AS asked FROM json_each($1) a) b CROSS JOIN addressee_number n"
    " JOIN unified_person p ON p.person_id = n.person_id"
    " WHERE n.addressee_no = b.asked ORDER BY n.addressee_no";

static const char of_unified_sql[] =
    "SELECT p.unified_no, n.addressee_no, (CASE WHEN " STOPPED " THEN 1 ELSE 0 END), p.unified_no, n.withdrawn FROM"
    " (SELECT DISTINCT a.key AS asked FROM json_each($1) a) b CROSS JOIN unified_person p"
    " JOIN addressee_number n ON n.person_id = p.person_id"
    " WHERE p.unified_no = b.asked ORDER BY p.unified_no, n.withdrawn, n.known_at DESC, n.addressee_no DESC";

static bool found_read(Query *q, Arena *arena, RelayFound *found, Error *err)
{
    RelayPerson person = {.stopped = column_int64(q, 2) != 0, .withdrawn = column_int64(q, 4) != 0};
    if (!unified_no_parse(column_view(q, 0), &person.no, err) ||
        !addressee_no_parse(column_view(q, 1), &person.who, NULL, err))
        return false;
    *relay_people_push(&found->people, arena) = person;
    int64_t *first = map_place(&found->at, arena, column_text(q, 3, arena), NULL);
    if (!*first) *first = found->people.count;
    return true;
}

static bool find(Store *store, const char *sql, KeySet *asked, Arena *arena, RelayFound *found, Error *err)
{
    bool good = true;
    Error closing = {0};
    *found = (RelayFound){0};
    if (!asked->count) return true;
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(asked, arena));
    while (good && query_next(q)) good = found_read(q, arena, found, err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

bool relay_of_addressees(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err)
{
    return find(store, of_addressees_sql, asked, arena, found, err);
}

bool relay_of_unified(Store *store, KeySet *asked, Arena *arena, RelayFound *found, Error *err)
{
    return find(store, of_unified_sql, asked, arena, found, err);
}

const RelayPerson *relay_person(const RelayFound *found, Str asked)
{
    const int64_t *place = map_find(&found->at, asked);
    return place ? &found->people.at[*place - 1] : NULL;
}

const RelayPerson *relay_person_next(const RelayFound *found, const RelayPerson *person)
{
    assert(person >= found->people.at && person < found->people.at + found->people.count);
    const RelayPerson *next = person + 1;
    return next < found->people.at + found->people.count && str_equal(unified_text(&next->no), unified_text(&person->no))
               ? next
               : NULL;
}
