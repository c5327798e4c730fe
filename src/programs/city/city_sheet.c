// SPDX-License-Identifier: Apache-2.0
#include "city_sheet.h"

#include "calendar.h"
#include "city_address.h"
#include "city_feed.h"
#include "city_spelling.h"
#include "dates.h"

const char *const sheet_items[ITEM_COUNT] = {
    "行番号",   "医療機関コード", "医療機関名", "整理番号",   "氏名",     "氏名カナ",
    "生年月日", "性別",           "住所",       "ワクチン",   "期回数",   "接種日",
    "接種区分", "接種量",         "メーカー",   "ロット番号", "有効期限", "接種医師",
    "会場",     "分娩予定日",     "請求額",     "自己負担額", "訂正",
};

Str sheet_day(Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    if (day == DAY_NONE) return (Str){0};
    return str_copy(arena, str_of(day_text(day, text)));
}

Str sheet_lot(const CityDose *dose, Arena *arena)
{
    Dice dice = dice_for(dose->product, DICE_VISIT, (uint64_t)(dose->on / 45));
    return str_format(arena, "%c%c%03u%c", city_products[dose->product].lot_letter,
                      'A' + civil_of(dose->on).year % 26, dice_below(&dice, 1000),
                      'A' + (int)dice_below(&dice, 4));
}

const char *sheet_volume(const City *city, int32_t person, const CityDose *dose)
{
    int age = age_completed(city->people[person].birth, dose->on);
    return product_volume((CityProduct)dose->product, age < 0 ? 0 : age);
}

// The term that the law names, where it names one.
static const char *term_of(const CityDose *dose)
{
    switch ((CitySeries)dose->series) {
    case CITY_MR1:
    case CITY_DPTIPV:
    case CITY_JE1: return "1期";
    case CITY_MR2:
    case CITY_JE2:
    case CITY_DT2: return "2期";
    case CITY_ROTA:
    case CITY_HEPB:
    case CITY_HIB:
    case CITY_PCV:
    case CITY_BCG:
    case CITY_VAR:
    case CITY_HPV:
    case CITY_RSVM:
    case CITY_INF:
    case CITY_COVID:
    case CITY_EPN:
    case CITY_HZ:
    case CITY_SERIES_COUNT: break;
    }
    return "";
}

static bool has_booster(const CityDose *dose)
{
    return dose->series == CITY_HIB || dose->series == CITY_PCV || dose->series == CITY_DPTIPV ||
           dose->series == CITY_JE1;
}

Str sheet_claim(const CityDose *dose, int claim_words, Arena *arena)
{
    const char *term = term_of(dose);
    bool winter = dose->series == CITY_INF || dose->series == CITY_COVID;
    if (winter) return S("1回");
    if (term[0] && !has_booster(dose)) return str_of(term);
    if (claim_words == 0 || !has_booster(dose)) return str_format(arena, "%d回目", dose->number);
    if (dose->booster) return str_format(arena, "%s追加", claim_words == 1 ? "" : term);
    if (claim_words == 1) return str_format(arena, "初回%d", dose->number);
    return spell_wide_digits(arena, str_format(arena, "%s初回%d回目", term, dose->number));
}

// A family writes the alias where there is one, else the name of the register.
static void names_fill(const City *city, const Person *p, Dice *dice, Arena *arena, Sheet *sheet)
{
    bool alias = p->uses_alias && dice_per_mille(dice, 700);
    sheet->items[ITEM_NAME] = alias ? alias_name(city, p, arena) : register_name(city, p, arena);
    sheet->items[ITEM_KANA] = alias ? alias_kana(city, p, arena) : register_kana(city, p, arena);
}

static void dose_fill(const City *city, const SheetWish *wish, const Clinic *clinic, Arena *arena,
                      Sheet *sheet)
{
    const CityDose *dose = &wish->dose;
    const ProductFacts *product = &city_products[dose->product];
    const char *vaccine[] = {product->id, product->name, product->brand};
    sheet->items[ITEM_VACCINE] = str_of(vaccine[clinic->habits.vaccine_words]);
    sheet->items[ITEM_CLAIM] = sheet_claim(dose, clinic->habits.claim_words, arena);
    sheet->items[ITEM_ON] = sheet_day(dose->on, arena);
    sheet->items[ITEM_KIND] = S("1");
    sheet->items[ITEM_VOLUME] = str_of(sheet_volume(city, wish->person, dose));
    sheet->items[ITEM_MAKER] = str_of(product->maker);
    sheet->items[ITEM_LOT] = sheet_lot(dose, arena);
    sheet->items[ITEM_EXPIRES] = sheet_day(dose->on + 200 + dose->on % 300, arena);
    sheet->items[ITEM_DUE] = sheet_day(dose->due_date, arena);
    sheet->items[ITEM_FEE] = str_format(arena, "%d", product->fee * 10);
    sheet->items[ITEM_COPAY] = str_format(arena, "%d", product->copay * 10);
}

Sheet sheet_fill(const City *city, const SheetWish *wish, Dice *dice, Arena *arena)
{
    const Person *p = &city->people[wish->person];
    const Clinic *clinic = &city->clinics->at[wish->clinic];
    Sheet sheet = {.person = wish->person, .glance = true};
    char number[CITY_NUMBER_SIZE];
    sheet.items[ITEM_CODE] = (Str){clinic->code, 10};
    sheet.items[ITEM_CLINIC] = clinic->name;
    sheet.items[ITEM_NUMBER] = str_copy(arena, city_addressee_no(wish->person, number));
    names_fill(city, p, dice, arena, &sheet);
    sheet.items[ITEM_BIRTH] = sheet_day(p->birth, arena);
    sheet.items[ITEM_SEX] = p->sex == 1 ? S("1") : S("2");
    sheet.items[ITEM_ADDRESS] = address_written(city, &city->households[p->household], dice, arena);
    dose_fill(city, wish, clinic, arena, &sheet);
    sheet.items[ITEM_DOCTOR] = city->names.family[clinic->code[8] - '0'].name;
    return sheet;
}

static Str day_in_era(Str iso, Arena *arena)
{
    Day day;
    if (!iso.len || !day_read(iso.at, (int)iso.len, &day)) return iso;  // an impossible date stays
    return date_era_text(arena, day);
}

void sheet_habits(Sheet *sheet, const Clinic *clinic, Arena *arena)
{
    static const SheetItem dates[] = {ITEM_BIRTH, ITEM_ON, ITEM_EXPIRES, ITEM_DUE};
    static const SheetItem numbers[] = {ITEM_NUMBER, ITEM_BIRTH, ITEM_ON, ITEM_ADDRESS};
    const ClinicHabits *h = &clinic->habits;
    Str *items = sheet->items;
    if (h->short_number) {
        while (items[ITEM_NUMBER].len > 1 && items[ITEM_NUMBER].at[0] == '0')
            items[ITEM_NUMBER] = str_from(items[ITEM_NUMBER], 1);
    }
    if (h->no_address) items[ITEM_ADDRESS] = (Str){0};
    if (h->kana_only && items[ITEM_KANA].len) items[ITEM_NAME] = (Str){0};
    if (h->half_width_kana) items[ITEM_KANA] = spell_half_kana(arena, items[ITEM_KANA]);
    for (int i = 0; h->era_dates && i < countof(dates); i++)
        items[dates[i]] = day_in_era(items[dates[i]], arena);
    for (int i = 0; h->wide_digits && i < countof(numbers); i++)
        items[numbers[i]] = spell_wide_digits(arena, items[numbers[i]]);
}
