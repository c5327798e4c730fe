// Nothing crashes; a name that is read fits its own rules; a row that is read has what a row must have.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "feed_name.h"
#include "feed_row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

static void read_name(Str text)
{
    FeedName name;
    Error err = {0};
    if (!feed_name_read(text, &name, &err)) return;
    assert(name.sequence >= 1);
    assert(name.sequence <= FEED_SEQUENCE_LAST);
    assert(str_ends(text, name.name));
}

static void read_rows(Str text, Arena arena)
{
    CsvReader *reader;
    CsvRow row;
    Error err = {0};
    if (!csv_open_text(text, &feed_layout, CSV_ENCODING_AUTO, &arena, &reader, &err)) return;
    while (csv_next(reader, &row)) {
        Arena scratch = arena;
        FEED_LINE line;
        bool good = feed_line_read(&row, &scratch, &line, &err);
        assert(good || err.code != E_NONE);
        assert(!good || addressee_text(&line.addressee_no).len == 15);
        assert(!good || line.row.state.name.len > 0);
    }
    if (!csv_close(reader, &err)) return;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Str text = {(const char *)data, (ptrdiff_t)size};
    read_name(text);
    read_rows(text, whole);
    return 0;
}
