// SPDX-License-Identifier: Apache-2.0
#include "snapshot.h"

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
                        &doses[i].warning};
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
