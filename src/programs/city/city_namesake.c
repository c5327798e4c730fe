// SPDX-License-Identifier: Apache-2.0
#include "city_namesake.h"

#include <assert.h>
#include <stdlib.h>

struct NamesakeIndex {
    uint64_t *keys;
    ptrdiff_t count;
};

static uint64_t paper_key(const City *city, const Person *p)
{
    uint64_t name = p->foreign != NO_COUNTRY && !p->uses_alias
                        ? 0xffff0000u | p->foreign
                        : (uint64_t)city->names.family[p->family].sound << 16 |
                              (uint64_t)city->names.given[p->given].sound;
    return (uint64_t)(uint32_t)(p->birth - DAY_MIN) << 32 | name;
}

static int key_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void namesakes_index(City *city, Arena *arena)
{
    struct NamesakeIndex *index = NEW(arena, struct NamesakeIndex, 1);
    index->keys = NEW(arena, uint64_t, city->people_count);
    index->count = city->people_count;
    for (int32_t i = 0; i < city->people_count; i++)
        index->keys[i] = paper_key(city, &city->people[i]);
    qsort(index->keys, (size_t)index->count, sizeof *index->keys, key_order);
    city->namesakes = index;
}

bool namesake_exists(const City *city, int32_t person)
{
    const struct NamesakeIndex *index = city->namesakes;
    uint64_t key = paper_key(city, &city->people[person]);
    const uint64_t *hit = bsearch(&key, index->keys, (size_t)index->count, sizeof key, key_order);
    assert(hit);
    return (hit > index->keys && hit[-1] == key) ||
           (hit + 1 < index->keys + index->count && hit[1] == key);
}
