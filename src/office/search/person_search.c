// SPDX-License-Identifier: Apache-2.0
#include "person_search.h"

#include <stdlib.h>

static bool birth_fits(const SearchAsked *asked, PartialDate birth)
{
    PartialDate a = asked->birth;
    return a.year && a.year == birth.year && (!a.month || a.month == birth.month) &&
           (!a.day || a.day == birth.day);
}

static PersonHit hit_of(const SearchAsked *asked, const SearchedPerson *person)
{
    NameComparison best = person->named.fit >= person->sounds.fit ? person->named : person->sounds;
    return (PersonHit){.person = *person,
                       .number = asked->numbered && addressee_same(&asked->who, &person->who),
                       .birth = birth_fits(asked, person->birth),
                       .birth_asked = asked->birth.year != 0,
                       .name_asked = asked->name.len != 0,
                       .fit = best.fit,
                       .part = best.shares_part || best.shortened,
                       .exchanged = best.slip == SLIP_EXCHANGED};
}

// Whom the look-ups found without being meant: another name on the same day, another day with half the name.
static bool meant(const PersonHit *hit, bool filed)
{
    if (hit->person.withdrawn) return false;
    if (hit->number) return true;
    if (!hit->name_asked) return hit->birth;
    bool named = filed || hit->fit >= NAME_TWO_SLIPS || hit->part;
    if (!hit->birth_asked) return named;
    return named && (hit->birth || hit->fit >= NAME_SOUNDS);
}

// So surely that it may be told that there is such a person.
static bool certain(const PersonHit *hit, PartialDate birth)
{
    return hit->number || (hit->name_asked && hit->birth && birth.day && hit->fit >= NAME_SOUNDS);
}

static int points(const PersonHit *hit)
{
    return (hit->number ? 1000 : 0) + (hit->birth ? 100 : 0) + 10 * (int)hit->fit +
           (hit->part ? 5 : 0) + (hit->person.resident ? 1 : 0);
}

static int best_first(const void *a, const void *b)
{
    const PersonHit *one = a, *other = b;
    int difference = points(other) - points(one);
    if (difference) return difference;
    int by_kana = str_order(one->person.kana, other->person.kana);
    return by_kana ? by_kana : addressee_order(&one->person.who, &other->person.who);
}

typedef struct Finding {
    const SearchSource *source;
    const SearchAsked *asked;
    NameKey key;
    Arena *arena;
    SearchIds filed, turned, born, numbered;
} Finding;

static bool listed(const SearchIds *ids, int64_t id)
{
    VEC_EACH (const int64_t, known, *ids)
        if (*known == id) return true;
    return false;
}

// Given name first: filed the other way round.
static Str exchanged(Str name, Arena *arena)
{
    Cut parts = str_cut(name, ' ');
    return parts.tail.len ? str_format(arena, "%.*s %.*s", STR(parts.tail), STR(parts.head))
                          : (Str){0};
}

static bool look_up_name(Finding *f, Str name, SearchIds *ids, Error *err)
{
    Str key = name.len ? name_index_key(name, f->arena) : (Str){0};
    return !key.len || f->source->named(f->source->of, key, PERSON_SEARCH_READ, f->arena, ids, err);
}

static bool look_up(Finding *f, Error *err)
{
    int64_t id;
    const SearchAsked *asked = f->asked;
    if (!look_up_name(f, asked->name, &f->filed, err) ||
        !look_up_name(f, exchanged(asked->name, f->arena), &f->turned, err))
        return false;
    if (asked->birth.year &&
        !f->source->born(f->source->of, asked->birth, PERSON_SEARCH_READ, f->arena, &f->born, err))
        return false;
    if (!asked->numbered) return true;
    if (!f->source->numbered(f->source->of, &asked->who, f->arena, &id, err)) return false;
    if (id) *search_ids_push(&f->numbered, f->arena) = id;
    return true;
}

static bool take(Finding *f, const SearchIds *ids, SearchIds *done, PersonSearched *all, Error *err)
{
    VEC_EACH (const int64_t, id, *ids) {
        SearchedPerson person;
        bool found;
        if (listed(done, *id)) continue;
        *search_ids_push(done, f->arena) = *id;
        if (!f->source->person(f->source->of, *id, f->key.count ? &f->key : NULL, f->arena, &person, &found, err))
            return false;
        PersonHit hit = found ? hit_of(f->asked, &person) : (PersonHit){0};
        if (!found || !meant(&hit, ids == &f->filed)) continue;
        if (!person.beyond)
            *person_hits_push(&all->hits, f->arena) = hit;
        else if (certain(&hit, f->asked->birth))
            *addressee_nos_push(&all->beyond, f->arena) = person.who;
    }
    return true;
}

bool person_search(const SearchSource *source, const SearchAsked *asked, Arena *arena, PersonSearched *found,
                   Error *err)
{
    PersonHits *hits = &found->hits;
    SearchIds done = {0};
    Finding f = {.source = source, .asked = asked, .arena = arena};
    f.key = name_key(asked->name, arena);
    *found = (PersonSearched){0};
    if (!look_up(&f, err) || !take(&f, &f.numbered, &done, found, err) ||
        !take(&f, &f.filed, &done, found, err) || !take(&f, &f.turned, &done, found, err) ||
        !take(&f, &f.born, &done, found, err))
        return false;
    if (hits->count) qsort(hits->at, (size_t)hits->count, sizeof *hits->at, best_first);
    found->more = hits->count > PERSON_SEARCH_MOST || f.filed.count == PERSON_SEARCH_READ ||
            f.born.count == PERSON_SEARCH_READ;
    if (hits->count > PERSON_SEARCH_MOST) hits->count = PERSON_SEARCH_MOST;
    return true;
}
