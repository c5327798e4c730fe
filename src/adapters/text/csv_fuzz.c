// Nothing crashes; rows come in order of line; what was read well survives being written and read
// again; no row is shown with an Individual Number in it.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "csv.h"
#include "csv_write.h"
#include "individual_no.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const CsvColumn columns[] = {{"a"}, {"名", .mandatory = true}, {"番", .secret = true}};
static const CsvLayout layout = {columns, 3};

static void write_row(CsvWriter *writer, const CsvRow *row)
{
    for (int i = 0; i < layout.count; i++) csv_put(writer, row->fields[i]);
    csv_end_row(writer);
}

// The rows of `reader` again, from what was written of them.
static void read_again(Str written, CsvReader *reader, Arena *arena)
{
    CsvReader *again;
    CsvRow was, now;
    Error err = {0};
    bool opened = csv_open_text(written, &layout, CSV_ENCODING_UTF8, arena, &again, &err);
    assert(opened);
    while (csv_next(reader, &was)) {
        if (was.bad) continue;
        bool there = csv_next(again, &now);
        assert(there);
        assert(!now.bad);
        for (int i = 0; i < layout.count; i++) assert(str_equal(was.fields[i], now.fields[i]));
    }
    assert(!csv_next(again, &now));
    bool closed = csv_close(again, &err);
    assert(closed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 28);
    // Rows grow when they are written with quotes; beyond this the written ones pass the limits.
    if (size > 4096) return 0;
    Arena arena = whole;
    Str bytes = {(const char *)data, (ptrdiff_t)size};
    Error err = {0};
    CsvReader *reader, *second;
    if (!csv_open_text(bytes, &layout, CSV_ENCODING_AUTO, &arena, &reader, &err)) return 0;

    char *memory = NULL;
    size_t len = 0;
    FILE *stream = open_memstream(&memory, &len);
    CsvWriter *writer = csv_on_stream(stream, &arena);
    csv_as_it_stands(writer);
    for (int i = 0; i < layout.count; i++) csv_put(writer, str_of(columns[i].name));
    csv_end_row(writer);
    int64_t line = 1;
    for (CsvRow row; csv_next(reader, &row); line = row.line) {
        assert(row.line > line);
        Str text = csv_row_text(reader, &arena);
        assert(!row.bad || !individual_no_in_text(text));
        for (int i = 0; i < layout.count; i++)
            assert(columns[i].secret || !individual_no_in_text(row.fields[i]));
        if (!row.bad) write_row(writer, &row);
    }
    bool committed = csv_commit(writer, &err);
    assert(committed);
    (void)fclose(stream);
    bool closed = csv_close(reader, &err);
    assert(closed);

    bool opened = csv_open_text(bytes, &layout, CSV_ENCODING_AUTO, &arena, &second, &err);
    assert(opened);
    read_again((Str){memory, (ptrdiff_t)len}, second, &arena);
    closed = csv_close(second, &err);
    assert(closed);
    free(memory);
    return 0;
}
