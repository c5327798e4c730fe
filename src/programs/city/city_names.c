// SPDX-License-Identifier: Apache-2.0
#include "city_names.h"

#include <assert.h>

#include "city_tables.h"
#include "map.h"

#define NAMES_MAX 2000  // rows of one table

static Str table_text(Str name)
{
    for (int i = 0; i < city_tables_count; i++)
        if (str_equal(str_of(city_tables[i].name), name)) return city_tables[i].text;
    assert(!"a table of names is missing");
    return (Str){0};
}

static Str line_after(Str *rest)
{
    Cut line = str_cut(*rest, '\n');
    *rest = line.tail;
    return line.head;
}

static Str cell(Str *line)
{
    Cut cut = str_cut(*line, '\t');
    *line = cut.tail;
    return cut.head.len ? cut.head : (Str){0};
}

static uint32_t weight_of(Str text)
{
    int weight = 0;
    bool number = str_digits(text, 1, 6, &weight);
    assert(number && weight > 0);
    return (uint32_t)weight;
}

// The place of the first name with this sound.
static int sound_of(Map *sounds, Arena *arena, Str kana, int place)
{
    bool made;
    int64_t *first = map_place(sounds, arena, kana, &made);
    if (made) *first = place;
    return (int)*first;
}

static void family_load(NameTables *names, Arena *arena)
{
    Str rest = table_text(S("family-names.tsv"));
    (void)line_after(&rest);
    FamilyName *at = NEW(arena, FamilyName, NAMES_MAX);
    uint32_t *shares = NEW(arena, uint32_t, NAMES_MAX);
    Map sounds = {0};
    uint32_t sum = 0;
    int count = 0;
    for (; rest.len; count++) {
        assert(count < NAMES_MAX);
        Str line = line_after(&rest);
        FamilyName *row = &at[count];
        row->name = cell(&line);
        row->kana = cell(&line);
        shares[count] = sum += weight_of(cell(&line));
        row->written = cell(&line);
        row->sound = sound_of(&sounds, arena, row->kana, count);
    }
    *names = (NameTables){.family = at, .family_count = count, .family_shares = shares};
}

// Rows of one list stand together in the file, so a list is a stretch with its own running sums.
static void list_extend(NameList *list, uint32_t *shares, int place, uint32_t weight)
{
    if (!list->count) *list = (NameList){.first = place, .shares = &shares[place]};
    assert(place == list->first + list->count);
    shares[place] = (list->count ? shares[place - 1] : 0) + weight;
    list->count++;
}

static int sex_index(Str text)
{
    int sex = 0;
    bool number = str_digits(text, 1, 1, &sex);
    assert(number && (sex == 1 || sex == 2));
    return sex - 1;
}

static void given_load(NameTables *names, Arena *arena)
{
    Str rest = table_text(S("given-names.tsv"));
    (void)line_after(&rest);
    GivenName *at = NEW(arena, GivenName, NAMES_MAX);
    uint32_t *shares = NEW(arena, uint32_t, NAMES_MAX);
    Map sounds = {0};
    for (int i = 0; rest.len; i++) {
        assert(i < NAMES_MAX);
        Str line = line_after(&rest);
        int sex = sex_index(cell(&line)), era = 0;
        bool number = str_digits(cell(&line), 1, 1, &era);
        assert(number && era >= 1 && era <= NAME_ERAS);
        at[i].name = cell(&line);
        at[i].kana = cell(&line);
        at[i].sound = sound_of(&sounds, arena, at[i].kana, i);
        list_extend(&names->given_lists[sex][era - 1], shares, i, weight_of(cell(&line)));
    }
    names->given = at;
}

static void foreign_load(NameTables *names, Arena *arena)
{
    Str rest = table_text(S("foreign-names.tsv"));
    (void)line_after(&rest);
    ForeignName *at = NEW(arena, ForeignName, NAMES_MAX);
    uint32_t *shares = NEW(arena, uint32_t, NAMES_MAX);
    for (int i = 0; rest.len; i++) {
        assert(i < NAMES_MAX);
        Str line = line_after(&rest);
        at[i].country = cell(&line);
        int sex = sex_index(cell(&line));
        at[i].roman = cell(&line);
        at[i].kana = cell(&line);
        list_extend(&names->foreign_lists[sex], shares, i, weight_of(cell(&line)));
    }
    names->foreign = at;
}

NameTables names_load(Arena *arena)
{
    NameTables names;
    family_load(&names, arena);
    given_load(&names, arena);
    foreign_load(&names, arena);
    return names;
}

uint16_t family_name_draw(const NameTables *names, Dice *dice)
{
    return (uint16_t)dice_share(dice, names->family_shares, names->family_count);
}

static uint16_t list_draw(const NameList *list, Dice *dice)
{
    return (uint16_t)(list->first + dice_share(dice, list->shares, list->count));
}

uint16_t given_name_draw(const NameTables *names, Dice *dice, int sex, int birth_year)
{
    int era = birth_year < 1960 ? 0 : birth_year < 1990 ? 1 : 2;
    return list_draw(&names->given_lists[sex - 1][era], dice);
}

uint16_t foreign_name_draw(const NameTables *names, Dice *dice, int sex)
{
    return list_draw(&names->foreign_lists[sex - 1], dice);
}
