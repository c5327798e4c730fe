// Names of people who do not exist, as common as such names are in Japan (data/city/*.tsv).
//
// Memory  the tables point into the program itself; places live in the arena given to names_load.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dice.h"
#include "str.h"

typedef struct FamilyName {
    Str name, kana;
    Str written;  // how people write it on paper when they do not have the character; {0}: as it is
    int sound;    // the first family name with this kana: equal sounds, equal number
} FamilyName;

typedef struct GivenName {
    Str name, kana;
    int sound;
} GivenName;

// One string in passport order, with kana where the city knows it.
typedef struct ForeignName {
    Str country, roman, kana;  // kana {0}: unknown
} ForeignName;

#define NAME_ERAS 3  // born before 1960, before 1990, since

typedef struct NameList {
    int first, count;        // a stretch of the table of given or foreign names
    const uint32_t *shares;  // running sums of their weights
} NameList;

typedef struct NameTables {
    const FamilyName *family;
    int family_count;
    const uint32_t *family_shares;
    const GivenName *given;
    NameList given_lists[2][NAME_ERAS];  // by sex (male, female)
    const ForeignName *foreign;
    NameList foreign_lists[2];
} NameTables;

// Reads the tables that the program carries; what is wrong with them is our own mistake (asserted).
NameTables names_load(Arena *arena);

uint16_t family_name_draw(const NameTables *names, Dice *dice);
uint16_t given_name_draw(const NameTables *names, Dice *dice, int sex, int birth_year);
uint16_t foreign_name_draw(const NameTables *names, Dice *dice, int sex);
