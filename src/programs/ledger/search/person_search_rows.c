// SPDX-License-Identifier: Apache-2.0
#include "person_search_rows.h"

#include <assert.h>

#include "masked.h"
#include "partial_number.h"
#include "person_opened.h"
#include "person_state.h"
#include "search_ids_rows.h"

static Store *store_of(const void *of)
{
    const Act *act = of;
    return act->store;
}

static const char named_sql[] = "SELECT person_id FROM match_name"
                                " WHERE name_key >= $1 AND name_key < $2"
                                " ORDER BY name_key, person_id LIMIT $3";

// Everything that begins with the key lies between it and it with the last character there is behind it.
static bool named(void *of, Str name_key, int most, Arena *arena, SearchIds *ids, Error *err)
{
    assert(name_key.len > 0);
    assert(most > 0);
    Str end = str_join(arena, name_key, S("\xF4\x8F\xBF\xBF"));
    Query *q = query_begin(store_of(of), named_sql, err);
    if (!q) return false;
    bind_text(q, 1, name_key);
    bind_text(q, 2, end);
    bind_int64(q, 3, most);
    return search_ids_take(q, arena, ids, err);
}

static const char born_sql[] = "SELECT DISTINCT person_id FROM match_version"
                               " WHERE birth BETWEEN $1 AND $2 ORDER BY person_id LIMIT $3";

static bool born(void *of, PartialDate birth, int most, Arena *arena, SearchIds *ids, Error *err)
{
    assert(birth.year > 0);
    assert(most > 0);
    int64_t first = partial_number(birth);
    int64_t last = birth.day ? first : birth.month ? first + 99 : first + 9999;
    Query *q = query_begin(store_of(of), born_sql, err);
    if (!q) return false;
    bind_int64(q, 1, first);
    bind_int64(q, 2, last);
    bind_int64(q, 3, most);
    return search_ids_take(q, arena, ids, err);
}

// ---- how somebody looks

static const char face_sql[] =
    "SELECT p.addressee_no, p.name, p.birth, p.sex, p.status, p.protected, p.withdrawn,"
    " v.occurred_on, v.name, v.name_kana, v.name_roman, v.alias, v.alias_kana, v.address, v.building,"
    " v.to_address FROM person p LEFT JOIN resident_version v ON v.person_id = p.person_id"
    " AND v.to_act = 2147483647 WHERE p.person_id = $1"
    " ORDER BY v.version_no DESC, v.version_id DESC";

static NameComparison better(NameComparison a, NameComparison b)
{
    return b.fit > a.fit || (b.fit == a.fit && b.shares_part && !a.shares_part) ? b : a;
}

static void compare(Query *q, const NameKey *asked, PersonFace *face, Arena scratch)
{
    enum { NAME = 8, KANA = 9, ROMAN = 10, ALIAS = 11, ALIAS_KANA = 12 };
    for (int column = NAME; column <= ALIAS_KANA; column++) {
        Arena room = scratch;
        Str text = column_text(q, column, &room);
        if (!text.len) continue;
        NameKey registered = name_key(text, &room);
        NameComparison c = name_compare(asked, &registered);
        bool kana = column == KANA || column == ALIAS_KANA;
        NameComparison *best = kana ? &face->sounds : &face->named;
        *best = better(*best, c);
    }
}

static PersonFace face_of(Query *q, int32_t person_id, Arena *arena)
{
    Error ignored;
    PersonFace face = {.person = {.person_id = person_id,
                                  .name = column_text(q, 1, arena),
                                  .birth = partial_of_number(column_int64(q, 2)),
                                  .sex = (int32_t)column_int64(q, 3),
                                  .status = (int32_t)column_int64(q, 4),
                                  .is_protected = column_int64(q, 5) != 0,
                                  .withdrawn = column_int64(q, 6) != 0},
                       .status_since = column_day(q, 7),
                       .kana = column_text(q, 9, arena),
                       .moved_to = column_text(q, 15, arena)};
    bool hide = face.person.is_protected;
    (void)!addressee_no_parse(column_view(q, 0), &face.person.who, NULL, &ignored);
    Str address = column_text(q, 13, arena), building = column_text(q, 14, arena);
    face.place =
        building.len ? str_format(arena, "%.*s %.*s", STR(address), STR(building)) : address;
    if (hide) face.person.name = face.kana = face.place = face.moved_to = MASKED;
    return face;
}

bool person_face(Store *store, int32_t person_id, const NameKey *asked, Arena *arena,
                 PersonFace *face, bool *found, Error *err)
{
    assert(person_id > 0);
    bool newest = true;
    *found = false;
    Query *q = query_begin(store, face_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q)) {  // the newest version first; older names are compared too
        if (newest) *face = face_of(q, person_id, arena);
        newest = false;
        *found = true;
        if (asked) compare(q, asked, face, *arena);
    }
    return query_end(q, err);
}

// ---- as a source of searches

Str state_words(const PersonRow *person)
{
    return person->withdrawn ? S("登録取消") : status_words(person->status);
}

static bool numbered(void *of, const AddresseeNo *who, Arena *arena, int64_t *id, Error *err)
{
    PersonRow person;
    if (!person_by_number(store_of(of), who, KNOWN_NOW, arena, &person, err)) return false;
    *id = person.person_id;
    return true;
}

static bool searched(void *of, int64_t id, const NameKey *asked, Arena *arena, SearchedPerson *person, bool *found,
                     Error *err)
{
    bool reached;
    PersonFace face = {0};
    if (!person_face(store_of(of), (int32_t)id, asked, arena, &face, found, err) ||
        !person_reached(of, (int32_t)id, &reached, err))
        return false;
    *found = *found && (reached || !face.person.is_protected);
    *person = (SearchedPerson){.who = face.person.who,
                               .name = face.person.name,
                               .kana = face.kana,
                               .place = face.place,
                               .birth = face.person.birth,
                               .sex = sex_words(face.person.sex),
                               .state = state_words(&face.person),
                               .resident = face.person.status == STATUS_RESIDENT,
                               .dead = face.person.status == STATUS_DEAD,
                               .withdrawn = face.person.withdrawn,
                               .beyond = !reached,
                               .named = face.named,
                               .sounds = face.sounds};
    return true;
}

SearchSource ledger_search_source(Act *act)
{
    return (SearchSource){act, named, born, numbered, searched};
}
