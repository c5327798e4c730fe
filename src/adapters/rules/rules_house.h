// What tests of the built-in rules share: the rules, and days as people write them. To be included
// after cmocka.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string.h>

#include "rules.h"

typedef struct House {
    Arena arena;
    const Schedule *rules;
} House;

static inline Day day(const char *text)
{
    Day d;
    assert_true(day_read(text, (int)strlen(text), &d));
    return d;
}

static inline int house_open(void **state)
{
    static House house;
    Error err = {0};
    house.arena = arena_reserve((ptrdiff_t)1 << 30);
    if (!rules_embedded(&house.arena, &house.rules, &err)) return -1;
    *state = &house;
    return 0;
}

static inline int house_close(void **state)
{
    House *house = *state;
    arena_release(house->arena);
    return 0;
}
