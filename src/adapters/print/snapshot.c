// SPDX-License-Identifier: Apache-2.0
#include "snapshot.h"

#include <string.h>

static PaperAddress copy_address(Arena *arena, const PaperAddress *a)
{
    return (PaperAddress){str_copy(arena, a->postal_code), str_copy(arena, a->address),
                          str_copy(arena, a->area), str_copy(arena, a->building)};
}

static const PaperProduct *copy_products(Arena *arena, const PaperProduct *from, int count)
{
    PaperProduct *products = NEW(arena, PaperProduct, count);
    for (int i = 0; i < count; i++) {
        products[i] = from[i];
        products[i].product = str_copy(arena, products[i].product);
    }
    return products;
}

static const PaperDose *copy_doses(Arena *arena, const PaperPerson *person)
{
    PaperDose *doses = NEW(arena, PaperDose, person->dose_count);
    for (int i = 0; i < person->dose_count; i++) {
        doses[i] = person->doses[i];
        Str *texts[] = {&doses[i].series, &doses[i].position, &doses[i].path,
                        &doses[i].course, &doses[i].previous, &doses[i].last_within,
                        &doses[i].warning, &doses[i].measure};
        for (int k = 0; k < countof(texts); k++) *texts[k] = str_copy(arena, *texts[k]);
        doses[i].products = copy_products(arena, doses[i].products, doses[i].product_count);
        doses[i].right_ends = copy_products(arena, doses[i].right_ends, doses[i].right_end_count);
    }
    return doses;
}

PaperPerson snapshot_copy(Arena *arena, const PaperPerson *person)
{
    PaperPerson copy = *person;
    Str *texts[] = {&copy.name, &copy.name_kana, &copy.name_roman, &copy.alias, &copy.alias_kana};
    for (int i = 0; i < countof(texts); i++) *texts[i] = str_copy(arena, *texts[i]);
    copy.home = copy_address(arena, &person->home);
    copy.mailing = copy_address(arena, &person->mailing);
    copy.doses = copy_doses(arena, person);
    return copy;
}

Str snapshot_address_rest(const PaperAddress *address, Arena *arena)
{
    Str street = str_from(address->address, address->area.len);
    return str_format(arena, "%.*s　%.*s", STR(street), STR(address->building));
}

// ---- the same

_Static_assert(sizeof(PaperProduct) == 24, "compare what is new in PaperProduct");
_Static_assert(sizeof(PaperDose) == 208, "compare what is new in PaperDose");
_Static_assert(sizeof(PaperAddress) == 64, "compare what is new in PaperAddress");
_Static_assert(sizeof(PaperPerson) == 280, "compare what is new in PaperPerson");

static bool same_products(const PaperProduct *a, const PaperProduct *b, int count)
{
    for (int i = 0; i < count; i++)
        if (!str_equal(a[i].product, b[i].product) || a[i].last != b[i].last ||
            a[i].last_safe != b[i].last_safe)
            return false;
    return true;
}

static bool same_dose(const PaperDose *a, const PaperDose *b)
{
    const Str texts[][2] = {{a->series, b->series},           {a->position, b->position},
                            {a->last_within, b->last_within}, {a->path, b->path},
                            {a->course, b->course},           {a->previous, b->previous},
                            {a->warning, b->warning},         {a->measure, b->measure}};
    for (int i = 0; i < countof(texts); i++)
        if (!str_equal(texts[i][0], texts[i][1])) return false;
    return a->earliest == b->earliest && a->standard_from == b->standard_from &&
           a->standard_to == b->standard_to && a->last == b->last && a->last_safe == b->last_safe &&
           a->reopened == b->reopened && a->right.first == b->right.first &&
           a->right.last == b->right.last && a->measured.first == b->measured.first &&
           a->measured.last == b->measured.last && a->copay_yen == b->copay_yen &&
           a->product_count == b->product_count && a->right_end_count == b->right_end_count &&
           same_products(a->products, b->products, a->product_count) &&
           same_products(a->right_ends, b->right_ends, a->right_end_count);
}

static bool same_doses(const PaperPerson *a, const PaperPerson *b)
{
    if (a->dose_count != b->dose_count) return false;
    for (int i = 0; i < a->dose_count; i++)
        if (!same_dose(&a->doses[i], &b->doses[i])) return false;
    return true;
}

static bool same_address(const PaperAddress *a, const PaperAddress *b)
{
    return str_equal(a->postal_code, b->postal_code) && str_equal(a->address, b->address) &&
           str_equal(a->area, b->area) && str_equal(a->building, b->building);
}

bool snapshot_same(const PaperPerson *a, const PaperPerson *b)
{
    const Str texts[][2] = {{a->name, b->name},
                            {a->name_kana, b->name_kana},
                            {a->name_roman, b->name_roman},
                            {a->alias, b->alias},
                            {a->alias_kana, b->alias_kana}};
    for (int i = 0; i < countof(texts); i++)
        if (!str_equal(texts[i][0], texts[i][1])) return false;
    return addressee_same(&a->who, &b->who) && !memcmp(&a->household, &b->household, sizeof a->household) &&
           a->alias_first == b->alias_first && a->sex == b->sex &&
           partial_date_equal(a->birth, b->birth) && a->register_held == b->register_held &&
           a->is_protected == b->is_protected && a->mailing_released == b->mailing_released &&
           same_address(&a->home, &b->home) && same_address(&a->mailing, &b->mailing) &&
           same_doses(a, b);
}
