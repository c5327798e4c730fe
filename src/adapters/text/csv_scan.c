// SPDX-License-Identifier: Apache-2.0
#include "csv_scan.h"

#include <string.h>

#include "secret.h"

enum { WINDOW = 4 * CSV_ROW_BYTES_MAX };

// What ended a field.
typedef enum Stop { STOP_COMMA, STOP_LINE, STOP_FILE, STOP_OPEN, STOP_ASTRAY, STOP_LONG } Stop;

// More bytes behind `end`; what is unused moves to the front, so that places relative to `begin` stay
// good. False at the end of the file and when it cannot be read (scan->error then).
static bool fill(CsvScan *scan)
{
    if (scan->source_ended) return false;
    if (scan->begin) {
        memmove(scan->window, scan->window + scan->begin, (size_t)(scan->end - scan->begin));
        scan->end -= scan->begin;
        scan->begin = 0;
    }
    ptrdiff_t len = 0;
    char *behind = scan->window + scan->end;
    bool ok = csv_source_read(&scan->source, behind, WINDOW - scan->end, &len, &scan->error);
    scan->end += len;
    scan->source_ended = !ok || len == 0;
    return len > 0;
}

// The byte `i` places behind the row's begin, or -1 at the end of the file.
static inline int byte_at(CsvScan *scan, ptrdiff_t i)
{
    if (scan->begin + i >= scan->end && !fill(scan)) return -1;
    return (unsigned char)scan->window[scan->begin + i];
}

void csv_scan_begin(CsvScan *scan, Arena *arena)
{
    scan->window = NEW(arena, char, WINDOW);
    scan->line = 1;
    scan->marked = byte_at(scan, 0) == 0xEF && byte_at(scan, 1) == 0xBB && byte_at(scan, 2) == 0xBF;
    if (scan->marked) scan->begin += 3;
}

void csv_scan_wipe(CsvScan *scan)
{
    bytes_wipe(scan->window, WINDOW);
}

static Stop plain_field(CsvScan *scan, ptrdiff_t *i, CsvField *field)
{
    field->at = *i;
    int c = byte_at(scan, *i);
    while (c >= 0 && c != ',' && c != '\n') {
        if (c == '"') return STOP_ASTRAY;
        if (++*i >= CSV_ROW_BYTES_MAX) return STOP_LONG;
        c = byte_at(scan, *i);
    }
    field->len = *i - field->at;
    bool line_end = c != ',';
    if (line_end && field->len && scan->window[scan->begin + *i - 1] == '\r') field->len--;
    if (c < 0) return STOP_FILE;
    ++*i;
    return line_end ? STOP_LINE : STOP_COMMA;
}

static Stop behind_quote(CsvScan *scan, ptrdiff_t *i)
{
    int c = byte_at(scan, *i);
    if (c == '\r') {
        int next = byte_at(scan, *i + 1);
        if (next != '\n' && next >= 0) return STOP_ASTRAY;
        ++*i;
        c = next;
    }
    if (c < 0) return STOP_FILE;
    ++*i;
    if (c == ',') return STOP_COMMA;
    return c == '\n' ? STOP_LINE : STOP_ASTRAY;
}

static Stop quoted_field(CsvScan *scan, ptrdiff_t *i, CsvField *field)
{
    field->at = ++*i;
    for (;;) {
        int c = byte_at(scan, *i);
        if (c < 0) return STOP_OPEN;
        if (*i >= CSV_ROW_BYTES_MAX) return STOP_LONG;
        ++*i;
        if (c == '\n' && ++scan->row_lines > CSV_ROW_LINES_MAX) return STOP_LONG;
        if (c != '"') continue;
        if (byte_at(scan, *i) != '"') break;
        field->escaped = true;
        ++*i;
    }
    field->len = *i - 1 - field->at;
    return behind_quote(scan, i);
}

// Cuts fields until the row ends or cannot go on; `*len` counts the row's bytes, line break included.
static Stop cut_row(CsvScan *scan, ptrdiff_t *len)
{
    scan->field_count = 0;
    scan->row_lines = 1;
    *len = 0;
    for (;;) {
        CsvField field = {0};
        Stop stop = byte_at(scan, *len) == '"' ? quoted_field(scan, len, &field)
                                               : plain_field(scan, len, &field);
        if (scan->field_count <= CSV_COLUMNS_MAX) scan->fields[scan->field_count++] = field;
        if (stop != STOP_COMMA) return stop;
    }
}

static Str without_line_end(const char *at, ptrdiff_t len)
{
    if (len && at[len - 1] == '\n') len--;
    if (len && at[len - 1] == '\r') len--;
    return (Str){at, len};
}

// A line longer than any row may be: its beginning is kept to be shown, the rest is passed.
static void pass_endless_line(CsvScan *scan)
{
    scan->row = (Str){scan->window + scan->begin, CSV_ROW_BYTES_MAX / 64};
    char *kept = scan->window;
    memmove(kept, scan->row.at, (size_t)scan->row.len);
    scan->row.at = kept;
    for (;;) {
        const char *from = scan->window + scan->begin;
        const char *hit = memchr(from, '\n', (size_t)(scan->end - scan->begin));
        if (hit) {
            scan->begin += hit + 1 - from;
            return;
        }
        // The kept bytes lie at the front, so the window is refilled behind them.
        scan->begin = scan->end = scan->row.len;
        ptrdiff_t len = 0;
        bool ok = !scan->source_ended && csv_source_read(&scan->source, scan->window + scan->end,
                                                         WINDOW - scan->end, &len, &scan->error);
        scan->end += len;
        if (!ok || len == 0) {
            scan->source_ended = true;
            return;
        }
    }
}

void csv_scan_first_line_only(CsvScan *scan)
{
    const char *at = scan->row.at;
    const char *hit = memchr(at, '\n', (size_t)(scan->window + scan->end - at));
    ptrdiff_t len = hit ? hit + 1 - at : scan->window + scan->end - at;
    scan->row = without_line_end(at, len);
    scan->begin = at + len - scan->window;
    scan->line = scan->row_line + 1;
}

// The first physical line of a row that could not be cut; all of it must be in the window first.
static void take_back(CsvScan *scan)
{
    ptrdiff_t len = 0;
    for (int c = 0; c >= 0 && c != '\n' && len < CSV_ROW_BYTES_MAX; len++) c = byte_at(scan, len);
    scan->row = (Str){scan->window + scan->begin, 0};
    if (len < CSV_ROW_BYTES_MAX) {
        csv_scan_first_line_only(scan);
    } else {
        pass_endless_line(scan);
        scan->line = scan->row_line + 1;
    }
}

CsvScanned csv_scan_next(CsvScan *scan)
{
    ptrdiff_t len = 0;
    scan->row_line = scan->line;
    if (byte_at(scan, 0) < 0) return scan->error.code ? CSV_FAILED : CSV_END;
    Stop stop = cut_row(scan, &len);
    if (scan->error.code) return CSV_FAILED;
    switch (stop) {
    case STOP_OPEN: take_back(scan); return CSV_QUOTE_OPEN;
    case STOP_ASTRAY: take_back(scan); return CSV_QUOTE_ASTRAY;
    case STOP_LONG: take_back(scan); return CSV_TOO_LONG;
    case STOP_COMMA:
    case STOP_LINE:
    case STOP_FILE: break;
    }
    scan->row = without_line_end(scan->window + scan->begin, len);
    scan->begin += len;
    scan->line += scan->row_lines;
    return scan->row.len ? CSV_ROW : CSV_BLANK;
}
