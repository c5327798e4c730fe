// What goes wrong between a waiting room and the city's desk, as often as it does (data/README.md).
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_sheet.h"

typedef struct SlipScene {
    const City *city;
    const Clinic *clinic;
    SheetWish wish;
    Dice *dice;
    Arena *arena;
    Sheet *sheet;
    Sheet extra;  // another row that this slip adds behind
    bool has_extra;
} SlipScene;

// Spoils the sheet, or not: at most one slip each. Sets words and glance.
void slip_maybe(SlipScene *scene);
// This one of the table; false: it does not fit this sheet, nothing was changed.
bool slip_make(SlipScene *scene, int slip);

// One row of the table, for tests and reports.
typedef struct Slip {
    const char *words;
    int per_100000;
    bool (*spoil)(SlipScene *scene);  // false: does not fit this sheet, nothing was changed
} Slip;
extern const Slip city_slips[];
extern const int city_slip_count;

// Parts of the table, by what they spoil.
bool slip_no_number(SlipScene *s);
bool slip_number_digit(SlipScene *s);
bool slip_sibling_number(SlipScene *s);
bool slip_sibling_birth(SlipScene *s);
bool slip_kana_letter(SlipScene *s);
bool slip_other_kanji(SlipScene *s);
bool slip_plain_kanji(SlipScene *s);
bool slip_hiragana(SlipScene *s);
bool slip_names_exchanged(SlipScene *s);
bool slip_no_blank(SlipScene *s);
bool slip_no_given(SlipScene *s);
bool slip_given_cut(SlipScene *s);
bool slip_former_name(SlipScene *s);
bool slip_birth_digit(SlipScene *s);
bool slip_birth_exchanged(SlipScene *s);
bool slip_birth_era(SlipScene *s);
