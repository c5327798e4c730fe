// SPDX-License-Identifier: Apache-2.0
#include "csv_write.h"

#include "csv.h"
#include "csv_draft.h"
#include "outlet.h"
#include "output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    BUFFER = 65536,
    CHANGED_PER_BYTE =
        32,  // of a cell: a few copies, each sign up to six characters, grown by doubling
    CHANGED_LEAST = 4096,
};

struct CsvWriter {
    FILE *stream;  // when it writes onto one; else:
    Output output;
    char *buffer;
    ptrdiff_t len;
    bool as_it_stands;                   // nothing passes an outlet
    bool in_row, in_rows;                // behind a cell; behind the header
    int cell;                            // of the row in hand
    bool takes_digits[CSV_COLUMNS_MAX];  // by the names in the header
    int failure;                         // errno of the first failure
};

bool csv_create(const char *path, Arena *arena, CsvWriter **writer, Error *err)
{
    CsvWriter made = {0};
    if (!output_begin(&(OutputPlace){.path = path}, arena, &made.output, err)) return false;
    made.buffer = NEW(arena, char, BUFFER);
    *writer = NEW(arena, CsvWriter, 1);
    **writer = made;
    return true;
}

CsvWriter *csv_on_stream(FILE *out, Arena *arena)
{
    CsvWriter *writer = NEW(arena, CsvWriter, 1);
    *writer = (CsvWriter){.stream = out, .buffer = NEW(arena, char, BUFFER)};
    return writer;
}

static void write_out(CsvWriter *writer)
{
    ptrdiff_t done = 0;
    while (done < writer->len && !writer->failure) {
        const char *from = writer->buffer + done;
        size_t left = (size_t)(writer->len - done);
        ssize_t n = writer->stream ? (ssize_t)fwrite(from, 1, left, writer->stream)
                                   : write(writer->output.file, from, left);
        if (n > 0)
            done += n;
        else if (errno != EINTR)
            writer->failure = errno ? errno : EIO;
    }
    writer->len = 0;
}

static void add(CsvWriter *writer, const char *at, ptrdiff_t len)
{
    while (len) {
        if (writer->len == BUFFER) write_out(writer);
        ptrdiff_t room = BUFFER - writer->len;
        ptrdiff_t part = len < room ? len : room;
        memcpy(writer->buffer + writer->len, at, (size_t)part);
        writer->len += part;
        at += part;
        len -= part;
    }
}

void csv_mark(CsvWriter *writer)
{
    add(writer, CSV_MARK, sizeof CSV_MARK - 1);
}

static void put(CsvWriter *writer, Str field)
{
    add(writer, writer->in_row ? ",\"" : "\"", writer->in_row ? 2 : 1);
    writer->in_row = true;
    for (Cut cut = {.tail = field, .found = true}; cut.found;) {
        cut = str_cut(cut.tail, '"');
        add(writer, cut.head.at, cut.head.len);
        if (cut.found) add(writer, "\"\"", 2);
    }
    add(writer, "\"", 1);
}

// Most cells are as they should be; only one that is not is copied.
void csv_put(CsvWriter *writer, Str field)
{
    int cell = writer->cell++;
    bool takes_digits = cell < CSV_COLUMNS_MAX && writer->takes_digits[cell];
    if (!writer->in_rows && cell < CSV_COLUMNS_MAX)
        writer->takes_digits[cell] = outlet_takes_digits(field) > 0;
    if (writer->as_it_stands || outlet_clean(OUTLET_SHEET, field, takes_digits)) {
        put(writer, field);
        return;
    }
    Arena whole = arena_reserve(CHANGED_PER_BYTE * field.len + CHANGED_LEAST), arena = whole;
    put(writer, takes_digits ? outlet_digits(OUTLET_SHEET, &arena, field)
                             : outlet_text(OUTLET_SHEET, &arena, field));
    arena_release(whole);
}

void csv_put_error(CsvWriter *writer, const Error *why)
{
    Arena whole = arena_reserve(CHANGED_PER_BYTE * 2 * ERROR_TEXT_BYTES + CHANGED_LEAST), arena = whole;
    writer->cell++;
    put(writer, outlet_error_message(OUTLET_SHEET, &arena, why));
    arena_release(whole);
}

void csv_put_int64(CsvWriter *writer, int64_t number)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)number);
    writer->cell++;
    put(writer, (Str){text, len});
}

void csv_end_row(CsvWriter *writer)
{
    add(writer, "\r\n", 2);
    writer->in_row = false;
    writer->in_rows = true;
    writer->cell = 0;
}

void csv_as_it_stands(CsvWriter *writer)
{
    writer->as_it_stands = true;
}

static bool commit_stream(CsvWriter *writer, Error *err)
{
    write_out(writer);
    errno = 0;
    if (!writer->failure && fflush(writer->stream)) writer->failure = errno ? errno : EIO;
    return writer->failure ? output_failed("-", writer->failure, err) : true;
}

bool csv_drafted(CsvWriter *writer, int *file, Error *err)
{
    write_out(writer);
    *file = writer->output.file;
    return !writer->failure || output_failed(writer->output.path, writer->failure, err);
}

bool csv_commit_hashed(CsvWriter *writer, Sha256 *hash, Error *err)
{
    if (writer->stream) return commit_stream(writer, err);
    int file;
    if (csv_drafted(writer, &file, err)) return output_commit(&writer->output, hash, err);
    csv_abandon(writer);
    return false;
}

bool csv_commit(CsvWriter *writer, Error *err)
{
    return csv_commit_hashed(writer, NULL, err);
}

void csv_abandon(CsvWriter *writer)
{
    if (writer && !writer->stream) output_abandon(&writer->output);
}
