// Whether two registrations may be one human being: what is compared before a number is given by hand, and before two
// numbers are joined.
//
// Law     番号法 第12条, F8 of linkage.md 13: people were joined on two items that agreed. Here four agree (name, birth,
//         sex, place), or a person decides who has seen what differs.
// Silent  an item that one side does not say speaks neither for nor against; so does a hidden place.
// Memory  none is kept; `scratch` by value.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_step.h"

typedef enum Likeness { LIKE_SILENT, LIKE_DIFFERS, LIKE_NEAR, LIKE_SAME } Likeness;

typedef struct PersonLikeness {
    Likeness name, birth, sex, place;
} PersonLikeness;

PersonLikeness person_likeness(const PersonState *one, const PersonState *other, Arena scratch);
// The same with whoever was so in any version that stands, the nearest of them: a former name, a former place. Of a
// protected person no place is compared: that it is the same would say where.
PersonLikeness history_likeness(const PersonState *one, const RegisterVersionRows *history, Arena scratch);

bool likeness_one_person(const PersonLikeness *likeness);  // all four agree: the same human being
bool likeness_asks(const PersonLikeness *likeness);        // near enough that a person must look
int likeness_order(const PersonLikeness *likeness);        // higher is nearer
Str likeness_words(Likeness likeness);                     // "同じ"
