// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "city_population.h"
#include "city_tables.h"

#define TOWNS_MAX 1000

static Str towns_text(void)
{
    for (int i = 0; i < city_tables_count; i++)
        if (str_equal(str_of(city_tables[i].name), S("kitakyushu-postal.csv")))
            return city_tables[i].text;
    assert(!"the towns are missing");
    return (Str){0};
}

PostalTowns towns_load(Arena *arena)
{
    PostalTown *at = NEW(arena, PostalTown, TOWNS_MAX);
    Str rest = str_cut(towns_text(), '\n').tail;
    int count = 0;
    for (; rest.len; count++) {
        Cut line = str_cut(rest, '\n'), code = str_cut(line.head, ','),
            ward_code = str_cut(code.tail, ','), ward = str_cut(ward_code.tail, ',');
        assert(count < TOWNS_MAX && code.head.len == 7 && ward_code.head.len == 6);
        PostalTown *town = &at[count];
        memcpy(town->postal_code.digits, code.head.at, 7);
        memcpy(town->municipality.digits, ward_code.head.at, 6);
        town->ward = ward.head;
        town->town = str_trim(ward.tail);
        rest = line.tail;
    }
    return (PostalTowns){at, count};
}
