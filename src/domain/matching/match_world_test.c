// SPDX-License-Identifier: Apache-2.0
#include "match_world_test.h"

#include <assert.h>

static const Str wards[] = {S("門司区"),   S("若松区"),   S("戸畑区"),  S("小倉北区"),
                            S("小倉南区"), S("八幡東区"), S("八幡西区")};

const AddressPlaces world_places = {
    .prefecture = S("福岡県"), .city = S("北九州市"), .wards = wards, .ward_count = countof(wards)};

static Str key_text(MatchLookupKind kind, Str text, PartialDate birth, Arena *arena)
{
    char date[DAY_TEXT_SIZE];
    if (kind == LOOKUP_BIRTH) text = str_of(partial_date_text(birth, date));
    return str_format(arena, "%d:%.*s", (int)kind, STR(text));
}

static void file_under(World *world, MatchLookup key, int32_t person, Arena *arena)
{
    bool made = false;
    Str text = key_text(key.kind, key.text, key.birth, arena);
    int64_t *first = map_place(&world->keys, arena, text, &made);
    if (made) *first = -1;
    if (*first >= 0 && world->links.at[*first].person == person) return;
    *world_links_push(&world->links, arena) = (WorldLink){person, (int32_t)*first};
    *first = world->links.count - 1;
}

int32_t world_add(World *world, const MatchPerson *person, Arena *arena)
{
    int32_t place = (int32_t)world->persons.count;
    MatchPerson *p = match_persons_push(&world->persons, arena);
    *p = *person;
    Str number = str_copy(arena, addressee_text(&person->addressee_no));
    file_under(world, (MatchLookup){.kind = LOOKUP_NUMBER, .text = number}, place, arena);
    VEC_EACH (MatchVersion, v, person->versions) {
        file_under(world, (MatchLookup){.kind = LOOKUP_BIRTH, .birth = v->birth}, place, arena);
        if (v->household_no.len) {
            file_under(world, (MatchLookup){.kind = LOOKUP_HOUSEHOLD, .text = v->household_no},
                       place, arena);
        }
        MatchKeys keys = match_version_keys(v, arena);
        VEC_EACH (Str, key, keys)
            file_under(world, (MatchLookup){.kind = LOOKUP_NAME, .text = *key}, place, arena);
    }
    return place;
}

static void add_found(const World *world, int32_t place, MatchCandidates *found, Arena *arena)
{
    VEC_EACH (MatchPerson, known, found->persons)
        if (known->person_id == place) return;
    MatchPerson *p = match_persons_push(&found->persons, arena);
    *p = world->persons.at[place];
    p->person_id = place;
}

static bool was_born(const World *world, int32_t place, PartialDate birth)
{
    VEC_EACH (MatchVersion, v, world->persons.at[place].versions)
        if (partial_date_equal(v->birth, birth)) return true;
    return false;
}

static void look_up(const World *world, const MatchLookups *keys, MatchCandidates *found,
                    Arena *arena)
{
    VEC_EACH (MatchLookup, key, *keys) {
        bool namesake = key->kind == LOOKUP_NAMESAKE;
        Str text = key_text(namesake ? LOOKUP_NAME : key->kind, key->text, key->birth, arena);
        const int64_t *first = map_find(&world->keys, text);
        for (int64_t link = first ? *first : -1; link >= 0; link = world->links.at[link].next)
            if (!namesake || was_born(world, world->links.at[link].person, key->birth))
                add_found(world, world->links.at[link].person, found, arena);
    }
}

MatchDecision world_match_after(const World *world, const MatchRow *row, MatchRound least, int *rounds,
                                Arena *arena)
{
    MatchDecision d;
    MatchCandidates found = {0};
    do {
        MatchLookups keys = match_lookups(row, &found, arena);
        look_up(world, &keys, &found, arena);
        found.looked++;
        d = match_decide(row, &found, &world_places, arena);
    } while (d.outcome == MATCH_LOOK_FURTHER || found.looked < least);
    if (rounds) *rounds = (int)found.looked;
    assert(d.outcome != MATCH_LOOK_FURTHER);
    VEC_EACH (MatchCandidate, c, d.persons)
        c->person = (int32_t)found.persons.at[c->person].person_id;
    return d;
}

MatchDecision world_match(const World *world, const MatchRow *row, int *rounds, Arena *arena)
{
    return world_match_after(world, row, MATCH_NAMESAKES, rounds, arena);
}
