// SPDX-License-Identifier: Apache-2.0
#include "facts_sealed.h"

#include "partial_number.h"

enum { KANA, BIRTH, SEX, ADDRESS };

void facts_texts(const FourFacts *facts, Arena *arena, Str texts[FACTS_TEXTS])
{
    texts[KANA] = facts->kana;
    texts[BIRTH] = str_format(arena, "%lld", (long long)partial_number(facts->birth));
    texts[SEX] = str_format(arena, "%d", (int)facts->sex);
    texts[ADDRESS] = facts->address;
}

bool facts_of_texts(const Str texts[FACTS_TEXTS], FourFacts *facts)
{
    int64_t birth, sex;
    if (!str_int64(texts[BIRTH], &birth) || !str_int64(texts[SEX], &sex)) return false;
    *facts = (FourFacts){texts[KANA], partial_of_number(birth), (int32_t)sex, texts[ADDRESS]};
    return true;
}

bool facts_seal(Keys *keys, SealPlace place, const FourFacts *facts, Arena *arena, Bytes *sealed, Error *err)
{
    Str texts[FACTS_TEXTS];
    facts_texts(facts, arena, texts);
    return texts_seal(keys, place, texts, FACTS_TEXTS, arena, sealed, err);
}

bool facts_open(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, FourFacts *facts, Error *err)
{
    Str texts[FACTS_TEXTS];
    if (!texts_open(keys, place, sealed, texts, FACTS_TEXTS, arena, err)) return false;
    return facts_of_texts(texts, facts) || facts_unreadable(err);
}

bool facts_unreadable(Error *err)
{
    return FAIL(err, E_STORE, .words = S("封印された記録が読めません。復旧の手順に従ってください。"));
}
