// SPDX-License-Identifier: Apache-2.0
#include "postal.h"

#include <assert.h>
#include <string.h>

#include "fact_table.h"
#include "vec.h"

VEC(PostalRows, PostalTown, postal_rows);

enum { POSTAL_CODE, POSTAL_MUNICIPALITY, POSTAL_WARD, POSTAL_TOWN };
static const CsvColumn columns[] = {
    [POSTAL_CODE] = {"postal_code", .mandatory = true},
    [POSTAL_MUNICIPALITY] = {"municipality_code", .mandatory = true},
    [POSTAL_WARD] = {"ward", .mandatory = true},
    [POSTAL_TOWN] = {"town", .mandatory = true},
};

static int code_order(const PostalCode *a, const PostalCode *b)
{
    return memcmp(a->digits, b->digits, sizeof a->digits);
}

static bool take_town(void *table, const CsvRow *row, Arena *arena, Error *err)
{
    PostalRows *rows = table;
    PostalTown town = {
        .ward = str_copy(arena, row->fields[POSTAL_WARD]),
        .town = str_copy(arena, row->fields[POSTAL_TOWN]),
    };
    if (!postal_code_parse(row->fields[POSTAL_CODE], &town.postal_code, NULL, err)) return false;
    if (!municipality_code_parse(row->fields[POSTAL_MUNICIPALITY], &town.municipality, NULL, err))
        return false;
    if (rows->count)
        assert(code_order(&rows->at[rows->count - 1].postal_code, &town.postal_code) <= 0);
    *postal_rows_push(rows, arena) = town;
    return true;
}

bool postal_load(Arena *arena, PostalTowns *towns, Error *err)
{
    static const CsvLayout layout = {columns, (int)countof(columns)};
    PostalRows rows = {0};
    if (!fact_table_read("kitakyushu-postal.csv", &layout, take_town, &rows, arena, err))
        return false;
    *towns = (PostalTowns){rows.at, (int)rows.count};
    return true;
}

PostalTowns postal_find(PostalTowns all, const PostalCode *code)
{
    int from = 0, to = all.count;
    while (from < to) {
        int middle = from + (to - from) / 2;
        if (code_order(&all.at[middle].postal_code, code) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    int end = from;
    while (end < all.count && postal_same(&all.at[end].postal_code, code)) end++;
    return (PostalTowns){all.at + from, end - from};
}

const PostalTown *postal_town(PostalTowns all, const MunicipalityCode *ward, Str town)
{
    const PostalTown *best = NULL;
    bool shared = false;
    for (int i = 0; i < all.count; i++) {
        const PostalTown *here = &all.at[i];
        if (!municipality_same(&here->municipality, ward) || !str_starts(town, here->town))
            continue;
        if (best && here->town.len < best->town.len) continue;
        shared = best && here->town.len == best->town.len;
        best = here;
    }
    return shared ? NULL : best;
}
