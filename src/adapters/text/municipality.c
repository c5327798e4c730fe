// SPDX-License-Identifier: Apache-2.0
#include "municipality.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fact_table.h"
#include "vec.h"

typedef struct Folding {
    MunicipalityCode from, to;
    Day last;  // DAY_MAX while it is in use
} Folding;

VEC(Municipalities, Municipality, municipalities);
VEC(Foldings, Folding, foldings);

struct MunicipalityTable {
    Municipalities places;  // both in order of code
    Foldings foldings;
};

enum { PLACE_CODE, PLACE_PREFECTURE, PLACE_NAME, PLACE_KANA };
static const CsvColumn place_columns[] = {
    [PLACE_CODE] = {"municipality_code", .mandatory = true},
    [PLACE_PREFECTURE] = {"prefecture", .mandatory = true},
    [PLACE_NAME] = {"name", .mandatory = true},
    [PLACE_KANA] = {"kana", .mandatory = true},
};

enum { FOLDING_FROM, FOLDING_TO, FOLDING_LAST };
static const CsvColumn folding_columns[] = {
    [FOLDING_FROM] = {"from_code", .mandatory = true},
    [FOLDING_TO] = {"to_code", .mandatory = true},
    [FOLDING_LAST] = {"valid_to", .mandatory = true},
};

static int code_order(const MunicipalityCode *a, const MunicipalityCode *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits);
}

static bool take_place(void *table, const CsvRow *row, Arena *arena, Error *err)
{
    MunicipalityTable *made = table;
    Municipality place = {
        .prefecture = str_copy(arena, row->fields[PLACE_PREFECTURE]),
        .name = str_copy(arena, row->fields[PLACE_NAME]),
        .kana = str_copy(arena, row->fields[PLACE_KANA]),
    };
    if (!municipality_code_parse(row->fields[PLACE_CODE], &place.code, NULL, err)) return false;
    const Municipalities *places = &made->places;
    if (places->count) assert(code_order(&places->at[places->count - 1].code, &place.code) < 0);
    *municipalities_push(&made->places, arena) = place;
    return true;
}

static bool take_folding(void *table, const CsvRow *row, Arena *arena, Error *err)
{
    MunicipalityTable *made = table;
    Folding folding = {.last = DAY_MAX};
    Str last = row->fields[FOLDING_LAST];
    if (!municipality_code_parse(row->fields[FOLDING_FROM], &folding.from, NULL, err)) return false;
    if (!municipality_code_parse(row->fields[FOLDING_TO], &folding.to, NULL, err)) return false;
    if (last.len && !day_read(last.at, (int)last.len, &folding.last)) return false;
    const Foldings *foldings = &made->foldings;
    if (foldings->count)
        assert(code_order(&foldings->at[foldings->count - 1].from, &folding.from) < 0);
    *foldings_push(&made->foldings, arena) = folding;
    return true;
}

bool municipality_load(Arena *arena, const MunicipalityTable **table, Error *err)
{
    static const CsvLayout places = {place_columns, (int)countof(place_columns)};
    static const CsvLayout foldings = {folding_columns, (int)countof(folding_columns)};
    MunicipalityTable *made = NEW(arena, MunicipalityTable, 1);
    if (!fact_table_read("municipalities.csv", &places, take_place, made, arena, err)) return false;
    if (!fact_table_read("municipality-folding.csv", &foldings, take_folding, made, arena, err))
        return false;
    *table = made;
    return true;
}

static int place_order(const void *code, const void *place)
{
    return code_order(code, &((const Municipality *)place)->code);
}

static int folding_order(const void *code, const void *folding)
{
    return code_order(code, &((const Folding *)folding)->from);
}

const Municipality *municipality_find(const MunicipalityTable *table, const MunicipalityCode *code)
{
    return bsearch(code, table->places.at, (size_t)table->places.count, sizeof *table->places.at,
                   place_order);
}

static bool called(const Municipality *place, Str name)
{
    if (str_equal(place->name, name)) return true;
    return str_ends(place->name, name) && str_ends(str_first(place->name, place->name.len - name.len), S("市"));
}

int municipality_named(const MunicipalityTable *table, Str name, const Municipality **one)
{
    int count = 0;
    for (ptrdiff_t i = 0; i < table->places.count && name.len; i++) {
        if (!called(&table->places.at[i], name)) continue;
        if (!count++) *one = &table->places.at[i];
    }
    return count;
}

static const Folding *folding_find(const MunicipalityTable *table, const MunicipalityCode *code)
{
    return bsearch(code, table->foldings.at, (size_t)table->foldings.count,
                   sizeof *table->foldings.at, folding_order);
}

Str organisation_words(const MunicipalityTable *table, const OrganisationCode *code, Arena *arena)
{
    enum { KIND = 5 };
    MunicipalityCode city = {{0}};
    memcpy(city.digits, code->digits + KIND, sizeof city.digits - 1);
    OrganisationCode whole = organisation_code_of_municipality(&city);
    bool is_city = memcmp(whole.digits, code->digits, sizeof whole.digits) == 0;
    const Municipality *place = is_city ? municipality_find(table, &city) : NULL;
    return place ? str_join(arena, place->prefecture, place->name) : organisation_shown(code, arena);
}

MunicipalityCode municipality_answering(const MunicipalityTable *table, MunicipalityCode code)
{
    const Folding *folding = folding_find(table, &code);
    return folding ? folding->to : code;
}

bool municipality_known_on(const MunicipalityTable *table, const MunicipalityCode *code, Day on)
{
    if (municipality_find(table, code)) return true;
    const Folding *folding = folding_find(table, code);
    return folding && on <= folding->last;
}

int municipality_wards(const MunicipalityTable *table, const MunicipalityCode *city,
                       MunicipalityWard *wards, int room)
{
    int count = 0;
    const Municipality *whole = municipality_find(table, city);
    if (!whole) return 0;
    for (ptrdiff_t i = 0; i < table->foldings.count && count < room; i++) {
        const Folding *folding = &table->foldings.at[i];
        if (!municipality_same(&folding->to, city)) continue;
        const Municipality *ward = municipality_find(table, &folding->from);
        if (ward)
            wards[count++] = (MunicipalityWard){ward->code, str_from(ward->name, whole->name.len)};
    }
    return count;
}
