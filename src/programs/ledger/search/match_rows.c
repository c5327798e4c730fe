// SPDX-License-Identifier: Apache-2.0
#include "match_rows.h"

#include "key_set.h"
#include "map.h"
#include "partial_number.h"
#include "set_slice.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

// Persons that were read together: those of one birth date, or those asked for one by one.
VEC(Groups, MatchPersonRows, groups);
VEC(PersonIds, int64_t, person_ids);
VEC(IdLists, PersonIds, id_lists);

// Lists of persons by one thing that names them. Of namesakes two are held against each other.
typedef enum ListBy { BY_NUMBER, BY_HOUSEHOLD, BY_NAME, BY_BIRTH, LIST_KINDS } ListBy;

struct MatchReader {
    Store *store;
    Arena whole, kept;  // all of it, and what is left
    Arena making;       // for answers whose length nobody knows yet
    ptrdiff_t low;      // forget when less is left
    Groups groups;
    Map births;  // birth as 8 digits -> index in groups, plus 1
    Map people;  // person_id -> where the person stands (place_of)
    IdLists lists;
    Map hidden;  // 宛名番号 of protected people
    Map named[LIST_KINDS];  // what names somebody, of each kind -> index in lists, plus 1
};

enum { GROUP_SHIFT = 24 };  // a group holds fewer persons than that many bits count

MatchReader *match_reader(Store *store, Arena *arena, ptrdiff_t bytes)
{
    assert(bytes > 0);
    MatchReader *reader = NEW(arena, MatchReader, 1);
    reader->store = store;
    reader->whole = reader->kept = arena_reserve(bytes);
    reader->making = arena_reserve(bytes);
    reader->low = bytes / 2;
    return reader;
}

void match_reader_close(MatchReader *reader)
{
    if (!reader) return;
    arena_release(reader->making);
    arena_release(reader->whole);
}

void match_reader_rows(MatchReader *reader)
{
    if (reader->kept.end - reader->kept.at >= reader->low) return;
    *reader = (MatchReader){.store = reader->store,
                            .whole = reader->whole,
                            .kept = reader->whole,
                            .making = reader->making,
                            .low = reader->low};
}

// ---- what is kept

static Str number_key(Arena *arena, int64_t number)
{
    return str_copy(arena, (Str){(const char *)&number, sizeof number});
}

static int64_t *birth_place(MatchReader *reader, PartialDate birth)
{
    return map_place(&reader->births, &reader->kept,
                     number_key(&reader->kept, partial_number(birth)), NULL);
}

static const MatchPerson *person_kept(const MatchReader *reader, int64_t person_id)
{
    Str key = {(const char *)&person_id, sizeof person_id};
    const int64_t *place = map_find(&reader->people, key);
    if (!place) return NULL;
    return &reader->groups.at[*place >> GROUP_SHIFT].at[*place & ((1 << GROUP_SHIFT) - 1)];
}

static void keep_group(MatchReader *reader, MatchPersonRows group)
{
    int64_t nth = reader->groups.count;
    *groups_push(&reader->groups, &reader->kept) = group;
    for (ptrdiff_t i = 0; i < group.count; i++)
        *map_place(&reader->people, &reader->kept, number_key(&reader->kept, group.at[i].person_id),
                   NULL) = nth << GROUP_SHIFT | i;
}

// ---- one question for a set of persons: their versions, where they lived, where protected ones were hidden

#define BORN                                                                                \
    "(SELECT DISTINCT v.birth, v.person_id FROM json_each($1) a CROSS JOIN match_version v" \
    " WHERE v.birth = " KEY_NUMBER ") b"
#define NUMBERED "(SELECT DISTINCT 0 AS birth, " KEY_NUMBER " AS person_id FROM json_each($1) a) b"
#define VERSIONS(persons)                                                                       \
    "SELECT b.birth, p.person_id, p.addressee_no, p.withdrawn, p.protected, m.valid_from,"      \
    " m.valid_to, m.birth, m.sex, m.name, m.name_kana, m.name_roman, m.alias, m.alias_kana,"    \
    " m.household_no, m.address, m.building FROM " persons " CROSS JOIN person p"               \
    " CROSS JOIN match_version m WHERE p.person_id = b.person_id AND m.person_id = b.person_id" \
    " ORDER BY b.birth, p.person_id, m.match_id"
#define SPANS(persons)                                                                           \
    "SELECT b.birth, r.person_id, r.first_day, r.last_day, r.ending, r.vague_days FROM " persons \
    " CROSS JOIN residence r WHERE r.person_id = b.person_id AND r.to_act = 2147483647"          \
    " ORDER BY b.birth, r.person_id, r.span_id"

typedef struct PersonsSql {
    const char *versions, *spans;
} PersonsSql;

static const PersonsSql born_sql = {VERSIONS(BORN), SPANS(BORN)};
static const PersonsSql numbered_sql = {VERSIONS(NUMBERED), SPANS(NUMBERED)};

static const char places_sql[] =
    "SELECT k.person_id, k.place_key FROM " KEY_NUMBERS " CROSS JOIN match_place k WHERE k.person_id = b.number"
    " ORDER BY k.person_id, k.place_key";

static MatchVersion version_of(Query *q, int from, Arena *arena)
{
    return (MatchVersion){
        .valid = {column_day(q, from), column_day(q, from + 1)},
        .birth = partial_of_number(column_int64(q, from + 2)),
        .sex = (int32_t)column_int64(q, from + 3),
        .name = column_text(q, from + 4, arena),
        .name_kana = column_text(q, from + 5, arena),
        .name_roman = column_text(q, from + 6, arena),
        .alias = column_text(q, from + 7, arena),
        .alias_kana = column_text(q, from + 8, arena),
        .household_no = column_text(q, from + 9, arena),
        .address = column_text(q, from + 10, arena),
        .building = column_text(q, from + 11, arena),
    };
}

// Persons as they were read, with the birth date that each was asked by; what belongs to one lies together. All of it
// is made in room of its own and kept when it is known how long it is: nearly everybody has one version and one span.
typedef struct Asked {
    MatchPersonRows persons;
    PersonIds births;  // of each
    MatchVersionRows versions;
    ResidenceSpanRows spans;
} Asked;

static void take_versions(Query *q, Arena *kept, Arena *making, Asked *read)
{
    Error ignored;
    while (query_next(q)) {
        int64_t birth = column_int64(q, 0), person_id = column_int64(q, 1);
        ptrdiff_t last = read->persons.count - 1;
        if (last < 0 || read->births.at[last] != birth ||
            read->persons.at[last].person_id != person_id) {
            MatchPerson *p = match_persons_push(&read->persons, making);
            *p = (MatchPerson){.person_id = person_id,
                               .withdrawn = column_int64(q, 3) != 0,
                               .is_protected = column_int64(q, 4) != 0};
            (void)!addressee_no_parse(column_view(q, 2), &p->addressee_no, NULL, &ignored);
            *person_ids_push(&read->births, making) = birth;
        }
        read->persons.at[read->persons.count - 1].versions.count++;
        *match_versions_push(&read->versions, making) = version_of(q, 5, kept);
    }
}

// The person of the row in hand, from `*i` on: both are in the same order. NULL: not among them.
static MatchPerson *person_at(Query *q, const Asked *read, ptrdiff_t *i)
{
    int64_t birth = column_int64(q, 0), person_id = column_int64(q, 1);
    for (; *i < read->persons.count; ++*i) {
        int64_t here = read->births.at[*i];
        if (here < birth || (here == birth && read->persons.at[*i].person_id < person_id)) continue;
        bool same = here == birth && read->persons.at[*i].person_id == person_id;
        return same ? &read->persons.at[*i] : NULL;
    }
    return NULL;
}

static void take_spans(Query *q, Arena *making, Asked *read)
{
    ptrdiff_t i = 0;
    while (query_next(q)) {
        MatchPerson *p = person_at(q, read, &i);
        if (!p) continue;
        p->residence.count++;
        *residence_spans_push(&read->spans, making) =
            (ResidenceSpan){column_day(q, 2), column_day(q, 3), (ResidenceEnd)column_int64(q, 4),
                            (int32_t)column_int64(q, 5)};
    }
}

static void *kept_rows(Arena *kept, const void *rows, size_t size, ptrdiff_t count)
{
    void *room = arena_room(kept, (ptrdiff_t)size, (ptrdiff_t) _Alignof(max_align_t), count);
    return count ? memcpy(room, rows, size * (size_t)count) : NULL;
}

static void keep_read(Asked *read, Arena *kept)
{
    MatchVersion *versions = kept_rows(kept, read->versions.at, sizeof *versions, read->versions.count);
    ResidenceSpan *spans = kept_rows(kept, read->spans.at, sizeof *spans, read->spans.count);
    read->persons.at = kept_rows(kept, read->persons.at, sizeof *read->persons.at, read->persons.count);
    VEC_EACH (MatchPerson, p, read->persons) {
        p->versions.at = versions;
        p->residence.at = p->residence.count ? spans : NULL;
        p->versions.capacity = p->versions.count;
        p->residence.capacity = p->residence.count;
        versions += p->versions.count;
        spans += p->residence.count;
    }
}

static Query *asked(Store *store, const char *sql, Str keys, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (q) bind_text(q, 1, keys);
    return q;
}

// Where a person lived stands in a version; of protected ones, who are few, the keys of it stand apart.
typedef struct PlaceKey {
    int32_t person_id;
    Str key;
} PlaceKey;
VEC(PlaceKeys, PlaceKey, place_keys);

static bool places_read(Store *store, Str persons, Arena *kept, Arena *making, PlaceKeys *keys, Error *err)
{
    Query *q = asked(store, places_sql, persons, err);
    if (!q) return false;
    while (query_next(q))
        *place_keys_push(keys, making) = (PlaceKey){(int32_t)column_int64(q, 0), column_text(q, 1, kept)};
    return query_end(q, err);
}

static bool take_places(Store *store, Asked *read, Arena *kept, Arena *making, Error *err)
{
    KeySet hidden = {0};
    PlaceKeys keys = {0};
    VEC_EACH (const MatchPerson, p, read->persons)
        if (p->is_protected) key_set_add_number(&hidden, making, p->person_id);
    if (!hidden.count) return true;
    if (!places_read(store, key_set_text(&hidden, making), kept, making, &keys, err)) return false;
    VEC_EACH (MatchPerson, p, read->persons) {
        SetSlice its = p->is_protected ? SET_SLICE(keys, (int32_t)p->person_id) : (SetSlice){0};
        for (ptrdiff_t i = its.first; i < its.first + its.count; i++)
            *match_keys_push(&p->place_keys, kept) = keys.at[i].key;
    }
    return true;
}

// What is made lasts until the next reading: the births of `read`.
static bool persons_read(MatchReader *reader, const PersonsSql *sql, Str keys, Asked *read, Error *err)
{
    Arena *kept = &reader->kept, making = reader->making;
    *read = (Asked){0};
    Query *q = asked(reader->store, sql->versions, keys, err);
    if (!q) return false;
    take_versions(q, kept, &making, read);
    if (!query_end(q, err)) return false;
    q = asked(reader->store, sql->spans, keys, err);
    if (!q) return false;
    take_spans(q, &making, read);
    if (!query_end(q, err)) return false;
    keep_read(read, kept);
    return take_places(reader->store, read, kept, &making, err);
}

static const char person_spans_sql[] =
    "SELECT first_day, last_day, ending, vague_days FROM residence"
    " WHERE person_id = $1 AND " STANDS("", "$2") " ORDER BY span_id";

bool match_residence(Store *store, int64_t person_id, KnownAt known, Arena *arena,
                     ResidenceSpanRows *spans, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, person_spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *spans = (ResidenceSpanRows){0};
    while (query_next(q))
        *residence_spans_push(spans, arena) =
            (ResidenceSpan){column_day(q, 0), column_day(q, 1), (ResidenceEnd)column_int64(q, 2),
                            (int32_t)column_int64(q, 3)};
    return query_end(q, err);
}

// ---- by birth date

// A birth date of nobody has a group too: it is not asked again.
static void keep_births(MatchReader *reader, const Asked *read)
{
    for (ptrdiff_t first = 0, end; first < read->persons.count; first = end) {
        int64_t birth = read->births.at[first];
        for (end = first; end < read->persons.count && read->births.at[end] == birth; end++)
            continue;
        keep_group(reader, (MatchPersonRows){&read->persons.at[first], end - first, end - first});
        *birth_place(reader, partial_of_number(birth)) = reader->groups.count;
    }
}

static bool births_ahead(MatchReader *reader, const MatchLookups *lookups, Error *err)
{
    Asked read;
    KeySet keys = {0};
    int64_t nobody = 0;
    VEC_EACH (const MatchLookup, l, *lookups) {
        if (l->kind != LOOKUP_BIRTH) continue;
        int64_t *place = birth_place(reader, l->birth);
        if (*place) continue;
        if (!nobody) {
            keep_group(reader, (MatchPersonRows){0});
            nobody = reader->groups.count;
        }
        *place = nobody;  // until somebody is found
        key_set_add_number(&keys, &reader->kept, partial_number(l->birth));
    }
    if (!keys.count) return true;
    if (!persons_read(reader, &born_sql, key_set_text(&keys, &reader->kept), &read, err)) return false;
    keep_births(reader, &read);
    return true;
}

// ---- by whatever else names somebody

static const char *const ids_sql[LIST_KINDS] = {
    [BY_NUMBER] = "SELECT " KEY_NUMBER ", p.person_id, p.protected, p.addressee_no"
                  " FROM json_each($1) a CROSS JOIN person p"
                  " WHERE p.addressee_no = a.key ORDER BY 1, 2",
    [BY_HOUSEHOLD] = "SELECT DISTINCT " KEY_NUMBER ", m.person_id FROM json_each($1) a"
                     " CROSS JOIN match_version m WHERE m.household_no = a.key ORDER BY 1, 2",
    [BY_NAME] = "SELECT " KEY_NUMBER ", n.person_id FROM json_each($1) a"
                " CROSS JOIN match_name n WHERE n.name_key = a.key ORDER BY 1, 2",
    [BY_BIRTH] = "SELECT DISTINCT " KEY_NUMBER ", m.person_id FROM json_each($1) a"
                 " CROSS JOIN match_version m WHERE m.birth = CAST(a.key AS integer) ORDER BY 1, 2",
};

// What one look-up reads: the key of a list, and of a namesake's two.
typedef struct ListKey {
    ListBy by;
    Str text;
} ListKey;

typedef struct ListKeys {
    ListKey at[2];
    int count;
} ListKeys;

static ListKeys lists_of(const MatchLookup *l, char room[INT64_ROOM])
{
    switch (l->kind) {
    case LOOKUP_NUMBER: return (ListKeys){{{BY_NUMBER, l->text}}, 1};
    case LOOKUP_HOUSEHOLD: return (ListKeys){{{BY_HOUSEHOLD, l->text}}, 1};
    case LOOKUP_NAME: return (ListKeys){{{BY_NAME, l->text}}, 1};
    case LOOKUP_NAMESAKE:
        return (ListKeys){{{BY_NAME, l->text}, {BY_BIRTH, str_of_int64(partial_number(l->birth), room)}}, 2};
    case LOOKUP_BIRTH: break;
    }
    return (ListKeys){0};
}

bool match_number_protected(const MatchReader *reader, Str number)
{
    return number.len && (!map_find(&reader->named[BY_NUMBER], number) || map_find(&reader->hidden, number));
}

// It was read ahead.
static const PersonIds *list_ids(const MatchReader *reader, const ListKey *list)
{
    const int64_t *place = map_find(&reader->named[list->by], list->text);
    assert(place && *place > 0);
    return &reader->lists.at[*place - 1];
}

static void add_unread(MatchReader *reader, const MatchLookup *l, ListBy by, KeySet *keys)
{
    char room[INT64_ROOM];
    ListKeys lists = lists_of(l, room);
    for (int i = 0; i < lists.count; i++) {
        const ListKey *list = &lists.at[i];
        if (list->by != by || map_find(&reader->named[by], list->text)) continue;
        Str key = str_copy(&reader->kept, list->text);
        *id_lists_push(&reader->lists, &reader->kept) = (PersonIds){0};
        *map_place(&reader->named[by], &reader->kept, key, NULL) = reader->lists.count;
        key_set_add(keys, &reader->kept, key, reader->lists.count);
    }
}

static bool lists_ahead(MatchReader *reader, const MatchLookups *lookups, ListBy by, Error *err)
{
    KeySet keys = {0};
    VEC_EACH (const MatchLookup, l, *lookups) add_unread(reader, l, by, &keys);
    if (!keys.count) return true;
    Query *q = asked(reader->store, ids_sql[by], key_set_text(&keys, &reader->kept), err);
    if (!q) return false;
    while (query_next(q)) {
        *person_ids_push(&reader->lists.at[column_int64(q, 0) - 1], &reader->kept) = column_int64(q, 1);
        if (by == BY_NUMBER && column_int64(q, 2))
            *map_place(&reader->hidden, &reader->kept, column_text(q, 3, &reader->kept), NULL) = 1;
    }
    return query_end(q, err);
}

static bool list_has(const PersonIds *ids, int64_t person_id)
{
    assert(person_id > 0);
    ptrdiff_t from = 0, to = ids->count;
    while (from < to) {
        ptrdiff_t middle = from + (to - from) / 2;
        if (ids->at[middle] < person_id)
            from = middle + 1;
        else
            to = middle;
    }
    return from < ids->count && ids->at[from] == person_id;
}

// Whom a look-up names that is none by birth date alone: the persons of its list, of two lists those of both.
static PersonIds ids_named(MatchReader *reader, const MatchLookup *l, Arena *arena)
{
    char room[INT64_ROOM];
    ListKeys lists = lists_of(l, room);
    if (!lists.count) return (PersonIds){0};
    const PersonIds *first = list_ids(reader, &lists.at[0]);
    if (lists.count == 1) return *first;
    PersonIds both = {0};
    const PersonIds *second = list_ids(reader, &lists.at[1]);
    VEC_EACH (const int64_t, id, *first)
        if (list_has(second, *id)) *person_ids_push(&both, arena) = *id;
    return both;
}

static KeySet persons_unread(MatchReader *reader, const MatchLookups *lookups)
{
    KeySet wanted = {0};
    VEC_EACH (const MatchLookup, l, *lookups) {
        Arena making = reader->making;
        PersonIds ids = ids_named(reader, l, &making);
        VEC_EACH (const int64_t, id, ids)
            if (!person_kept(reader, *id)) key_set_add_number(&wanted, &reader->kept, *id);
    }
    return wanted;
}

bool match_read_ahead(MatchReader *reader, const MatchLookups *lookups, Error *err)
{
    assert(lookups->count >= 0);
    Asked read;
    // Everybody of a birth date first: the person whom the household names usually is among them.
    if (!births_ahead(reader, lookups, err)) return false;
    for (ListBy by = BY_NUMBER; by < LIST_KINDS; by++)
        if (!lists_ahead(reader, lookups, by, err)) return false;
    KeySet wanted = persons_unread(reader, lookups);
    if (!wanted.count) return true;
    if (!persons_read(reader, &numbered_sql, key_set_text(&wanted, &reader->kept), &read, err)) return false;
    keep_group(reader, read.persons);
    return true;
}

// ---- for one row

static bool found_already(const MatchCandidates *found, int64_t person_id)
{
    assert(person_id > 0);
    VEC_EACH (const MatchPerson, p, found->persons)
        if (p->person_id == person_id) return true;
    return false;
}

static void add_new(const MatchPerson *person, Arena *arena, MatchCandidates *found)
{
    if (person && !found_already(found, person->person_id))
        *match_persons_push(&found->persons, arena) = *person;
}

// All of it is kept: match_read_ahead was asked for it.
static void look_up(MatchReader *reader, const MatchLookup *lookup, Arena *arena,
                    MatchCandidates *found)
{
    if (lookup->kind == LOOKUP_BIRTH) {
        const MatchPersonRows *born = &reader->groups.at[*birth_place(reader, lookup->birth) - 1];
        VEC_EACH (const MatchPerson, p, *born) add_new(p, arena, found);
        return;
    }
    Arena making = reader->making;
    PersonIds ids = ids_named(reader, lookup, &making);
    VEC_EACH (const int64_t, id, ids) add_new(person_kept(reader, *id), arena, found);
}

bool match_read(MatchReader *reader, const MatchLookups *lookups, Arena *arena,
                MatchCandidates *found, Error *err)
{
    if (!match_read_ahead(reader, lookups, err)) return false;
    VEC_EACH (const MatchLookup, l, *lookups)
        if (l->kind == LOOKUP_BIRTH) look_up(reader, l, arena, found);
    VEC_EACH (const MatchLookup, l, *lookups)
        if (l->kind != LOOKUP_BIRTH) look_up(reader, l, arena, found);
    return true;
}
