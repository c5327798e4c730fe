// SPDX-License-Identifier: Apache-2.0
#include "register_search_rows.h"

#include <assert.h>

#include "person_names.h"
#include "person_words.h"
#include "search_ids_rows.h"

static const char named_sql[] = "SELECT person_id FROM person_name WHERE name_key >= $1 AND name_key < $2"
                                " ORDER BY name_key, person_id LIMIT $3";

// Everything that begins with the key lies between it and it with the last character there is behind it.
static bool ids_named(Store *store, Str name_key, Str end, int most, Arena *arena, SearchIds *ids, Error *err)
{
    Query *q = query_begin(store, named_sql, err);
    if (!q) return false;
    bind_text(q, 1, name_key);
    bind_text(q, 2, end);
    bind_int64(q, 3, most);
    return search_ids_take(q, arena, ids, err);
}

static bool named(void *of, Str name_key, int most, Arena *arena, SearchIds *ids, Error *err)
{
    const SearchedRegister *r = of;
    assert(name_key.len > 0);
    return ids_named(r->store, name_key, str_join(arena, name_key, S("\xF4\x8F\xBF\xBF")), most, arena, ids, err);
}

static const char born_sql[] = "SELECT DISTINCT person_id FROM register_version WHERE birth BETWEEN $1 AND $2"
                               " ORDER BY person_id LIMIT $3";

static bool ids_born(Store *store, Str first, Str last, int most, Arena *arena, SearchIds *ids, Error *err)
{
    Query *q = query_begin(store, born_sql, err);
    if (!q) return false;
    bind_text(q, 1, first);
    bind_text(q, 2, last);
    bind_int64(q, 3, most);
    return search_ids_take(q, arena, ids, err);
}

// Births stand as text, "2026-02-00" where the day is not known: what begins so is meant.
static bool born(void *of, PartialDate birth, int most, Arena *arena, SearchIds *ids, Error *err)
{
    char text[DAY_TEXT_SIZE];
    const SearchedRegister *r = of;
    assert(birth.year > 0);
    Str first = str_of(partial_date_text(birth, text));
    Str known = str_first(first, birth.day ? 10 : birth.month ? 8 : 5);
    return ids_born(r->store, first, birth.day ? first : str_join(arena, known, S("~")), most, arena, ids, err);
}

static bool numbered(void *of, const AddresseeNo *who, Arena *arena, int64_t *id, Error *err)
{
    PersonRow person;
    const SearchedRegister *r = of;
    (void)arena;
    if (!person_find(r->store, who, &person, err)) return false;
    *id = person.person_id;
    return true;
}

// ---- how somebody looks

static const char person_sql[] =
    "SELECT person_id, status, version_no, number_id, household_key, protection, held, addressee_no FROM person"
    " WHERE person_id = $1";

enum { NUMBER_COLUMN = 7 };

static bool person_read(Store *store, int64_t id, Arena *arena, KnownPerson *person, Error *err)
{
    Error unread = {0};
    Query *q = query_begin(store, person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, id);
    if (query_next(q)) {
        person->row = person_row(q);
        (void)!addressee_no_parse(column_text(q, NUMBER_COLUMN, arena), &person->who, NULL, &unread);
    }
    return query_end(q, err);
}

static NameComparison better(NameComparison a, NameComparison b)
{
    return b.fit > a.fit || (b.fit == a.fit && b.shares_part && !a.shares_part) ? b : a;
}

static NameComparison compared(NameComparison best, const NameKey *asked, Str name, Arena scratch)
{
    if (!name.len) return best;
    NameKey registered = name_key(name, &scratch);
    return better(best, name_compare(asked, &registered));
}

static void compare(const NameKey *asked, const PersonState *state, SearchedPerson *person, Arena scratch)
{
    person->named = compared(person->named, asked, state->name, scratch);
    person->named = compared(person->named, asked, state->name_roman, scratch);
    person->named = compared(person->named, asked, state->alias, scratch);
    person->sounds = compared(person->sounds, asked, state->name_kana, scratch);
    person->sounds = compared(person->sounds, asked, state->alias_kana, scratch);
}

static SearchedPerson looks_so(const KnownPerson *one)
{
    const RegisterVersion *now = register_current(&one->history);
    const PersonState *last = now ? &now->state : &one->history.at[one->history.count - 1].state;
    const PersonState shown = state_shown(last, one->row.protection);
    return (SearchedPerson){.who = one->who,
                            .name = resident_name(&shown),
                            .kana = shown.name_kana,
                            .place = person_protected(one->row.protection) ? S(HIDDEN_TEXT) : shown.address,
                            .birth = shown.birth,
                            .sex = sex_words(shown.sex),
                            .state = status_words(shown.status),
                            .resident = shown.status == STATUS_RESIDENT,
                            .dead = shown.status == STATUS_DEAD,
                            .withdrawn = !now};
}

static bool searched(void *of, int64_t id, const NameKey *asked, Arena *arena, SearchedPerson *person, bool *found,
                     Error *err)
{
    KnownPerson one = {0};
    const SearchedRegister *r = of;
    if (!person_read(r->store, id, arena, &one, err) ||
        !person_history(r->store, r->keys, id, arena, &one.history, err))
        return false;
    *found = one.row.person_id && one.history.count;
    if (!*found) return true;
    *person = looks_so(&one);
    VEC_EACH (const RegisterVersion, v, one.history)
        if (asked && !v->withdrawn_by) compare(asked, &v->state, person, *arena);
    return true;
}

SearchSource register_search_source(SearchedRegister *searched_register)
{
    return (SearchSource){searched_register, named, born, numbered, searched};
}

// ---- whom a state leads to

bool people_led_to(Store *store, const PersonState *state, int most, Arena *arena, KnownPeople *people, Error *err)
{
    SearchIds ids = {0};
    char birth[DAY_TEXT_SIZE];
    static const RegisterVersionRows nothing = {0};
    RegisterVersion version = {.state = *state};
    const RegisterVersionRows made = {&version, 1, 1};
    PersonNames names = person_names_new(&nothing, &made, arena);
    Str text = str_of(partial_date_text(state->birth, birth));
    *people = (KnownPeople){0};
    if (!ids_born(store, text, text, most, arena, &ids, err)) return false;
    VEC_EACH (const Str, key, names)
        if (!ids_named(store, *key, str_join(arena, *key, S(" ")), most, arena, &ids, err)) return false;
    VEC_EACH (const int64_t, id, ids)
        if (!person_read(store, *id, arena, known_people_push(people, arena), err)) return false;
    return true;
}
