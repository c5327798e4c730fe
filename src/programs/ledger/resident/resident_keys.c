// SPDX-License-Identifier: Apache-2.0
#include "resident_keys.h"

#include "name_key.h"
#include "partial_number.h"

static Str folded(Str written, Arena *arena)
{
    if (!written.len) return (Str){0};
    NameKey key = name_key(written, arena);
    return name_text(&key, arena);
}

static MatchVersion match_of(const KnownVersion *version, Arena *arena)
{
    return (MatchVersion){
        .valid = {version->occurred_on, DAY_NONE},
        .birth = partial_of_number(version->birth),
        .sex = version->sex,
        .name = folded(version->name, arena),
        .name_kana = folded(version->name_kana, arena),
        .name_roman = folded(version->name_roman, arena),
        .alias = folded(version->alias, arena),
        .alias_kana = folded(version->alias_kana, arena),
        .household_no = version->household_no,
        .address = version->address,
        .building = version->building,
    };
}

static MatchVersionRows standing(const Resident *resident, Arena *arena)
{
    MatchVersionRows versions = {0};
    VEC_EACH (const KnownVersion, version, resident->versions) {
        if (!version->stands) continue;
        if (versions.count) versions.at[versions.count - 1].valid.last = version->occurred_on - 1;
        *match_versions_push(&versions, arena) = match_of(version, arena);
    }
    return versions;
}

static bool name_listed(const MatchKeys *keys, Str key)
{
    VEC_EACH (const Str, k, *keys)
        if (str_equal(*k, key)) return true;
    return false;
}

static void names_put(const Resident *resident, const MatchVersionRows *versions, Arena *arena, ResidentKeyRows *rows)
{
    MatchKeys all = {0};
    VEC_EACH (const MatchVersion, v, *versions) {
        MatchKeys keys = match_version_keys(v, arena);
        VEC_EACH (const Str, key, keys) {
            if (name_listed(&all, *key)) continue;
            *match_keys_push(&all, arena) = *key;
            *resident_names_push(&rows->names, arena) = (ResidentName){*key, resident->person_id};
        }
    }
}

void resident_keys(const ResidentRefs *residents, Arena *arena, ResidentKeyRows *keys)
{
    *keys = (ResidentKeyRows){0};
    VEC_EACH (const ResidentRef, at, *residents) {
        const Resident *resident = *at;
        int32_t match_id = resident->first_match;
        if (!match_id) continue;
        if (resident->stored) *resident_ids_push(&keys->known, arena) = resident->person_id;
        MatchVersionRows versions = standing(resident, arena);
        VEC_EACH (const MatchVersion, v, versions)
            *resident_matches_push(&keys->matches, arena) = (ResidentMatch){match_id++, resident->person_id, *v};
        names_put(resident, &versions, arena, keys);
    }
}
