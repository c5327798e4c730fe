// SPDX-License-Identifier: Apache-2.0
#include "city_address.h"

#include <assert.h>

static const char *const chome_words[] = {"", "一", "二", "三", "四", "五"};
static const char *const building_words[] = {"みほんマンション", "コーポ",      "ハイツ",
                                             "レジデンス",       "メゾン",      "市営住宅",
                                             "グランドール",     "サンシャイン"};

Str address_town(const City *city, const Household *home, Arena *arena)
{
    Str town = city->towns.at[home->town].town;
    assert(home->chome < countof(chome_words));
    if (!home->chome) return town;
    return str_format(arena, "%.*s%s丁目", STR(town), chome_words[home->chome]);
}

Str address_building(const City *city, const Household *home, Arena *arena)
{
    if (!home->building) return (Str){0};
    const char *word = building_words[home->building % countof(building_words)];
    Str town = city->towns.at[home->town].town;
    return str_format(arena, "%s%.*s%d号室", word, STR(town), home->room);
}

// 番・号 where the town has 丁目, 番地 elsewhere.
static Str block_text(const Household *home, Arena *arena)
{
    if (home->chome && home->sub_branch)
        return str_format(arena, "%d番%d-%d号", home->lot, home->branch, home->sub_branch);
    if (home->chome) return str_format(arena, "%d番%d号", home->lot, home->branch);
    if (home->sub_branch)
        return str_format(arena, "%d番地%d-%d", home->lot, home->branch, home->sub_branch);
    return str_format(arena, "%d番地%d", home->lot, home->branch);
}

Str address_registered(const City *city, const Household *home, Arena *arena)
{
    Str ward = city->towns.at[home->town].ward;
    Str town = address_town(city, home, arena), block = block_text(home, arena);
    return str_format(arena, "福岡県北九州市%.*s%.*s%.*s", STR(ward), STR(town), STR(block));
}

static Str dashes(const Household *home, const char *dash, Arena *arena)
{
    Text text = {0};
    if (home->chome) text_addf(&text, arena, "%d%s", home->chome, dash);
    text_addf(&text, arena, "%d%s%d", home->lot, dash, home->branch);
    if (home->sub_branch) text_addf(&text, arena, "%s%d", dash, home->sub_branch);
    return text_str(&text);
}

Str address_written(const City *city, const Household *home, Dice *dice, Arena *arena)
{
    const PostalTown *town = &city->towns.at[home->town];
    Str building = address_building(city, home, arena);
    Str behind = building.len && dice_per_mille(dice, 600)
                     ? str_format(arena, "　%.*s", STR(building))
                     : (Str){0};
    switch (dice_below(dice, 5)) {
    case 0: return str_join(arena, address_registered(city, home, arena), behind);
    case 1:
        return str_format(arena, "北九州市%.*s%.*s%.*s%.*s", STR(town->ward), STR(town->town),
                          STR(dashes(home, "-", arena)), STR(behind));
    case 2:
        return str_format(arena, "%.*s%.*s%.*s%.*s", STR(town->ward), STR(town->town),
                          STR(dashes(home, "－", arena)), STR(behind));
    case 3:
        return str_format(arena, "%.*s%.*s%.*s", STR(town->ward),
                          STR(address_town(city, home, arena)), STR(block_text(home, arena)));
    default: return str_format(arena, "%.*s%.*s", STR(town->town), STR(dashes(home, "-", arena)));
    }
}
