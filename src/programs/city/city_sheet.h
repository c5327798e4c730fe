// One row of a clinic's submission before it becomes bytes: what the sheet says, and whose it really is.
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_clinic.h"

typedef enum SheetItem {
    ITEM_ROW,
    ITEM_CODE,
    ITEM_CLINIC,
    ITEM_NUMBER,
    ITEM_NAME,
    ITEM_KANA,
    ITEM_BIRTH,
    ITEM_SEX,
    ITEM_ADDRESS,
    ITEM_VACCINE,
    ITEM_CLAIM,
    ITEM_ON,
    ITEM_KIND,
    ITEM_VOLUME,
    ITEM_MAKER,
    ITEM_LOT,
    ITEM_EXPIRES,
    ITEM_DOCTOR,
    ITEM_VENUE,
    ITEM_DUE,
    ITEM_FEE,
    ITEM_COPAY,
    ITEM_CORRECTS,
    ITEM_COUNT
} SheetItem;
extern const char *const sheet_items[ITEM_COUNT];  // as files.md 3 names them

typedef enum SheetBreak { SHEET_WHOLE, SHEET_OPEN_QUOTE, SHEET_TOO_LONG } SheetBreak;

typedef struct Sheet {
    Str items[ITEM_COUNT];  // dates in ISO form until sheet_habits
    int32_t person;         // whose it really is; -1: nobody of this city
    Str words;              // what is wrong with it; {0}: nothing
    bool glance;            // a careful person would link it at a glance
    SheetBreak breakage;    // of the row as bytes
} Sheet;

typedef struct SheetWish {
    int32_t person;
    CityDose dose;
    int clinic;
} SheetWish;

// As a clinic without any mistake fills it in: name, number and address as the register has them now.
Sheet sheet_fill(const City *city, const SheetWish *wish, Dice *dice, Arena *arena);
// The clinic's own way of writing, put over the items last.
void sheet_habits(Sheet *sheet, const Clinic *clinic, Arena *arena);

Str sheet_claim(const CityDose *dose, int claim_words, Arena *arena);
Str sheet_day(Day day, Arena *arena);  // ISO; {0} for DAY_NONE
// A lot as printed on a label: the product's letter, the year, a serial.
Str sheet_lot(const CityDose *dose, Arena *arena);
const char *sheet_volume(const City *city, int32_t person, const CityDose *dose);
