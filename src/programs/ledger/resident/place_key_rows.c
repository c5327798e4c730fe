// SPDX-License-Identifier: Apache-2.0
#include "place_key_rows.h"

#include <assert.h>

enum { TOKEN_DIGITS = 32 };

static Str token(const Keys *keys, Str purpose, Str text, Arena *arena)
{
    char digits[SHA256_TEXT_SIZE];
    Sha256 index = keys_index(keys, purpose, (Bytes){(const unsigned char *)text.at, text.len});
    return str_copy(arena, str_first(str_of(sha256_text(&index, digits)), TOKEN_DIGITS));
}

static MatchKeys keyed(const Keys *keys, const AddressTexts *texts, Arena *arena)
{
    MatchKeys all = {0};
    VEC_EACH (const Str, text, *texts)
        *match_keys_push(&all, arena) = token(keys, S("match_place"), *text, arena);
    return all;
}

MatchKeys place_keys_filed(const Keys *keys, Str address, Str building, const AddressPlaces *places,
                           Arena *arena)
{
    assert(keys);
    Address registered = address_parse(address, building, places, arena);
    AddressTexts texts = address_filed_texts(&registered, arena);
    return keyed(keys, &texts, arena);
}

MatchKeys place_keys_asking(const Keys *keys, Str address, const AddressPlaces *places,
                            Arena *arena)
{
    assert(keys);
    Address written = address_parse(address, (Str){0}, places, arena);
    AddressTexts texts = address_asking_texts(&written, arena);
    return keyed(keys, &texts, arena);
}

Str household_token(const Keys *keys, Str household_no, Arena *arena)
{
    assert(keys);
    return household_no.len ? token(keys, S("match_household"), household_no, arena) : (Str){0};
}

static const char add_sql[] = "INSERT INTO match_place (person_id, place_key) VALUES ($1, $2)"
                              " ON CONFLICT (person_id, place_key) DO NOTHING";

bool place_keys_add(Store *store, const PlaceKeys *filed, Error *err)
{
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    VEC_EACH (const PlaceKey, one, *filed) {
        bind_int64(q, 1, one->person_id);
        bind_text(q, 2, one->key);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}
