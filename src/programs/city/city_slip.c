// SPDX-License-Identifier: Apache-2.0
#include "city_slip.h"

#include "calendar.h"
#include "city_home.h"

static void extra_row(SlipScene *s, const char *words, bool glance)
{
    s->extra = *s->sheet;
    s->extra.words = str_of(words);
    s->extra.glance = s->sheet->glance && glance;
    s->has_extra = true;
}

static bool slip_doubled(SlipScene *s)
{
    extra_row(s, "二重請求", true);
    return true;
}

static bool slip_corrected(SlipScene *s)
{
    extra_row(s, "訂正", true);
    s->extra.items[ITEM_CORRECTS] = S("1");
    s->extra.items[ITEM_LOT] = str_format(s->arena, "%.*s9", STR(s->sheet->items[ITEM_LOT]));
    return true;
}

// The same vaccine again six days later: no interval of the programme is that short for long.
static bool slip_too_soon(SlipScene *s)
{
    Day again = clinic_day(s->wish.dose.on + 6);
    bool winter = s->wish.dose.series == CITY_INF || s->wish.dose.series == CITY_COVID;
    if (again > s->city->as_of || s->wish.dose.series == CITY_JE1 || winter) return false;
    extra_row(s, "間隔不足", true);
    s->extra.items[ITEM_ON] = sheet_day(again, s->arena);
    s->extra.items[ITEM_LOT] = S("ZZ001");
    return true;
}

// The winter's dose was given already; two weeks later another clinic day gives it again.
static bool slip_once_more(SlipScene *s)
{
    Day again = clinic_day(s->wish.dose.on + 13);
    if (s->wish.dose.series != CITY_INF || again > s->city->as_of) return false;
    extra_row(s, "回数超過", true);
    s->extra.items[ITEM_ON] = sheet_day(again, s->arena);
    return true;
}

// A vaccine of another age: measles at seven months, pneumococcus at school or after 65.
static bool slip_wrong_age(SlipScene *s)
{
    const Person *p = &s->city->people[s->sheet->person];
    int months = age_completed_months(p->birth, s->wish.dose.on);
    bool baby = months < 10, pupil = months >= 72 && months < 12 * 60, old = months >= 12 * 67;
    if (!baby && !pupil && !old) return false;
    CityDose dose = s->wish.dose;
    dose.product = (uint8_t)(baby ? PRODUCT_MR : PRODUCT_PCV20);
    dose.series = baby ? CITY_MR1 : old ? CITY_EPN : CITY_PCV;
    dose.number = 1;
    if (dose.product == s->wish.dose.product) return false;
    extra_row(s, "対象年齢外", true);
    SheetWish wish = {s->sheet->person, dose, s->wish.clinic};
    Sheet other = sheet_fill(s->city, &wish, s->dice, s->arena);
    s->extra.items[ITEM_VACCINE] = other.items[ITEM_VACCINE];
    s->extra.items[ITEM_CLAIM] = other.items[ITEM_CLAIM];
    s->extra.items[ITEM_VOLUME] = other.items[ITEM_VOLUME];
    s->extra.items[ITEM_MAKER] = other.items[ITEM_MAKER];
    s->extra.items[ITEM_LOT] = other.items[ITEM_LOT];
    return true;
}

// Somebody of another city was vaccinated here; the number is another city's.
static bool slip_stranger(SlipScene *s)
{
    const NameTables *names = &s->city->names;
    int year = civil_of(s->city->people[s->sheet->person].birth).year;
    int sex = dice_between(s->dice, 1, 2);
    const FamilyName *family = &names->family[family_name_draw(names, s->dice)];
    const GivenName *given = &names->given[given_name_draw(names, s->dice, sex, year)];
    Day birth = s->city->people[s->sheet->person].birth + dice_between(s->dice, 3, 300);
    if (birth >= s->wish.dose.on) return false;
    extra_row(s, "他市の住民", false);
    Str *items = s->extra.items;
    s->extra.person = -1;
    items[ITEM_NUMBER] =
        dice_per_mille(s->dice, 500)
            ? (Str){0}
            : str_format(s->arena, "%015u", 900000000 + dice_below(s->dice, 90000000));
    items[ITEM_NAME] = str_format(s->arena, "%.*s　%.*s", STR(family->name), STR(given->name));
    items[ITEM_KANA] = str_format(s->arena, "%.*s　%.*s", STR(family->kana), STR(given->kana));
    items[ITEM_BIRTH] = sheet_day(birth, s->arena);
    items[ITEM_SEX] = sex == 1 ? S("1") : S("2");
    items[ITEM_ADDRESS] =
        str_format(s->arena, "%.*s本町%d-%d", STR(elsewhere[elsewhere_draw(s->dice)].name),
                   dice_between(s->dice, 1, 9), dice_between(s->dice, 1, 30));
    return true;
}

// A sheet of somebody who had left or died by then.
static bool former_sheet(SlipScene *s, Standing standing, const char *words)
{
    for (int tries = 0; tries < 400; tries++) {
        int32_t i = (int32_t)dice_below(s->dice, (uint32_t)s->city->people_count);
        const Person *p = &s->city->people[i];
        if (p->standing != standing || p->until >= s->wish.dose.on || p->day_unknown) continue;
        SheetWish wish = s->wish;
        wish.person = i;
        wish.dose.product = PRODUCT_INF, wish.dose.series = CITY_INF, wish.dose.number = 1;
        s->extra = sheet_fill(s->city, &wish, s->dice, s->arena);
        s->extra.words = str_of(words);
        s->extra.glance = false;
        s->has_extra = true;
        return true;
    }
    return false;
}

static bool slip_moved_out(SlipScene *s)
{
    return former_sheet(s, MOVED_OUT, "転出後の接種日");
}
static bool slip_dead(SlipScene *s)
{
    return former_sheet(s, DEAD, "死亡後の接種日");
}

static bool slip_not_given(SlipScene *s)
{
    static const SheetItem of_dose[] = {ITEM_VOLUME, ITEM_MAKER, ITEM_LOT, ITEM_EXPIRES};
    for (int i = 0; i < countof(of_dose); i++) s->sheet->items[of_dose[i]] = (Str){0};
    s->sheet->items[ITEM_KIND] = dice_per_mille(s->dice, 900) ? S("2") : S("4");
    return true;
}

static bool spoil_item(SlipScene *s, SheetItem item, Str text)
{
    s->sheet->items[item] = text;
    s->sheet->glance = false;
    return true;
}

static bool slip_no_day(SlipScene *s)
{
    return spoil_item(s, ITEM_ON, (Str){0});
}
static bool slip_no_vaccine(SlipScene *s)
{
    return spoil_item(s, ITEM_VACCINE, (Str){0});
}
static bool slip_odd_vaccine(SlipScene *s)
{
    return spoil_item(s, ITEM_VACCINE, S("予防注射"));
}
static bool slip_odd_kind(SlipScene *s)
{
    return spoil_item(s, ITEM_KIND, S("7"));
}

static bool slip_impossible_day(SlipScene *s)
{
    int year = civil_of(s->wish.dose.on).year;
    return spoil_item(
        s, ITEM_ON,
        str_format(s->arena, dice_per_mille(s->dice, 500) ? "%d-02-30" : "%d-13-05", year));
}

static bool slip_future(SlipScene *s)
{
    return spoil_item(s, ITEM_ON,
                      sheet_day(s->city->as_of + dice_between(s->dice, 2, 300), s->arena));
}

static bool slip_before_birth(SlipScene *s)
{
    Day birth = s->city->people[s->sheet->person].birth;
    return spoil_item(s, ITEM_ON, sheet_day(birth - dice_between(s->dice, 1, 90), s->arena));
}

static bool slip_nameless(SlipScene *s)
{
    s->sheet->items[ITEM_KANA] = (Str){0};
    return spoil_item(s, ITEM_NAME, (Str){0});
}

// One digit off never passes Luhn. The clinic's name stands beside it and is one of a kind only sometimes.
static bool slip_clinic_code(SlipScene *s)
{
    char *code = str_z(s->arena, s->sheet->items[ITEM_CODE]);
    code[9] = (char)('0' + (code[9] - '0' + dice_between(s->dice, 1, 9)) % 10);
    return spoil_item(s, ITEM_CODE, (Str){code, 10});
}

static bool slip_open_quote(SlipScene *s)
{
    s->sheet->breakage = SHEET_OPEN_QUOTE;
    s->sheet->glance = false;
    return true;
}

static bool slip_too_many_columns(SlipScene *s)
{
    s->sheet->breakage = SHEET_TOO_LONG;
    s->sheet->glance = false;
    return true;
}

// A form that lets the guardian write two lines: the break stands inside the quotes and is no mistake.
static bool slip_line_break(SlipScene *s)
{
    Str address = s->sheet->items[ITEM_ADDRESS];
    s->sheet->items[ITEM_ADDRESS] = str_format(s->arena, "%.*s\r\n（左に同じ）", STR(address));
    return true;
}

// clang-format off
const Slip city_slips[] = {
    {"整理番号なし",               1400, slip_no_number},
    {"整理番号の1桁違い",          1200, slip_number_digit},
    {"きょうだいの整理番号",       1500, slip_sibling_number},
    {"カナの1字違い",               500, slip_kana_letter},
    {"同音の別の漢字",              400, slip_other_kanji},
    {"字体の違い",                 3000, slip_plain_kanji},
    {"ひらがな",                    300, slip_hiragana},
    {"姓と名の入替り",              150, slip_names_exchanged},
    {"姓名の間の空白なし",          300, slip_no_blank},
    {"名の記載なし",                 60, slip_no_given},
    {"名の省略",                     60, slip_given_cut},
    {"生年月日の1桁違い",           280, slip_birth_digit},
    {"生年月日の月日の入替り",      100, slip_birth_exchanged},
    {"生年月日の元号違い",           70, slip_birth_era},
    {"きょうだいの生年月日",        400, slip_sibling_birth},
    {"間隔不足",                   1000, slip_too_soon},
    {"回数超過",                    120, slip_once_more},
    {"対象年齢外",                  150, slip_wrong_age},
    {"二重請求",                    300, slip_doubled},
    {"訂正",                         60, slip_corrected},
    {"他市の住民",                  350, slip_stranger},
    {"転出後の接種日",               80, slip_moved_out},
    {"死亡後の接種日",               30, slip_dead},
    {"接種なし",                    600, slip_not_given},
    {"接種日なし",                   50, slip_no_day},
    {"ワクチンの記載なし",           30, slip_no_vaccine},
    {"ワクチン名が不明",             40, slip_odd_vaccine},
    {"接種区分が不明",               30, slip_odd_kind},
    {"暦にない接種日",               50, slip_impossible_day},
    {"未来の接種日",                 30, slip_future},
    {"生年月日より前の接種日",       30, slip_before_birth},
    {"氏名なし",                     30, slip_nameless},
    {"医療機関コード誤り",           60, slip_clinic_code},
    {"閉じない引用符",               60, slip_open_quote},
    {"列が多い",                     40, slip_too_many_columns},
    {"住所の中の改行",              100, slip_line_break},
};
// clang-format on
const int city_slip_count = (int)countof(city_slips);

bool slip_make(SlipScene *s, int slip)
{
    if (!city_slips[slip].spoil(s)) return false;
    if (!s->has_extra) s->sheet->words = str_of(city_slips[slip].words);
    return true;
}

#define FORMER_NAME_PER_MILLE 400  // of the sheets of those who changed it this month

void slip_maybe(SlipScene *s)
{
    if (dice_per_mille(s->dice, FORMER_NAME_PER_MILLE) && slip_former_name(s)) {
        s->sheet->words = S("旧姓");
        return;
    }
    int hit = (int)dice_below(s->dice, 100000);
    for (int i = 0; i < city_slip_count; hit -= city_slips[i++].per_100000) {
        if (hit >= city_slips[i].per_100000) continue;
        if (city_slips[i].spoil(s) && !s->has_extra) s->sheet->words = str_of(city_slips[i].words);
        return;
    }
}
