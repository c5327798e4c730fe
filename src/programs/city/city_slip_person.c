// Slips of the pen in what tells a person: number, name, date of birth.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "calendar.h"
#include "city_feed.h"
#include "city_namesake.h"
#include "city_slip.h"
#include "city_spelling.h"
#include "utf8.h"

static const Person *person_of(const SlipScene *s)
{
    return &s->city->people[s->sheet->person];
}

static bool japanese_name(const SlipScene *s)
{
    const Person *p = person_of(s);
    return p->foreign == NO_COUNTRY && s->sheet->items[ITEM_NAME].len &&
           s->sheet->items[ITEM_KANA].len;
}

// Without the number, name, birth, sex and address must all speak, and nobody else may fit them.
static void glance_without_number(SlipScene *s)
{
    const Person *p = person_of(s);
    if (s->clinic->habits.no_address || p->is_twin || namesake_exists(s->city, s->sheet->person))
        s->sheet->glance = false;
}

bool slip_no_number(SlipScene *s)
{
    s->sheet->items[ITEM_NUMBER] = (Str){0};
    glance_without_number(s);
    return true;
}

// A slip may make the number of a neighbour: then two people fit, and the desk has to decide.
bool slip_number_digit(SlipScene *s)
{
    char *digits = str_z(s->arena, s->sheet->items[ITEM_NUMBER]);
    int place = dice_between(s->dice, 7, 14);
    digits[place] = (char)('0' + (digits[place] - '0' + dice_between(s->dice, 1, 9)) % 10);
    s->sheet->items[ITEM_NUMBER] = (Str){digits, 15};
    if (city_person_of_number(s->city, s->sheet->items[ITEM_NUMBER]) >= 0) s->sheet->glance = false;
    glance_without_number(s);
    return true;
}

// Another child of the same home, or -1.
static int32_t sibling_of(const SlipScene *s)
{
    const Person *p = person_of(s);
    const Household *h = &s->city->households[p->household];
    if (p->relation != RELATION_CHILD) return -1;
    for (int32_t i = h->first; i < h->first + h->count; i++) {
        const Person *other = &s->city->people[i];
        if (i != s->sheet->person && other->household == p->household &&
            other->relation == RELATION_CHILD)
            return i;
    }
    return -1;
}

bool slip_sibling_number(SlipScene *s)
{
    char number[CITY_NUMBER_SIZE];
    int32_t sibling = sibling_of(s);
    if (sibling < 0) return false;
    s->sheet->items[ITEM_NUMBER] = str_copy(s->arena, city_addressee_no(sibling, number));
    s->sheet->glance = false;
    return true;
}

bool slip_sibling_birth(SlipScene *s)
{
    int32_t sibling = sibling_of(s);
    if (sibling < 0 || s->city->people[sibling].birth == person_of(s)->birth ||
        s->city->people[sibling].birth > s->wish.dose.on)
        return false;
    s->sheet->items[ITEM_BIRTH] = sheet_day(s->city->people[sibling].birth, s->arena);
    s->sheet->glance = false;
    return true;
}

// A misread kana: its neighbours in shape. The other part of the name stays as it is.
bool slip_kana_letter(SlipScene *s)
{
    static const struct {
        int32_t from, to;
    } misread[] = {
        {0x30B7, 0x30C4}, {0x30F3, 0x30BD}, {0x30AF, 0x30B1}, {0x30A6, 0x30EF},
        {0x30B9, 0x30CC}, {0x30B3, 0x30E6}, {0x30DE, 0x30E0}, {0x30EA, 0x30EB},
        {0x30AB, 0x30AC}, {0x30C8, 0x30C9}, {0x30BF, 0x30C0}, {0x30B5, 0x30B6},
    };
    if (!japanese_name(s)) return false;
    Str kana = s->sheet->items[ITEM_KANA];
    Text out = {0};
    bool done = false;
    for (ptrdiff_t at = 0; at < kana.len;) {
        int32_t code = utf8_next(kana, &at);
        for (int i = 0; !done && i < countof(misread); i++)
            if (misread[i].from == code) code = misread[i].to, done = true;
        text_add_code(&out, s->arena, code);
    }
    if (!done) return false;
    s->sheet->items[ITEM_KANA] = text_str(&out);
    if (person_of(s)->is_twin) s->sheet->glance = false;
    return true;
}

bool slip_other_kanji(SlipScene *s)
{
    const Person *p = person_of(s);
    const NameTables *names = &s->city->names;
    if (!japanese_name(s)) return false;
    const NameList *list = &names->given_lists[p->sex - 1][civil_of(p->birth).year < 1990 ? 1 : 2];
    for (int i = list->first; i < list->first + list->count; i++) {
        if (i == p->given || names->given[i].sound != names->given[p->given].sound) continue;
        s->sheet->items[ITEM_NAME] = str_format(
            s->arena, "%.*s　%.*s", STR(names->family[p->family].name), STR(names->given[i].name));
        return true;
    }
    return false;
}

bool slip_plain_kanji(SlipScene *s)
{
    const Person *p = person_of(s);
    const FamilyName *family = &s->city->names.family[p->family];
    if (!japanese_name(s) || !family->written.len) return false;
    s->sheet->items[ITEM_NAME] = str_format(s->arena, "%.*s　%.*s", STR(family->written),
                                            STR(s->city->names.given[p->given].name));
    return true;
}

bool slip_hiragana(SlipScene *s)
{
    if (!s->sheet->items[ITEM_KANA].len) return false;
    s->sheet->items[ITEM_KANA] = spell_hiragana(s->arena, s->sheet->items[ITEM_KANA]);
    return true;
}

static Str exchanged(Arena *arena, Str name)
{
    ptrdiff_t blank = str_find(name, S("　"));
    if (blank < 0) return name;
    return str_format(arena, "%.*s　%.*s", STR(str_from(name, blank + 3)),
                      STR(str_first(name, blank)));
}

bool slip_names_exchanged(SlipScene *s)
{
    if (!japanese_name(s) || person_of(s)->is_twin) return false;
    s->sheet->items[ITEM_NAME] = exchanged(s->arena, s->sheet->items[ITEM_NAME]);
    s->sheet->items[ITEM_KANA] = exchanged(s->arena, s->sheet->items[ITEM_KANA]);
    return true;
}

static Str without_blank(Arena *arena, Str name)
{
    ptrdiff_t blank = str_find(name, S("　"));
    return blank < 0 ? name : str_join(arena, str_first(name, blank), str_from(name, blank + 3));
}

bool slip_no_blank(SlipScene *s)
{
    if (!japanese_name(s)) return false;
    s->sheet->items[ITEM_NAME] = without_blank(s->arena, s->sheet->items[ITEM_NAME]);
    s->sheet->items[ITEM_KANA] = without_blank(s->arena, s->sheet->items[ITEM_KANA]);
    return true;
}

bool slip_no_given(SlipScene *s)
{
    const FamilyName *family = &s->city->names.family[person_of(s)->family];
    if (!japanese_name(s)) return false;
    s->sheet->items[ITEM_NAME] = family->name;
    s->sheet->items[ITEM_KANA] = family->kana;
    s->sheet->glance = false;
    return true;
}

// Only the first letter of the given name: it does not tell one child of a home from another.
bool slip_given_cut(SlipScene *s)
{
    const Person *p = person_of(s);
    const FamilyName *family = &s->city->names.family[p->family];
    Str given = s->city->names.given[p->given].kana;
    ptrdiff_t at = 0;
    if (!japanese_name(s)) return false;
    (void)utf8_next(given, &at);
    s->sheet->items[ITEM_NAME] = (Str){0};
    s->sheet->items[ITEM_KANA] =
        str_format(s->arena, "%.*s　%.*s", STR(family->kana), STR(str_first(given, at)));
    s->sheet->glance = false;
    return true;
}

bool slip_former_name(SlipScene *s)
{
    const Person *p = person_of(s);
    const NameTables *names = &s->city->names;
    if (p->former_family == NO_NAME || !japanese_name(s)) return false;
    const FamilyName *former = &names->family[p->former_family];
    const GivenName *given = &names->given[p->given];
    s->sheet->items[ITEM_NAME] =
        str_format(s->arena, "%.*s　%.*s", STR(former->name), STR(given->name));
    s->sheet->items[ITEM_KANA] =
        str_format(s->arena, "%.*s　%.*s", STR(former->kana), STR(given->kana));
    return true;
}

static bool birth_becomes(SlipScene *s, Day wrong)
{
    if (wrong == person_of(s)->birth || wrong > s->wish.dose.on) return false;
    s->sheet->items[ITEM_BIRTH] = sheet_day(wrong, s->arena);
    s->sheet->glance = false;
    return true;
}

bool slip_birth_digit(SlipScene *s)
{
    CivilDate c = civil_of(person_of(s)->birth);
    int units = c.day % 10, other = (units + dice_between(s->dice, 1, 9)) % 10;
    int day = c.day - units + other;
    if (!civil_valid(c.year, c.month, day)) return false;
    return birth_becomes(s, day_of(c.year, c.month, day));
}

bool slip_birth_exchanged(SlipScene *s)
{
    CivilDate c = civil_of(person_of(s)->birth);
    if (!civil_valid(c.year, c.day, c.month)) return false;
    return birth_becomes(s, day_of(c.year, c.day, c.month));
}

// The year of one era written under another: 平成5 for 昭和5.
bool slip_birth_era(SlipScene *s)
{
    CivilDate c = civil_of(person_of(s)->birth);
    int year = c.year < 1989 ? c.year - 1925 + 1988 : c.year - 1988 + 1925;
    if (year < 1926 || !civil_valid(year, c.month, c.day)) return false;
    return birth_becomes(s, day_of(year, c.month, c.day));
}
