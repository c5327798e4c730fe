// SPDX-License-Identifier: Apache-2.0
#include "match_witness.h"
#include "name_key.h"

#include <assert.h>

enum { HOUSEHOLDS_MAX = 16 };  // of one row: more would be a family of number changes

static void add_text(MatchLookups *keys, MatchLookupKind kind, Str text, Arena *arena)
{
    assert(keys->count >= 0);
    if (!text.len) return;
    VEC_EACH (MatchLookup, key, *keys)
        if (key->kind == kind && str_equal(key->text, text)) return;
    *match_lookups_push(keys, arena) = (MatchLookup){.kind = kind, .text = text};
}

static void add_households(MatchLookups *keys, const MatchPerson *person, DaySpan given,
                           Arena *arena)
{
    assert(person->versions.count > 0);
    ptrdiff_t count = person->versions.count;
    for (ptrdiff_t i = 0; i < count && keys->count < HOUSEHOLDS_MAX; i++) {
        const MatchVersion *v = &person->versions.at[i];
        if (i == count - 1 || version_in_force(v, given))
            add_text(keys, LOOKUP_HOUSEHOLD, v->household_no, arena);
    }
}

static void add_namesakes(MatchLookups *keys, const MatchRow *row, Str name, Arena *arena)
{
    Str key = name_index_key(name, arena);
    if (key.len)
        *match_lookups_push(keys, arena) =
            (MatchLookup){.kind = LOOKUP_NAMESAKE, .text = key, .birth = row->birth};
}

// Namesakes are asked for where they may be all that is asked: where there is a number.
static MatchLookups named_and_born(const MatchRow *row, Arena *arena)
{
    MatchLookups keys = {0};
    Str number = addressee_text(&row->addressee_no);
    if (!str_present(number)) return keys;
    add_text(&keys, LOOKUP_NUMBER, str_copy(arena, number), arena);
    if (!row->birth.year) return keys;
    add_namesakes(&keys, row, row->name, arena);
    add_namesakes(&keys, row, row->name_kana, arena);
    return keys;
}

static MatchLookups born(const MatchRow *row, Arena *arena)
{
    MatchLookups keys = {0};
    if (row->birth.year)
        *match_lookups_push(&keys, arena) = (MatchLookup){.kind = LOOKUP_BIRTH, .birth = row->birth};
    return keys;
}

static MatchLookups related(const MatchRow *row, const MatchCandidates *found, Arena *arena)
{
    MatchLookups keys = {0};
    Case c = case_open(row, found, NULL, arena);
    for (int32_t i = 0; i < c.count; i++) {
        const Witness *w = &c.witnesses[i];
        bool likely = w->birth == BIRTH_EQUAL && w->best >= NAME_ONE_SLIP;
        if (w->number || likely) add_households(&keys, w->person, row->given, arena);
    }
    add_text(&keys, LOOKUP_NAME, name_index_key(row->name, arena), arena);
    add_text(&keys, LOOKUP_NAME, name_index_key(row->name_kana, arena), arena);
    return keys;
}

MatchLookups match_lookups(const MatchRow *row, const MatchCandidates *found, Arena *arena)
{
    assert(found->looked < MATCH_EVERYWHERE);
    switch (found->looked) {
    case MATCH_NOWHERE: return named_and_born(row, arena);
    case MATCH_NAMESAKES: return born(row, arena);
    case MATCH_BIRTHS:
    case MATCH_EVERYWHERE: break;
    }
    return related(row, found, arena);
}

static void add_key(MatchKeys *keys, Str name, Arena *arena)
{
    Str key = name_index_key(name, arena);
    if (!key.len) return;
    VEC_EACH (Str, known, *keys)
        if (str_equal(*known, key)) return;
    *match_keys_push(keys, arena) = key;
}

MatchKeys match_version_keys(const MatchVersion *version, Arena *arena)
{
    MatchKeys keys = {0};
    add_key(&keys, version->name, arena);
    add_key(&keys, version->name_kana, arena);
    add_key(&keys, version->name_roman, arena);
    add_key(&keys, version->alias, arena);
    add_key(&keys, version->alias_kana, arena);
    return keys;
}
