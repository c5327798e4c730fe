// SPDX-License-Identifier: Apache-2.0
#include "person_names.h"

#include "name_key.h"
#include "people_rows.h"

enum { PORTION = 4096 };

const char person_name_sql[] = "INSERT INTO person_name (name_key, person_id) VALUES ($1, $2)";

static void names_of(const PersonState *state, Str names[5])
{
    names[0] = state->name;
    names[1] = state->name_kana;
    names[2] = state->name_roman;
    names[3] = state->alias;
    names[4] = state->alias_kana;
}

static bool named_alike(const PersonState *a, const PersonState *b)
{
    Str one[5], other[5];
    names_of(a, one);
    names_of(b, other);
    for (ptrdiff_t i = 0; i < countof(one); i++)
        if (!str_equal(one[i], other[i])) return false;
    return true;
}

static void keys_add(PersonNames *keys, const PersonState *state, Arena *arena)
{
    Str names[5];
    names_of(state, names);
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        bool listed = false;
        Str key = names[i].len ? name_index_key(names[i], arena) : (Str){0};
        VEC_EACH (const Str, known, *keys) listed |= str_equal(*known, key);
        if (key.len && !listed) *person_names_push(keys, arena) = key;
    }
}

// Of one row after another the names rarely change: then nothing is folded.
static bool says_nothing_new(const RegisterVersionRows *history, const RegisterVersionRows *made)
{
    if (!history->count) return false;
    VEC_EACH (const RegisterVersion, v, *made)
        if (!named_alike(&v->state, &history->at[history->count - 1].state)) return false;
    return true;
}

PersonNames person_names_new(const RegisterVersionRows *history, const RegisterVersionRows *made, Arena *arena)
{
    PersonNames keys = {0};
    if (says_nothing_new(history, made)) return keys;
    VEC_EACH (const RegisterVersion, v, *history) keys_add(&keys, &v->state, arena);
    ptrdiff_t known = keys.count;
    VEC_EACH (const RegisterVersion, v, *made) keys_add(&keys, &v->state, arena);
    return (PersonNames){keys.at + known, keys.count - known, keys.count - known};
}

// ---- who was stored before

static const char unnamed_sql[] = "SELECT " PERSON_COLUMNS " FROM person WHERE named = 0 ORDER BY person_id LIMIT $1";

static bool unnamed_read(Store *store, Arena *arena, KnownPeople *people, Error *err)
{
    Query *q = query_begin(store, unnamed_sql, err);
    if (!q) return false;
    bind_int64(q, 1, PORTION);
    while (query_next(q)) *known_people_push(people, arena) = (KnownPerson){.row = person_row(q)};
    return query_end(q, err);
}

static bool names_file(Store *store, const KnownPeople *people, Arena scratch, Error *err)
{
    static const RegisterVersionRows nothing = {0};
    bool going = true;
    Query *q = query_begin(store, person_name_sql, err);
    if (!q) return false;
    VEC_EACH (const KnownPerson, one, *people) {
        Arena room = scratch;
        PersonNames names = person_names_new(&nothing, &one->history, &room);
        VEC_EACH (const Str, key, names) {
            if (!going) break;
            bind_text(q, 1, *key);
            bind_int64(q, 2, one->row.person_id);
            going = query_again(q);
        }
    }
    return query_end(q, err);
}

static const char named_sql[] = "UPDATE person SET named = 1 WHERE named = 0 AND person_id <= $1";

static bool portion_named(Store *store, Keys *keys, Arena scratch, bool *more, Error *err)
{
    KnownPeople people = {0};
    if (!unnamed_read(store, &scratch, &people, err)) return false;
    *more = people.count == PORTION;
    if (!people.count) return true;
    if (!people_histories(store, keys, people.at, people.count, &scratch, err) || !names_file(store, &people, scratch, err))
        return false;
    Query *q = query_begin(store, named_sql, err);
    if (!q) return false;
    bind_int64(q, 1, people.at[people.count - 1].row.person_id);
    return query_run(q, err);
}

bool people_named(Store *store, Keys *keys, Arena scratch, Error *err)
{
    for (bool more = true; more;)
        if (!portion_named(store, keys, scratch, &more, err)) return false;
    return true;
}
