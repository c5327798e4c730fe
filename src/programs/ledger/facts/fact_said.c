// SPDX-License-Identifier: Apache-2.0
#include "fact_said.h"

#include <assert.h>

#include "fact_tables.h"

// ---- to choose from

const char *const *fact_kinds_to_choose(const Schedule *schedule, Arena *arena)
{
    int count = 0;
    const char **names = NEW(arena, const char *, FACT_OFFICE_COUNT + fact_count(schedule) + 1);
    for (int i = 0; i < FACT_OFFICE_COUNT; i++) names[count++] = fact_office[i].name;
    for (int f = 0; f < fact_count(schedule); f++)
        if (fact_replaced_by(schedule, f) == FACT_NONE) names[count++] = str_z(arena, fact_name(schedule, f));
    return names;
}

const char *const *fact_subjects_to_choose(const Schedule *schedule, Arena *arena)
{
    int count = 0, groups = group_count(schedule), products = product_count(schedule);
    const char **names = NEW(arena, const char *, groups + products + 1);
    for (int g = 0; g < groups; g++) names[count++] = str_z(arena, group_name(schedule, g));
    for (int p = 0; p < products; p++)
        if (group_by_name(schedule, product_name(schedule, p), *arena) == GROUP_NONE)
            names[count++] = str_z(arena, product_name(schedule, p));
    return names;
}

const char *const *fact_causes_to_choose(Arena *arena)
{
    const char **names = NEW(arena, const char *, FACT_CAUSE_COUNT + 1);
    for (int i = 0; i < FACT_CAUSE_COUNT; i++) names[i] = fact_causes[i].name;
    return names;
}

const char *const *fact_sources_to_choose(Arena *arena)
{
    const char **names = NEW(arena, const char *, SOURCES + 1);
    for (int i = FACT_SOURCE_WORD_COUNT - 1; i >= 0; i--)
        names[fact_source_names[i].value] = fact_source_names[i].text;
    return names;
}

// ---- one that stands

static void item_add(PersonRowItems *items, const char *item, Str value, Arena *arena)
{
    if (value.len) *person_row_items_push(items, arena) = (PersonRowItem){str_of(item), value};
}

static void day_add(PersonRowItems *items, const char *item, Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    if (day != DAY_NONE) item_add(items, item, str_copy(arena, str_of(day_text(day, text))), arena);
}

// Which fact of the person it is.
static PersonRowItems named(const Schedule *schedule, const FactRow *fact, Arena *arena)
{
    PersonRowItems items = {0};
    FactShape shape = fact_shape(fact);
    item_add(&items, "種類", fact_kind_words(schedule, fact->kind), arena);
    item_add(&items, "対象", fact_subject_words(schedule, fact->subject), arena);
    if (shape == FACT_ACCEPTED)
        item_add(&items, "値", fact->value, arena);
    else
        day_add(&items, "開始日", fact_key(fact), arena);
    return items;
}

bool fact_has_value(const Schedule *schedule, const FactRow *fact)
{
    assert(fact->kind.len > 0);
    int rule = fact_find(schedule, fact->kind);
    if (fact_shape(fact) != FACT_PLAIN || rule == FACT_NONE) return false;
    return fact_kind(schedule, rule) != FACT_FLAG && fact_kind(schedule, rule) != FACT_SPAN;
}

PersonRowItems fact_again(const Schedule *schedule, const FactRow *fact, Arena *arena)
{
    assert(fact->kind.len > 0);
    FactShape shape = fact_shape(fact);
    PersonRowItems items = named(schedule, fact, arena);
    if (fact_has_value(schedule, fact)) item_add(&items, "値", fact_value_words(schedule, fact, arena), arena);
    if (shape == FACT_CIRCUMSTANCE) item_add(&items, "理由", fact_value_words(schedule, fact, arena), arena);
    day_add(&items, "終了日", shape == FACT_CIRCUMSTANCE ? fact->ended : fact->until, arena);
    day_add(&items, "認定日", fact->recognised_on, arena);
    item_add(&items, "認定者", fact->recognised_by, arena);
    item_add(&items, "根拠", fact_source_words(fact->source), arena);
    return items;
}

PersonRowItems fact_withdrawn(const Schedule *schedule, const FactRow *fact, Arena *arena)
{
    assert(fact->kind.len > 0);
    PersonRowItems items = named(schedule, fact, arena);
    item_add(&items, "取消", S("1"), arena);
    return items;
}
