// Trying the names of a finished schedule: on no day may one spelling mean two products.
// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"
#include "schedule_walk.h"

#include <assert.h>

// One spelling of one product; `brand` is NULL where it means the product at every age and on every day.
typedef struct NameUse {
    int32_t product, folded;
    const BrandRule *brand;
} NameUse;

typedef struct NameUses {
    NameUse *at;
    int count;
} NameUses;

static NameUses names_of(const Schedule *s, Arena *arena)
{
    NameUses uses = {NEW(arena, NameUse, 2 * s->products.count + s->brands.count), 0};
    for (int p = 0; p < s->products.count; p++) {
        const ProductRule *product = &s->products.at[p];
        Range brands = product->brands;
        uses.at[uses.count++] = (NameUse){p, product->id_folded, NULL};
        uses.at[uses.count++] = (NameUse){p, product->name_folded, NULL};
        for (int b = brands.first; b < brands.first + brands.count; b++)
            uses.at[uses.count++] =
                (NameUse){p, s->brands.at[b].folded,
                          brand_is_dated(&s->brands.at[b]) ? &s->brands.at[b] : NULL};
    }
    return uses;
}

static const DaySpan every_day = {DAY_MIN, DAY_MAX};

// Does somebody live to a day on which both mean their product? Births of a century and a half are tried.
static bool meet(Reader *r, const Schedule *schedule, const NameUse *a, const NameUse *b)
{
    assert(a && b && a != b);
    Person person;
    person_room(&person, schedule, r->arena);
    for (int year = 1900; year <= 2050; year++) {
        Subject subject = {.birth = day_of(year, 3, 31)};
        person_meet(&person, &subject);
        person_known(&person, (History){0}, subject.birth);
        Walk walk = {
            .person = &person, .on = subject.birth, .use = USE_JUDGE, .product = PRODUCT_NONE};
        DaySpan one = a->brand ? brand_days(&walk, a->brand) : every_day;
        DaySpan two = b->brand ? brand_days(&walk, b->brand) : every_day;
        Day first = one.first > two.first ? one.first : two.first;
        Day last = one.last < two.last ? one.last : two.last;
        if (first <= last && last >= subject.birth) return true;
    }
    return false;
}

void names_try(Reader *r, const Schedule *schedule)
{
    assert(schedule);
    Place at = {.key = "products"};
    NameUses uses = names_of(schedule, r->arena);
    for (int i = 0; i < uses.count; i++)
        for (int k = i + 1; k < uses.count; k++) {
            const NameUse *a = &uses.at[i], *b = &uses.at[k];
            Str name = schedule_text(schedule, a->folded);
            if (a->product == b->product || !name.len ||
                !str_equal(name, schedule_text(schedule, b->folded)) || !meet(r, schedule, a, b))
                continue;
            fault(
                r, &at, "P5",
                "製品「%.*s」と「%.*s」が同じ日に同じ名前「%.*s」になります。名前か期間を分けてください。",
                STR(product_id(schedule, a->product)), STR(product_id(schedule, b->product)),
                STR(name));
        }
}
