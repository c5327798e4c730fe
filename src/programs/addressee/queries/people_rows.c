// SPDX-License-Identifier: Apache-2.0
#include "people_rows.h"

// ---- who

static const char people_sql[] =
    "SELECT DISTINCT p.person_id, p.status, p.version_no, p.number_id, p.household_key, p.protection, p.held,"
    " p.addressee_no, n.generation, n.number_index FROM json_each($1) a CROSS JOIN person p"
    " LEFT JOIN person_number n ON n.number_id = p.number_id WHERE p.addressee_no = a.key ORDER BY p.person_id";

static bool person_known(Query *q, Arena *arena, KnownPerson *person, Error *err)
{
    *person = (KnownPerson){.row = person_row(q)};
    if (!addressee_no_parse(column_text(q, 7, arena), &person->who, NULL, err)) return false;
    if (!person->row.number_id) return true;
    person->number = (NumberNow){.number_id = person->row.number_id, .generation = (int32_t)column_int64(q, 8)};
    return sha256_from(column_bytes(q, 9, arena), &person->number.index) ||
           FAIL(err, E_STORE, .words = S("個人番号の記録が欠けています。復旧の手順に従ってください。"));
}

static bool people_read(Store *store, const PersonsAsked *asked, Arena *arena, KnownPeople *people, Error *err)
{
    bool good = true;
    KeySet numbers = {0};
    Error closing = {0};
    VEC_EACH (const PersonAsked, one, *asked) {
        Str number = addressee_text(&one->who);
        if (number.len) key_set_add(&numbers, arena, number, 0);
    }
    Query *q = query_begin(store, people_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&numbers, arena));
    while (good && query_next(q)) good = person_known(q, arena, known_people_push(people, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

static const char holders_sql[] =
    "SELECT DISTINCT n.number_index, n.person_id FROM json_each($1) a CROSS JOIN person_number n"
    " JOIN person p ON p.person_id = n.person_id"
    " WHERE n.number_index = decode(a.key, 'hex') AND n.to_file IS NULL AND p.status = 1 ORDER BY n.number_index, n.person_id";

static bool holders_read(Store *store, const PersonsAsked *asked, Arena *arena, NumberHolders *holders, Error *err)
{
    KeySet indexes = {0};
    char hex[SHA256_TEXT_SIZE];
    VEC_EACH (const PersonAsked, one, *asked)
        if (one->number_said) key_set_add(&indexes, arena, str_of(sha256_text(&one->number_index, hex)), 0);
    if (!indexes.count) return true;
    Query *q = query_begin(store, holders_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&indexes, arena));
    while (query_next(q)) {
        NumberHolder holder = {.person_id = column_int64(q, 1)};
        if (sha256_from(column_bytes(q, 0, arena), &holder.index)) *number_holders_push(holders, arena) = holder;
    }
    return query_end(q, err);
}

bool people_find(Store *store, const PersonsAsked *asked, Arena *arena, KnownPeople *people,
                 NumberHolders *holders, Error *err)
{
    *people = (KnownPeople){0};
    *holders = (NumberHolders){0};
    return people_read(store, asked, arena, people, err) && holders_read(store, asked, arena, holders, err);
}

// ---- what was

// The rows of a person follow one another, in the order of the people.
static KnownPerson *whose(KnownPerson **at, const KnownPerson *end, int64_t person_id)
{
    while (*at < end && (*at)->row.person_id < person_id) (*at)++;
    return *at < end && (*at)->row.person_id == person_id ? *at : NULL;
}

static const char histories_sql[] =
    "SELECT " HISTORY_COLUMNS ", v.person_id FROM " KEY_NUMBERS " CROSS JOIN register_version v"
    " WHERE v.person_id = b.number ORDER BY v.person_id, v.version_no";

static bool versions_read(Store *store, Keys *keys, Str ids, KnownPerson *people, const KnownPerson *end,
                          Arena *arena, Error *err)
{
    bool opened = true;
    Error closing = {0};
    Query *q = query_begin(store, histories_sql, err);
    if (!q) return false;
    bind_text(q, 1, ids);
    while (opened && query_next(q)) {
        KnownPerson *person = whose(&people, end, column_int64(q, HISTORY_COLUMN_COUNT));
        if (person) opened = history_row(q, keys, arena, register_versions_push(&person->history, arena), err);
    }
    if (query_end(q, &closing)) return opened;
    if (opened) *err = closing;
    return false;
}

static const char holds_sql[] =
    "SELECT " HOLD_COLUMNS ", h.person_id FROM " KEY_NUMBERS " CROSS JOIN person_hold h"
    " WHERE h.person_id = b.number AND " HOLD_OPEN " ORDER BY h.person_id, h.change_no";

static bool holds_read(Store *store, Str ids, KnownPerson *people, const KnownPerson *end, Arena *arena, Error *err)
{
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    bind_text(q, 1, ids);
    while (query_next(q)) {
        KnownPerson *person = whose(&people, end, column_int64(q, HOLD_COLUMN_COUNT));
        if (person) *person_holds_push(&person->holds, arena) = hold_row(q);
    }
    return query_end(q, err);
}

bool people_histories(Store *store, Keys *keys, KnownPerson *people, ptrdiff_t count, Arena *arena, Error *err)
{
    const KnownPerson *end = people + count;
    KeySet numbers = {0};
    bool any_held = false;
    if (!count) return true;
    for (const KnownPerson *person = people; person < end; person++) {
        any_held |= person->row.held;
        key_set_add_number(&numbers, arena, person->row.person_id);
    }
    Str ids = key_set_text(&numbers, arena);
    return versions_read(store, keys, ids, people, end, arena, err) &&
           (!any_held || holds_read(store, ids, people, end, arena, err));
}
