// SPDX-License-Identifier: Apache-2.0
#include "four_facts.h"

#include "fold.h"
#include "name_key.h"

enum { SEX_FIRST = 1, SEX_LAST = 2 };  // another one says that it is not known

int facts_missing(const FourFacts *facts)
{
    bool sex_known = facts->sex >= SEX_FIRST && facts->sex <= SEX_LAST;
    return (facts->kana.len ? 0 : FACT_KANA) | (partial_date_whole(facts->birth) ? 0 : FACT_BIRTH) |
           (sex_known ? 0 : FACT_SEX) | (facts->address.len ? 0 : FACT_ADDRESS);
}

static bool kana_same(Str a, Str b, Arena scratch)
{
    NameKey first = name_key(a, &scratch), second = name_key(b, &scratch);
    return !first.cut && !second.cut && str_equal(name_text(&first, &scratch), name_text(&second, &scratch));
}

static Str address_key(Str address, Arena *arena)
{
    return fold_blanks_away(arena, fold_width(arena, address, NULL));
}

int facts_differ(const FourFacts *a, const FourFacts *b, Arena scratch)
{
    int differ = facts_missing(a) | facts_missing(b);
    if (!kana_same(a->kana, b->kana, scratch)) differ |= FACT_KANA;
    if (!partial_date_equal(a->birth, b->birth)) differ |= FACT_BIRTH;
    if (a->sex != b->sex) differ |= FACT_SEX;
    if (!str_equal(address_key(a->address, &scratch), address_key(b->address, &scratch))) differ |= FACT_ADDRESS;
    return differ;
}

Str facts_words(int facts, Arena *arena)
{
    static const struct {
        int fact;
        const char *words;
    } named[] = {{FACT_KANA, "氏名カナ"}, {FACT_BIRTH, "生年月日"}, {FACT_SEX, "性別"}, {FACT_ADDRESS, "住所"}};
    Text words = {0};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (!(facts & named[i].fact)) continue;
        if (words.len) text_add(&words, arena, S("、"));
        text_add(&words, arena, str_of(named[i].words));
    }
    return text_str(&words);
}
