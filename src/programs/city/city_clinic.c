// SPDX-License-Identifier: Apache-2.0
#include "city_clinic.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "check_digit.h"
#include "city_home.h"
#include "csv_write.h"

#define RESIDENTS_PER_CLINIC 1140
#define OPEN_SINCE           day_of(1965, 4, 1)

const Association city_associations[ASSOCIATIONS] = {
    {"4001001", "門司区医師会", {"401013", "401013"}},
    {"4001002", "小倉医師会", {"401064", "401072"}},
    {"4001003", "若松区医師会", {"401030", "401030"}},
    {"4001004", "八幡医師会", {"401081", "401099"}},
    {"4001005", "戸畑区医師会", {"401056", "401056"}},
};
// Of ten clinics, by the people of their wards.
static const uint32_t association_shares[ASSOCIATIONS] = {95, 515, 600, 935, 995};

static const char *const kind_words[][3] = {
    [CLINIC_GENERAL] = {"医院", "クリニック", "病院"},
    [CLINIC_CHILDREN] = {"小児科医院", "こどもクリニック", "キッズクリニック"},
    [CLINIC_GROWN_UPS] = {"内科医院", "内科クリニック", "整形外科医院"},
};

static int association_of_ward(Str ward)
{
    for (int i = 0; i < ASSOCIATIONS; i++) {
        for (int w = 0; w < 2; w++)
            if (str_equal(ward, str_of(city_associations[i].wards[w]))) return i;
    }
    assert(!"a ward without an association");
    return 0;
}

static ClinicHabits habits_draw(Dice *dice)
{
    return (ClinicHabits){
        .cp932 = dice_per_mille(dice, 450),
        .half_width_kana = dice_per_mille(dice, 250),
        .wide_digits = dice_per_mille(dice, 80),
        .era_dates = dice_per_mille(dice, 150),
        .no_address = dice_per_mille(dice, 100),
        .kana_only = dice_per_mille(dice, 80),
        .short_number = dice_per_mille(dice, 150),
        .vaccine_words = (uint8_t)dice_below(dice, 3),
        .claim_words = (uint8_t)dice_below(dice, 3),
    };
}

// Fukuoka prefecture, medical fee table, district, serial, check digit.
static void clinic_code(int serial, int association, char code[11])
{
    (void)snprintf(code, 11, "401%02d%04d", association + 1, serial % 10000);
    code[9] = (char)('0' + check_digit_luhn((Str){code, 9}));
    code[10] = 0;
}

static Clinic clinic_draw(const City *city, Arena *arena, int serial, int association, bool first)
{
    Dice dice = dice_for(city->seed, DICE_CLINIC, (uint64_t)serial);
    Household home;
    do {
        household_home_draw(city, &home, &dice);
    } while (association_of_ward(municipality_text(&city->towns.at[home.town].municipality)) !=
             association);
    Clinic c = {.association = (int16_t)association,
                .town = home.town,
                .contract_from = OPEN_SINCE,
                .contract_to = DAY_NONE};
    int kind = (int)dice_below(&dice, 10);
    // The first of every association takes everybody, always: nobody is left without a clinic.
    c.kind = first || kind < 5 ? CLINIC_GENERAL : kind < 7 ? CLINIC_CHILDREN : CLINIC_GROWN_UPS;
    c.sends_own_file = dice_per_mille(&dice, 110);
    c.habits = habits_draw(&dice);
    if (!first && dice_per_mille(&dice, 300))
        c.contract_from = day_of(1990 + (int)dice_below(&dice, 34), 4, 1);
    Day ended = day_of(city->as_of > day_of(2022, 3, 31) ? 2022 : 2012, 3, 31);
    // A contract that began later than that is still running.
    if (!first && dice_per_mille(&dice, 30) && c.contract_from < ended) c.contract_to = ended;
    const FamilyName *doctor = &city->names.family[family_name_draw(&city->names, &dice)];
    const char *word = kind_words[c.kind][dice_below(&dice, 3)];
    c.name = str_format(arena, "%.*s%s", STR(doctor->name), word);
    clinic_code(serial + 1, association, c.code);
    return c;
}

const ClinicList *clinics_make(const City *city, Arena *arena)
{
    ClinicList *list = NEW(arena, ClinicList, 1);
    int wanted = city->full_copy_count / RESIDENTS_PER_CLINIC;
    if (wanted < ASSOCIATIONS * 2) wanted = ASSOCIATIONS * 2;
    list->at = NEW(arena, Clinic, wanted + ASSOCIATIONS);
    for (int a = 0; a < ASSOCIATIONS; a++) {
        uint32_t share = association_shares[a] - (a ? association_shares[a - 1] : 0);
        int count = 1 + (int)((uint32_t)wanted * share / association_shares[ASSOCIATIONS - 1]);
        list->first[a] = list->count;
        for (int i = 0; i < count && list->count < wanted + ASSOCIATIONS; i++, list->counts[a]++) {
            list->at[list->count] = clinic_draw(city, arena, list->count, a, i == 0);
            list->count++;
        }
    }
    return list;
}

static bool clinic_gives(const Clinic *c, const CityDose *dose)
{
    bool grown_up = dose->series >= CITY_INF;
    if (c->contract_from > dose->on) return false;
    if (c->contract_to != DAY_NONE && c->contract_to < dose->on) return false;
    return c->kind == CLINIC_GENERAL || (c->kind == CLINIC_GROWN_UPS) == grown_up;
}

int clinic_of_dose(const City *city, int32_t person, const CityDose *dose)
{
    const ClinicList *list = city->clinics;
    const Person *p = &city->people[person];
    const Household *home = &city->households[p->household];
    int a = association_of_ward(municipality_text(&city->towns.at[home->town].municipality));
    Dice dice =
        dice_for(city->seed, DICE_VISIT, (uint64_t)(uint32_t)person << 32 | (uint32_t)dose->on);
    Dice own = dice_for(city->seed, DICE_VISIT, (uint64_t)(uint32_t)p->household);
    bool usual = dice_per_mille(&dice, 820);
    for (int tries = 0; tries < 12; tries++) {
        Dice *d = usual ? &own : &dice;
        int place = list->first[a] + (int)dice_below(d, (uint32_t)list->counts[a]);
        if (clinic_gives(&list->at[place], dose)) return place;
    }
    return list->first[a];
}

static void contract_put(CsvWriter *w, const City *city, const Clinic *c, const char *vaccine,
                         Arena scratch)
{
    const PostalTown *town = &city->towns.at[c->town];
    char from[DAY_TEXT_SIZE], to[DAY_TEXT_SIZE];
    csv_put(w, (Str){c->code, 10});
    csv_put(w, c->name);
    csv_put(w, str_format(&scratch, "北九州市%.*s%.*s", STR(town->ward), STR(town->town)));
    csv_put(w, str_of(day_text(c->contract_from, from)));
    csv_put(w, str_of(day_text(c->contract_to, to)));
    csv_put(w, str_of(vaccine));
    csv_end_row(w);
}

bool clinics_write(const City *city, Str dir, Arena scratch, Error *err)
{
    static const char *const header[] = {"医療機関コード", "医療機関名", "所在地",
                                         "契約開始日",     "契約終了日", "ワクチン"};
    static const CityProduct for_grown_ups[] = {PRODUCT_INF,    PRODUCT_INF_HD, PRODUCT_COVID,
                                                PRODUCT_PPSV23, PRODUCT_PCV20,  PRODUCT_ZVL,
                                                PRODUCT_RZV};
    CivilDate day = civil_of(city->as_of);
    Str path = str_format(&scratch, "%.*s/CLINIC_%04d%02d%02d.csv", STR(dir), day.year, day.month,
                          day.day);
    CsvWriter *w;
    if (!csv_create(str_z(&scratch, path), &scratch, &w, err)) return false;
    csv_as_it_stands(w);
    for (int i = 0; i < countof(header); i++) csv_put(w, str_of(header[i]));
    csv_end_row(w);
    for (int i = 0; i < city->clinics->count; i++) {
        const Clinic *c = &city->clinics->at[i];
        if (c->kind != CLINIC_GROWN_UPS) contract_put(w, city, c, "", scratch);
        for (int v = 0; c->kind == CLINIC_GROWN_UPS && v < countof(for_grown_ups); v++)
            contract_put(w, city, c, city_products[for_grown_ups[v]].id, scratch);
    }
    return csv_commit(w, err);
}
