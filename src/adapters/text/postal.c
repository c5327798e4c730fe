// SPDX-License-Identifier: Apache-2.0
#include "postal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
static const CsvLayout layout = {columns, (int)countof(columns)};

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
    *postal_rows_push(rows, arena) = town;
    return true;
}

static int town_order(const void *a, const void *b)
{
    const PostalTown *x = a, *y = b;
    return code_order(&x->postal_code, &y->postal_code);
}

static PostalTowns in_order(PostalRows rows)
{
    if (rows.count) qsort(rows.at, (size_t)rows.count, sizeof *rows.at, town_order);
    return (PostalTowns){rows.at, (int)rows.count};
}

bool postal_load(Arena *arena, PostalTowns *towns, Error *err)
{
    PostalRows rows = {0};
    if (!fact_table_read("kitakyushu-postal.csv", &layout, take_town, &rows, arena, err))
        return false;
    *towns = in_order(rows);
    return true;
}

// ---- a city's own file

static bool take_row(PostalRows *rows, const CsvRow *row, Arena *arena, Error *err)
{
    static const int named[] = {POSTAL_WARD, POSTAL_TOWN};
    if (row->bad) return error_pass(err, &row->problem);
    for (int i = 0; i < countof(named); i++)
        if (!str_present(row->fields[named[i]]))
            return FAIL(err, E_MISSING, .item = str_of(columns[named[i]].name),
                        .words = S("郵便番号の表のこの項目は空にできません。"));
    return take_town(rows, row, arena, err);
}

static bool rows_read(CsvReader *csv, PostalRows *rows, Arena *arena, Error *err)
{
    for (CsvRow row; csv_next(csv, &row);) {
        if (take_row(rows, &row, arena, err)) continue;
        err->row = row.line;
        return false;
    }
    return true;
}

static bool file_read(const char *path, Arena reading, PostalRows *rows, Arena *arena, Error *err)
{
    CsvReader *csv;
    Error closing = {0};
    if (!csv_open(path, &layout, CSV_ENCODING_AUTO, &reading, &csv, err)) return false;
    bool read = rows_read(csv, rows, arena, err);
    if (!csv_close(csv, &closing) && read) return error_pass(err, &closing);
    return read;
}

bool postal_load_own(const char *path, Arena *arena, PostalTowns *towns, Error *err)
{
    enum { READER_BYTES = 4 << 20 };
    PostalRows rows = {0};
    struct stat facts;
    if (stat(path, &facts) != 0 && errno == ENOENT) return postal_load(arena, towns, err);
    Arena reading = arena_reserve(READER_BYTES);
    bool read = file_read(path, reading, &rows, arena, err);
    arena_release(reading);
    if (read) *towns = in_order(rows);
    return read;
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
