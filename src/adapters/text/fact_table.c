// SPDX-License-Identifier: Apache-2.0
#include "fact_table.h"

#include "text_facts.h"

enum { READER_BYTES = 4 << 20 };

static Str content(const char *name)
{
    for (int i = 0; i < text_facts_count; i++)
        if (str_equal(str_of(text_facts[i].name), str_of(name))) return text_facts[i].text;
    return (Str){0};
}

static bool broken(const char *name, Error *err)
{
    return FAIL(err, E_INTERNAL, .item = str_of(name),
                .words = S("プログラムに組み込まれた表を読み取れません。開発元にご連絡ください。"));
}

static bool read_rows(const char *name, CsvReader *reader, FactTake *take, void *table,
                      Arena *arena, Error *err)
{
    for (CsvRow row; csv_next(reader, &row);) {
        if (row.bad) return broken(name, err);
        if (!take(table, &row, arena, err)) return false;
    }
    return true;
}

bool fact_table_read(const char *name, const CsvLayout *layout, FactTake *take, void *table,
                     Arena *arena, Error *err)
{
    CsvReader *reader = NULL;
    Arena whole = arena_reserve(READER_BYTES), notes = whole;
    bool ok = csv_open_text(content(name), layout, CSV_ENCODING_UTF8, &notes, &reader, err) &&
              read_rows(name, reader, take, table, arena, err);
    Error closing = {0};
    if (!csv_close(reader, &closing) && ok) ok = error_pass(err, &closing);
    arena_release(whole);
    return ok ? true : broken(name, err);
}
