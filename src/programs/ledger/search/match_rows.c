// SPDX-License-Identifier: Apache-2.0
#include "match_rows.h"

#include "map.h"
#include "partial_number.h"
#include "place_key_rows.h"

// Everybody of one birth date, as read once.
VEC(Groups, MatchPersonRows, groups);

struct MatchReader {
    Store *store;
    Arena whole, kept;  // all of it, and what is left
    ptrdiff_t low;      // forget when less is left
    Map births;         // birth as 8 digits -> index in groups, plus 1
    Groups groups;
};

MatchReader *match_reader(Store *store, Arena *arena, ptrdiff_t bytes)
{
    MatchReader *reader = NEW(arena, MatchReader, 1);
    reader->store = store;
    reader->whole = reader->kept = arena_reserve(bytes);
    reader->low = bytes / 8;
    return reader;
}

void match_reader_close(MatchReader *reader)
{
    if (reader) arena_release(reader->whole);
}

void match_reader_row(MatchReader *reader)
{
    if (reader->kept.end - reader->kept.at >= reader->low) return;
    reader->kept = reader->whole;
    reader->births = (Map){0};
    reader->groups = (Groups){0};
}

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

// Rows of persons with their versions, ordered by person.
static void take_versions(Query *q, Arena *arena, MatchPersonRows *persons)
{
    Error ignored;
    while (query_next(q)) {
        int64_t person_id = column_int64(q, 0);
        if (!persons->count || persons->at[persons->count - 1].person_id != person_id) {
            MatchPerson *p = match_persons_push(persons, arena);
            *p = (MatchPerson){.person_id = person_id,
                               .withdrawn = column_int64(q, 2) != 0,
                               .is_protected = column_int64(q, 3) != 0};
            (void)!addressee_no_parse(column_view(q, 1), &p->addressee_no, NULL, &ignored);
        }
        MatchPerson *p = &persons->at[persons->count - 1];
        *match_versions_push(&p->versions, arena) = version_of(q, 4, arena);
    }
}

static void take_spans(Query *q, Arena *arena, const MatchPersonRows *persons)
{
    ptrdiff_t i = 0;
    while (query_next(q)) {
        int64_t person_id = column_int64(q, 0);
        while (i < persons->count && persons->at[i].person_id < person_id) i++;
        if (i == persons->count || persons->at[i].person_id != person_id) continue;
        *residence_spans_push(&persons->at[i].residence, arena) =
            (ResidenceSpan){column_day(q, 1), column_day(q, 2), (ResidenceEnd)column_int64(q, 3),
                            (int32_t)column_int64(q, 4)};
    }
}

// Places of protected people stand in no version: their keys are read beside them.
static bool take_places(Store *store, Arena *arena, MatchPersonRows *persons, Error *err)
{
    VEC_EACH (MatchPerson, p, *persons)
        if (p->is_protected && !place_keys_read(store, p->person_id, arena, &p->place_keys, err))
            return false;
    return true;
}

// ---- by birth date

static const char births_sql[] =
    "SELECT p.person_id, p.addressee_no, p.withdrawn, p.protected, m.valid_from, m.valid_to, m.birth,"
    " m.sex, m.name, m.name_kana, m.name_roman, m.alias, m.alias_kana, m.household_no, m.address,"
    " m.building FROM (SELECT DISTINCT person_id FROM match_version WHERE birth = $1) b"
    " JOIN person p ON p.person_id = b.person_id JOIN match_version m ON m.person_id = b.person_id"
    " ORDER BY p.person_id, m.match_id";

static const char births_spans_sql[] =
    "SELECT r.person_id, r.first_day, r.last_day, r.ending, r.vague_days"
    " FROM (SELECT DISTINCT person_id FROM match_version WHERE birth = $1) b"
    " JOIN residence r ON r.person_id = b.person_id WHERE r.to_act = 2147483647"
    " ORDER BY r.person_id, r.span_id";

static bool births_read(Store *store, int64_t birth, Arena *arena, MatchPersonRows *persons,
                        Error *err)
{
    Query *q = query_begin(store, births_sql, err);
    if (!q) return false;
    bind_int64(q, 1, birth);
    take_versions(q, arena, persons);
    if (!query_end(q, err)) return false;
    q = query_begin(store, births_spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, birth);
    take_spans(q, arena, persons);
    return query_end(q, err) && take_places(store, arena, persons, err);
}

bool match_persons_born(Store *store, PartialDate birth, Arena *arena, MatchPersonRows *persons,
                        Error *err)
{
    *persons = (MatchPersonRows){0};
    return births_read(store, partial_number(birth), arena, persons, err);
}

static bool births_kept(MatchReader *reader, PartialDate date, const MatchPersonRows **persons,
                        Error *err)
{
    int64_t birth = partial_number(date);
    Str key = str_format(&reader->kept, "%lld", (long long)birth);
    bool made;
    int64_t *place = map_place(&reader->births, &reader->kept, key, &made);
    if (!*place) {
        MatchPersonRows read = {0};
        if (!births_read(reader->store, birth, &reader->kept, &read, err)) return false;
        *groups_push(&reader->groups, &reader->kept) = read;
        *place = reader->groups.count;
    }
    *persons = &reader->groups.at[*place - 1];
    return true;
}

// ---- one person, by whatever names him or her

static const char person_versions_sql[] =
    "SELECT p.person_id, p.addressee_no, p.withdrawn, p.protected, m.valid_from, m.valid_to, m.birth,"
    " m.sex, m.name, m.name_kana, m.name_roman, m.alias, m.alias_kana, m.household_no, m.address,"
    " m.building FROM person p JOIN match_version m ON m.person_id = p.person_id"
    " WHERE p.person_id = $1 ORDER BY p.person_id, m.match_id";

static const char person_spans_sql[] =
    "SELECT person_id, first_day, last_day, ending, vague_days FROM residence"
    " WHERE person_id = $1 AND " STANDS("", "$2") " ORDER BY span_id";

static bool person_read(Store *store, int64_t person_id, Arena *arena, MatchPersonRows *persons,
                        Error *err)
{
    Query *q = query_begin(store, person_versions_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    take_versions(q, arena, persons);
    if (!query_end(q, err)) return false;
    q = query_begin(store, person_spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, KNOWN_NOW);
    take_spans(q, arena, persons);
    return query_end(q, err) && take_places(store, arena, persons, err);
}

bool match_residence(Store *store, int64_t person_id, KnownAt known, Arena *arena,
                     ResidenceSpanRows *spans, Error *err)
{
    MatchPerson one = {.person_id = person_id};
    const MatchPersonRows persons = {.at = &one, .count = 1, .capacity = 1};
    Query *q = query_begin(store, person_spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    take_spans(q, arena, &persons);
    if (!query_end(q, err)) return false;
    *spans = one.residence;
    return true;
}

static const char by_number_sql[] = "SELECT person_id FROM person WHERE addressee_no = $1";
static const char by_household_sql[] =
    "SELECT DISTINCT person_id FROM match_version WHERE household_no = $1 ORDER BY person_id";
static const char by_name_sql[] =
    "SELECT person_id FROM match_name WHERE name_key = $1 ORDER BY person_id";

static const char *const ids_sql[] = {
    [LOOKUP_NUMBER] = by_number_sql,
    [LOOKUP_HOUSEHOLD] = by_household_sql,
    [LOOKUP_NAME] = by_name_sql,
};

VEC(PersonIds, int64_t, person_ids);

static bool ids_read(Store *store, const MatchLookup *lookup, Arena *arena, PersonIds *ids,
                     Error *err)
{
    Query *q = query_begin(store, ids_sql[lookup->kind], err);
    if (!q) return false;
    bind_text(q, 1, lookup->text);
    while (query_next(q)) *person_ids_push(ids, arena) = column_int64(q, 0);
    return query_end(q, err);
}

static bool found_already(const MatchCandidates *found, int64_t person_id)
{
    VEC_EACH (const MatchPerson, p, found->persons)
        if (p->person_id == person_id) return true;
    return false;
}

static void add_new(const MatchPersonRows *persons, Arena *arena, MatchCandidates *found)
{
    VEC_EACH (const MatchPerson, p, *persons)
        if (!found_already(found, p->person_id)) *match_persons_push(&found->persons, arena) = *p;
}

static bool look_up(MatchReader *reader, const MatchLookup *lookup, Arena *arena,
                    MatchCandidates *found, Error *err)
{
    if (lookup->kind == LOOKUP_BIRTH) {
        const MatchPersonRows *born;
        if (!births_kept(reader, lookup->birth, &born, err)) return false;
        add_new(born, arena, found);
        return true;
    }
    PersonIds ids = {0};
    if (!ids_read(reader->store, lookup, arena, &ids, err)) return false;
    VEC_EACH (const int64_t, id, ids) {
        if (found_already(found, *id)) continue;
        MatchPersonRows read = {0};
        if (!person_read(reader->store, *id, arena, &read, err)) return false;
        add_new(&read, arena, found);
    }
    return true;
}

bool match_read(MatchReader *reader, const MatchLookups *lookups, Arena *arena,
                MatchCandidates *found, Error *err)
{
    // Birth dates first: the person whom the number names usually is among them and read already.
    VEC_EACH (const MatchLookup, l, *lookups)
        if (l->kind == LOOKUP_BIRTH && !look_up(reader, l, arena, found, err)) return false;
    VEC_EACH (const MatchLookup, l, *lookups)
        if (l->kind != LOOKUP_BIRTH && !look_up(reader, l, arena, found, err)) return false;
    return true;
}
