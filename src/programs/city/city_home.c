// SPDX-License-Identifier: Apache-2.0
#include "city_home.h"

#include <assert.h>

#define WARDS 7

// clang-format off
// Ward, share in tenths of a percent (running sums).
static const struct { const char *code; uint32_t upto; } ward_shares[WARDS] = {
    {"401099", 270}, {"401072", 500}, {"401064", 690}, {"401013", 785}, {"401030", 870},
    {"401081", 935}, {"401056", 995},
};
const Elsewhere elsewhere[] = {
    {S("401307"), S("福岡県福岡市"),     false}, {S("352012"), S("山口県下関市"),     false},
    {S("402052"), S("福岡県飯塚市"),     false}, {S("402133"), S("福岡県行橋市"),     false},
    {S("402150"), S("福岡県中間市"),     false}, {S("402044"), S("福岡県直方市"),     false},
    {S("406210"), S("福岡県京都郡苅田町"), false}, {S("442011"), S("大分県大分市"),     false},
    {S("431001"), S("熊本県熊本市"),     false}, {S("341002"), S("広島県広島市"),     false},
    {S("271004"), S("大阪府大阪市"),     false}, {S("131121"), S("東京都世田谷区"),   false},
    {S("422011"), S("長崎県長崎市"),     false}, {S("999997"), S("国外"),             true},
};
// clang-format on

uint8_t elsewhere_draw(Dice *dice)
{
    // The nearest and biggest come first: the smaller of two throws.
    uint32_t a = dice_below(dice, (uint32_t)countof(elsewhere));
    uint32_t b = dice_below(dice, (uint32_t)countof(elsewhere));
    return (uint8_t)(a < b ? a : b);
}

void household_home_draw(const City *city, Household *home, Dice *dice)
{
    uint32_t hit = dice_below(dice, ward_shares[WARDS - 1].upto);
    int ward = 0;
    while (ward_shares[ward].upto <= hit) ward++;
    Str code = str_of(ward_shares[ward].code);
    int town;
    // Wards hold 47 to 166 of the 699 towns: a few throws find one.
    do {
        town = (int)dice_below(dice, (uint32_t)city->towns.count);
    } while (!str_equal(municipality_text(&city->towns.at[town].municipality), code));
    home->town = (uint16_t)town;
    home->chome = (uint8_t)(town % 5 < 2 ? 0 : 1 + dice_below(dice, 5));
    home->lot = (uint16_t)dice_between(dice, 1, home->chome ? 30 : 900);
    home->branch = (uint16_t)dice_between(dice, 1, 25);
    home->sub_branch = (uint16_t)(dice_per_mille(dice, 40) ? dice_between(dice, 1, 9) : 0);
    home->building = (uint8_t)(dice_per_mille(dice, 480) ? dice_between(dice, 1, 255) : 0);
    home->room = (uint16_t)(dice_between(dice, 1, 12) * 100 + dice_between(dice, 1, 9));
}

int32_t household_add(City *city, Dice *dice)
{
    assert(city->household_count < city->household_room);
    Household *home = &city->households[city->household_count];
    *home = (Household){.first = city->people_count};
    home->from_place = elsewhere_draw(dice);
    home->to_place = elsewhere_draw(dice);
    household_home_draw(city, home, dice);
    return city->household_count++;
}

int32_t person_add(City *city, Person person)
{
    assert(city->people_count < city->people_room);
    Household *home = &city->households[person.household];
    if (home->first + home->count == city->people_count) home->count++;
    city->people[city->people_count] = person;
    return city->people_count++;
}
