// SPDX-License-Identifier: Apache-2.0
#include "consumer.h"

#include <assert.h>

static_assert(TOLD_ITEM_COUNT < 63, "an item is a bit of a positive number");

// clang-format off
const Consumer consumers[CONSUMER_COUNT] = {
    // role, words, what it is never without, the most, from founding on
    {"ledger",   "予防接種台帳",   "household_no kind status name name_kana sex birth municipality_code address resident_from resident_until"
        " protection event residence", NULL, true},
    {NUMBERS_ROLE, "団体内統合宛名", "status protection number", "status name_kana sex birth address protection number", true},
    {"payments", "給付・支払",     "", NULL, false},
    {"tax",      "税",             "", NULL, false},
    {"children", "子育て支援",     "", NULL, false},
    {"welfare",  "福祉",           "", NULL, false},
};

static const struct {
    const char *name, *words;
} beside[TOLD_ITEM_COUNT - PERSON_FIELD_COUNT] = {
    {"event",     "異動"},
    {"residence", "居住期間"},
    {"mailings",  "送付先"},
    {"number",    "個人番号"},
};
// clang-format on

const char *told_item_name(int item)
{
    assert(item >= 0 && item < TOLD_ITEM_COUNT);
    return item < PERSON_FIELD_COUNT ? person_fields[item].column : beside[item - PERSON_FIELD_COUNT].name;
}

const char *told_item_words(int item)
{
    assert(item >= 0 && item < TOLD_ITEM_COUNT);
    return item < PERSON_FIELD_COUNT ? person_fields[item].item : beside[item - PERSON_FIELD_COUNT].words;
}

bool told_item_named(Str words, int *item)
{
    for (int i = 0; i < TOLD_ITEM_COUNT; i++) {
        if (!str_equal(words, str_of(told_item_name(i))) && !str_equal(words, str_of(told_item_words(i)))) continue;
        *item = i;
        return true;
    }
    return false;
}

bool told_items_of(Str names, ToldItems *items)
{
    *items = 0;
    while (names.len) {
        int item;
        Cut cut = str_cut(names, ' ');
        if (!told_item_named(cut.head, &item)) return false;
        *items |= TOLD(item);
        names = cut.tail;
    }
    return true;
}

static Str items_joined(ToldItems items, const char *(*text)(int item), Str between, Arena *arena)
{
    Text all = {0};
    for (int i = 0; i < TOLD_ITEM_COUNT; i++) {
        if (!(items & TOLD(i))) continue;
        if (all.len) text_add(&all, arena, between);
        text_add(&all, arena, str_of(text(i)));
    }
    return text_str(&all);
}

Str told_items_text(ToldItems items, Arena *arena)
{
    return items_joined(items, told_item_name, S(" "), arena);
}

Str told_items_words(ToldItems items, Arena *arena)
{
    return items_joined(items, told_item_words, S("、"), arena);
}

const Consumer *consumer_of_role(Str role)
{
    for (int i = 0; i < CONSUMER_COUNT; i++)
        if (str_equal(role, str_of(consumers[i].role))) return &consumers[i];
    return NULL;
}

static ToldItems items_of(const char *names)
{
    ToldItems items;
    bool known = told_items_of(str_of(names), &items);
    assert(known);
    (void)known;
    return items;
}

ToldItems consumer_needs(const Consumer *consumer)
{
    return items_of(consumer->needs);
}

ToldItems consumer_most(const Consumer *consumer)
{
    return consumer->most ? items_of(consumer->most) : TOLD_BY_DIFFERENCE;
}

ToldItems consumer_founding(const Consumer *consumer)
{
    return consumer->founded ? consumer_most(consumer) : 0;
}

static bool impossible(const Consumer *consumer, ToldItems items, const char *why, Arena *arena, Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("項目"), .value = told_items_words(items, arena),
                .words = str_format(arena, "%s%s", consumer->words, why));
}

bool consumer_possible(const Consumer *consumer, ToldItems given, Arena *arena, Error *err)
{
    ToldItems beyond = given & ~consumer_most(consumer), lacks = consumer_needs(consumer) & ~given;
    if (beyond) return impossible(consumer, beyond, "には、この項目を渡せません。項目から外してください。", arena, err);
    if (lacks) return impossible(consumer, lacks, "は、この項目がないと働けません。項目に加えてください。", arena, err);
    return true;
}
