// SPDX-License-Identifier: Apache-2.0
#include "csv.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "csv_encoding.h"
#include "csv_scan.h"
#include "file_kind.h"
#include "fold.h"
#include "individual_no.h"
#include "outlet.h"
#include "utf8.h"

enum {
    GAIJI_MAX = 64,        // told of one row; more are replaced all the same
    DECODED_PER_BYTE = 4,  // a copy without "" pairs, and three bytes for a half-width kana
    GETA = 0x3013,         // 〓
    MASKS_PER_BYTE =
        6,  // of what is decoded: a text grows by doubling, and a cell has two neighbours
};

struct CsvReader {
    CsvScan scan;
    const CsvLayout *layout;
    const Cp932 *cp932;
    CsvFacts facts;
    int place[CSV_COLUMNS_MAX];  // of the file's column in the layout, -1: unknown
    int columns;                 // of the file
    bool has_secret;
    int *takes_digits;  // by column of the layout: as many as a number has there
    bool *is_free;      // people write there what they like
    CsvDigits digits[CSV_COLUMNS_MAX];
    Str *fields;   // masked: what leaves the reader
    bool *masked;  // by column of the layout, of this row
    bool *torn;    // and its neighbour holds the rest of the number
    Arena mask_room, masks;
    Str *headings;
    char *decoded;
    ptrdiff_t decoded_len;
    CsvGaiji gaiji[GAIJI_MAX];
    int gaiji_count;
    uint64_t hidden;  // columns masked in the text of this row, a bit each
    bool row_bad, ended;
};

bool csv_encoding_parse(Str name, CsvEncoding *encoding, Error *err)
{
    static const struct {
        const char *name;
        CsvEncoding encoding;
    } names[] = {
        {"", CSV_ENCODING_AUTO},
        {"auto", CSV_ENCODING_AUTO},
        {"utf-8", CSV_ENCODING_UTF8},
        {"utf8", CSV_ENCODING_UTF8},
        {"UTF-8", CSV_ENCODING_UTF8},
        {"cp932", CSV_ENCODING_CP932},
        {"CP932", CSV_ENCODING_CP932},
        {"shift_jis", CSV_ENCODING_CP932},
        {"Shift_JIS", CSV_ENCODING_CP932},
        {"sjis", CSV_ENCODING_CP932},
        {"windows-31j", CSV_ENCODING_CP932},
    };
    for (int i = 0; i < (int)countof(names); i++)
        if (str_equal(name, str_of(names[i].name))) {
            *encoding = names[i].encoding;
            return true;
        }
    return FAIL(err, E_USAGE, .value = name,
                .words = S("文字コードは auto、utf-8、cp932 のいずれかを指定してください。"));
}

static void gaiji_note(CsvReader *reader, int column, Str bytes)
{
    if (reader->gaiji_count == GAIJI_MAX) return;
    CsvGaiji *gaiji = &reader->gaiji[reader->gaiji_count++];
    gaiji->column = column;
    (void)snprintf(gaiji->hex, sizeof gaiji->hex, "%02X%02X", (unsigned char)bytes.at[0],
                   (unsigned char)bytes.at[1]);
}

static Str decode_cp932(CsvReader *reader, Str bytes, int column, bool *ok)
{
    char *out = reader->decoded + reader->decoded_len;
    ptrdiff_t len = 0;
    for (ptrdiff_t at = 0; at < bytes.len;) {
        ptrdiff_t here = at;
        int32_t code = cp932_next(reader->cp932, bytes, &at);
        if (code == CP932_BAD) {
            *ok = false;
            return (Str){0};
        }
        if (code == CP932_GAIJI) {
            gaiji_note(reader, column, (Str){bytes.at + here, at - here});
            code = GETA;
        }
        len += utf8_put(out + len, code);
    }
    reader->decoded_len += len;
    return (Str){out, len};
}

// "" becomes ". The row's own bytes stay, for csv_row_text.
static Str unescaped(CsvReader *reader, Str bytes)
{
    char *out = reader->decoded + reader->decoded_len;
    ptrdiff_t len = 0;
    for (ptrdiff_t i = 0; i < bytes.len; i++) {
        out[len++] = bytes.at[i];
        if (bytes.at[i] == '"') i++;
    }
    reader->decoded_len += len;
    return (Str){out, len};
}

// The text of a field, in the window itself where nothing had to change. {0} when it is empty.
static Str field_text(CsvReader *reader, const CsvField *field, int column, bool *ok)
{
    if (field->len == 0) return (Str){0};
    Str bytes = {reader->scan.row.at + field->at, field->len};
    if (field->escaped) bytes = unescaped(reader, bytes);
    if (reader->facts.encoding == CSV_ENCODING_CP932)
        return decode_cp932(reader, bytes, column, ok);
    if (!utf8_valid(bytes)) *ok = false;
    return bytes;
}

static int layout_place(const CsvLayout *layout, Str name)
{
    for (int i = 0; i < layout->count; i++)
        if (csv_column_named(&layout->columns[i], name)) return i;
    return -1;
}

static bool layout_missing(const CsvReader *reader, const bool *seen, const Str *headings, Arena *arena, Error *err)
{
    Text names = {0};
    for (int i = 0; i < reader->layout->count; i++) {
        if (seen[i] || !reader->layout->columns[i].mandatory) continue;
        if (names.len) text_add(&names, arena, S("、"));
        text_add(&names, arena, str_of(reader->layout->columns[i].name));
    }
    if (names.len == 0) return true;
    Str seems = headings_seem(headings, reader->columns, reader->layout, arena);
    if (!seems.len) seems = S("見出し行を確かめ、直したファイルを受け取ってください。");
    return FAIL(err, E_FILE_LAYOUT, .row = 1, .item = text_str(&names),
                .words = str_format(arena, "必須の列がありません。%.*s", STR(seems)));
}

static bool header_unreadable(Error *err)
{
    return FAIL(err, E_FILE_LAYOUT, .row = 1,
                .words = S("見出し行を読み取れません。1行目に項目名があるCSVをご提出ください。"));
}

// Finds each column of the file in the layout.
static bool header_bind(CsvReader *reader, Arena *arena, Error *err)
{
    const CsvScan *scan = &reader->scan;
    bool seen[CSV_COLUMNS_MAX] = {0};
    if (scan->field_count > CSV_COLUMNS_MAX) return header_unreadable(err);
    Str *unknown = NEW(arena, Str, scan->field_count), *headings = NEW(arena, Str, scan->field_count);
    reader->columns = scan->field_count;
    for (int i = 0; i < scan->field_count; i++) {
        bool ok = true;
        Str name = fold_trim(field_text(reader, &scan->fields[i], 0, &ok));
        if (!ok) return header_unreadable(err);
        headings[i] = name;
        int place = reader->place[i] = layout_place(reader->layout, name);
        if (place < 0) {
            unknown[reader->facts.unknown_count++] = str_copy(
                arena, name.len ? outlet_text(OUTLET_TERMINAL, arena, name) : S("（名前なし）"));
            continue;
        }
        if (seen[place])
            return FAIL(err, E_FILE_LAYOUT, .row = 1, .item = str_copy(arena, name),
                        .words = S("同じ名前の列が二つあります。一つにしてください。"));
        seen[place] = true;
        reader->headings[place] = str_copy(arena, name);
    }
    reader->facts.unknown = unknown;
    return layout_missing(reader, seen, headings, arena, err);
}

static bool is_csv(const CsvSource *source, Arena scratch, Error *err)
{
    Str first = {.at = NULL};
    char *bytes = ROOM(&scratch, char, FILE_KIND_BYTES);
    if (!csv_source_peek(source, 0, bytes, FILE_KIND_BYTES, &first.len, err)) return false;
    first.at = bytes;
    bool fits = first_bytes_fit(first, err);
    bytes_wipe(bytes, FILE_KIND_BYTES);
    return fits;
}

static bool header_read(CsvReader *reader, CsvEncoding encoding, Arena *arena, Error *err)
{
    CsvScan *scan = &reader->scan;
    if (!is_csv(&scan->source, *arena, err)) return false;
    CsvScanned scanned = csv_scan_next(scan);
    if (scanned == CSV_FAILED) return error_pass(err, &scan->error);
    if (scanned != CSV_ROW) return header_unreadable(err);
    if (scan->marked) encoding = CSV_ENCODING_UTF8;
    if (encoding != CSV_ENCODING_UTF8 && !cp932_load(arena, &reader->cp932, err)) return false;
    if (encoding == CSV_ENCODING_AUTO &&
        !csv_encoding_guess(scan, reader->layout, reader->cp932, *arena, &encoding, err))
        return false;
    reader->facts.encoding = encoding;
    return header_bind(reader, arena, err);
}

// Of a file with numbers nothing stays in memory behind the reader: no row's texts are used after it is
// closed. Rows of other files may be kept by whoever read them.
static void reader_wipe(CsvReader *reader)
{
    if (!reader->has_secret) return;
    csv_scan_wipe(&reader->scan);
    bytes_wipe(reader->decoded, (ptrdiff_t)DECODED_PER_BYTE * CSV_ROW_BYTES_MAX);
}

static bool open_source(CsvSource source, const CsvLayout *layout, CsvEncoding encoding,
                        Arena *arena, CsvReader **reader, Error *err)
{
    assert(layout->count <= CSV_COLUMNS_MAX);
    CsvReader *made = NEW(arena, CsvReader, 1);
    made->layout = layout;
    made->fields = NEW(arena, Str, layout->count);
    made->decoded = NEW(arena, char, (ptrdiff_t)DECODED_PER_BYTE *CSV_ROW_BYTES_MAX);
    made->headings = NEW(arena, Str, layout->count);
    made->masked = NEW(arena, bool, layout->count);
    made->torn = NEW(arena, bool, layout->count);
    made->takes_digits = NEW(arena, int, layout->count);
    made->is_free = NEW(arena, bool, layout->count);
    ptrdiff_t room = (ptrdiff_t)MASKS_PER_BYTE * DECODED_PER_BYTE * CSV_ROW_BYTES_MAX;
    char *masks = ROOM(arena, char, room);
    made->mask_room = (Arena){masks, masks + room};
    for (int i = 0; i < layout->count; i++) {
        made->has_secret |= layout->columns[i].secret;
        made->headings[i] = str_of(layout->columns[i].name);
        made->takes_digits[i] = outlet_takes_digits(made->headings[i]);
        made->is_free[i] = outlet_free_column(made->headings[i]);
    }
    made->scan.source = source;
    made->facts.bytes = source.size;
    csv_scan_begin(&made->scan, arena);
    if (!header_read(made, encoding, arena, err)) {
        csv_source_close(&made->scan.source);
        reader_wipe(made);
        return false;
    }
    *reader = made;
    return true;
}

bool csv_open(const char *path, const CsvLayout *layout, CsvEncoding encoding, Arena *arena,
              CsvReader **reader, Error *err)
{
    CsvSource source;
    if (!csv_source_open(path, &source, err)) return false;
    if (open_source(source, layout, encoding, arena, reader, err)) return true;
    // A header is refused for what it lacks; which of today's files it is must be said, too.
    if (!err->value.len) error_set_value(err, str_of(path));
    return false;
}

bool csv_open_text(Str bytes, const CsvLayout *layout, CsvEncoding encoding, Arena *arena,
                   CsvReader **reader, Error *err)
{
    CsvSource source;
    csv_source_of_text(bytes, &source);
    return open_source(source, layout, encoding, arena, reader, err);
}

Sha256 csv_index_of(const Keys *keys, const Sha256 *bytes)
{
    return keys_index(keys, S("csv.file"), sha256_bytes(bytes));
}

Sha256 csv_index(const CsvReader *reader, const Keys *keys)
{
    return csv_index_of(keys, &reader->scan.source.hash);
}

const char *csv_index_text(const Sha256 *index, char text[CSV_INDEX_TEXT_SIZE])
{
    text[0] = 'k';
    (void)sha256_text(index, text + 1);
    return text;
}

const CsvFacts *csv_facts(const CsvReader *reader)
{
    return &reader->facts;
}

Str csv_unknown_text(const CsvReader *reader, Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < reader->facts.unknown_count; i++)
        text_addf(&text, arena, "%s%.*s", i ? "、" : "", STR(reader->facts.unknown[i]));
    return text.len ? text_str(&text) : (Str){0};
}

int64_t csv_bytes_done(const CsvReader *reader)
{
    return reader->scan.source.offset - (reader->scan.end - reader->scan.begin);
}

// Why a row that could not be cut is refused.
static Str scanned_words(CsvScanned scanned)
{
    if (scanned == CSV_QUOTE_OPEN)
        return S("引用符（\"）が閉じられていません。行を確かめ、直したファイルを受け取ってください。");
    if (scanned == CSV_QUOTE_ASTRAY)
        return S("引用符（\"）の位置が正しくありません。行を確かめ、直したファイルを受け取ってください。");
    return S("1行が長すぎます。改行や引用符を確かめ、直したファイルを受け取ってください。");
}

static bool columns_wrong(CsvReader *reader, Error *problem)
{
    bool more = reader->scan.field_count > reader->columns;
    // The row may have swallowed others through a quote that found a partner further down.
    if (reader->scan.row_lines > 1) csv_scan_first_line_only(&reader->scan);
    return FAIL(
        problem, E_FILE_LAYOUT,
        .words = more ? S("列が見出しより多くあります。カンマと引用符をお確かめください。")
                      : S("列が見出しより少なくなっています。カンマと引用符をお確かめください。"));
}

// A spreadsheet ends rows with commas for columns that nobody filled: such cells say nothing. As many cells
// as a file can have at most may have been cut short, so such a row stays refused.
static void drop_empty_cells(CsvReader *reader)
{
    CsvScan *scan = &reader->scan;
    if (scan->field_count > CSV_COLUMNS_MAX) return;
    while (scan->field_count > reader->columns && !scan->fields[scan->field_count - 1].len)
        scan->field_count--;
}

static bool decode_row(CsvReader *reader, Error *problem)
{
    const CsvScan *scan = &reader->scan;
    drop_empty_cells(reader);
    if (scan->field_count != reader->columns) return columns_wrong(reader, problem);
    if (memchr(scan->row.at, '\0', (size_t)scan->row.len))
        return FAIL(problem, E_ENCODING,
                    .words =
                        S("文字ではないバイト（NUL）があります。ファイルを作り直してください。"));
    for (int i = 0; i < scan->field_count; i++) {
        int column = reader->place[i];
        bool ok = true;
        if (column < 0) continue;
        reader->fields[column] = field_text(reader, &scan->fields[i], column, &ok);
        if (!ok)
            return FAIL(
                problem, E_ENCODING, .item = reader->headings[column],
                .words = S("文字として読めないバイトがあります。文字コードをお確かめください。"));
    }
    return true;
}

static bool twelve_digits(Str cell)
{
    ptrdiff_t digits = 0;
    if (cell.len < 12 || cell.len > 36) return false;
    for (ptrdiff_t at = 0; at < cell.len; digits++)
        if (fold_digit(utf8_next(cell, &at)) < 0) return false;
    return digits == 12;
}

static void count_digits(CsvReader *reader)
{
    for (int i = 0; i < reader->columns; i++) {
        const CsvField *field = &reader->scan.fields[i];
        int column = reader->place[i];
        CsvDigits *digits = &reader->digits[i];
        Str cell = column >= 0 ? reader->fields[column]
                               : (Str){reader->scan.row.at + field->at, field->len};
        digits->said += fold_trim(cell).len > 0;
        if (!twelve_digits(cell)) continue;
        INDIVIDUAL_NO_SECRET IndividualNo number = {0};
        Error unread;
        digits->twelve++;
        digits->numbers += individual_no_parse(cell, &number, NULL, &unread);
    }
}

static bool read_row(CsvReader *reader, CsvScanned scanned, Error *problem)
{
    if (scanned == CSV_ROW) return decode_row(reader, problem);
    return FAIL(problem, scanned == CSV_TOO_LONG ? E_LIMIT : E_FILE_LAYOUT,
                .words = scanned_words(scanned));
}

// ---- masks

// Does the row's own number stand where it belongs? If not, it may stand in any other column, whole or
// torn, and a number there is doubted.
static bool number_doubted(const CsvReader *reader)
{
    for (int i = 0; i < reader->layout->count; i++) {
        INDIVIDUAL_NO_SECRET IndividualNo no = {0};
        Error ignored;
        Str text = reader->fields[i];
        if (reader->layout->columns[i].secret && text.len &&
            !individual_no_parse(text, &no, NULL, &ignored))
            return true;
    }
    return false;
}

// Behind the reader nobody holds the digits of an Individual Number outside a secret column.
static void mask_fields(CsvReader *reader)
{
    bool doubted = number_doubted(reader);
    for (int i = 0; i < reader->layout->count; i++) {
        Str text = reader->fields[i];
        if (reader->layout->columns[i].secret || !text.len) continue;
        if (reader->takes_digits[i] &&
            !individual_no_in_column(text, reader->takes_digits[i],
                                     doubted ? COLUMN_DOUBTED : outlet_doubts(reader->headings[i])))
            continue;
        reader->fields[i] = individual_no_mask_text(&reader->masks, text);
        reader->masked[i] = reader->fields[i].at != text.at;
    }
}

// One that a vendor or a clerk tore over two cells is in neither of them. Two columns of which one is for anything
// are asked: a code beside a number of another kind is nobody's number.
static void mask_neighbours(CsvReader *reader)
{
    const CsvColumn *columns = reader->layout->columns;
    for (int i = 0; i + 1 < reader->columns; i++) {
        int a = reader->place[i], b = reader->place[i + 1];
        if (a < 0 || b < 0 || columns[a].secret || columns[b].secret) continue;
        if (!reader->fields[a].len || !(reader->is_free[a] || reader->is_free[b])) continue;
        bool torn = individual_no_mask_torn(&reader->masks, &reader->fields[a], &reader->fields[b],
                                            reader->is_free[a] && reader->is_free[b]);
        if (torn) reader->masked[a] = reader->masked[b] = reader->torn[a] = reader->torn[b] = true;
    }
}

static void clear_fields(CsvReader *reader)
{
    reader->masks = reader->mask_room;
    for (int i = 0; i < reader->layout->count; i++) {
        reader->fields[i] = (Str){0};
        reader->masked[i] = reader->torn[i] = false;
    }
    reader->decoded_len = 0;
    reader->gaiji_count = 0;
}

bool csv_next(CsvReader *reader, CsvRow *row)
{
    CsvScanned scanned;
    do scanned = csv_scan_next(&reader->scan);
    while (scanned == CSV_BLANK);
    reader->ended = scanned == CSV_END || scanned == CSV_FAILED;
    if (reader->ended) return false;

    clear_fields(reader);
    reader->hidden = 0;
    *row = (CsvRow){.line = reader->scan.row_line,
                    .fields = reader->fields,
                    .headings = reader->headings,
                    .masked = reader->masked,
                    .gaiji = reader->gaiji};
    row->bad = !read_row(reader, scanned, &row->problem);
    row->problem.row = row->bad ? row->line : 0;
    reader->row_bad = row->bad;
    if (!row->bad && reader->has_secret) count_digits(reader);
    if (row->bad) {
        clear_fields(reader);
    } else {
        mask_fields(reader);
        mask_neighbours(reader);
    }
    row->gaiji_count = reader->gaiji_count;
    return true;
}

int csv_columns(const CsvReader *reader)
{
    return reader->columns;
}

int csv_column(const CsvReader *reader, int i)
{
    return reader->place[i];
}

CsvDigits csv_digits(const CsvReader *reader, int i)
{
    return reader->digits[i];
}

static void add_shown(const CsvReader *reader, Str bytes, Text *out, Arena *arena)
{
    bool cp932 = reader->facts.encoding == CSV_ENCODING_CP932;
    for (ptrdiff_t at = 0; at < bytes.len;) {
        ptrdiff_t here = at;
        int32_t code = cp932 ? cp932_next(reader->cp932, bytes, &at) : utf8_next(bytes, &at);
        if (code > 0)
            text_add_code(out, arena, code);
        else
            for (ptrdiff_t i = here; i < at; i++)
                text_addf(out, arena, "\\x%02X", (unsigned char)bytes.at[i]);
    }
}

static bool field_secret(const CsvReader *reader, int i)
{
    int column = reader->place[i];
    return column >= 0 &&
           (reader->layout->columns[column].secret || (reader->hidden >> column & 1));
}

void csv_row_hide(CsvReader *reader, int column)
{
    assert(column >= 0 && column < reader->layout->count);
    assert(column < 64);
    reader->hidden |= UINT64_C(1) << column;
}

// A field of a readable row as it may be shown. What csv_next masked is masked here too: the same rule
// over the bytes as they stood.
static void add_field(const CsvReader *reader, int i, Text *out, Arena *arena)
{
    const CsvField *field = &reader->scan.fields[i];
    int column = reader->place[i];
    if (field_secret(reader, i)) {
        for (ptrdiff_t n = 0; n < field->len; n++) text_add_byte(out, arena, '*');
        return;
    }
    if (column >= 0 && reader->torn[column]) {
        text_add(out, arena, reader->fields[column]);
        return;
    }
    Text shown = {0};
    add_shown(reader, (Str){reader->scan.row.at + field->at, field->len}, &shown, arena);
    bool passes = column >= 0 && reader->takes_digits[column] && !reader->masked[column];
    text_add(out, arena,
             passes ? text_str(&shown) : individual_no_mask_text(arena, text_str(&shown)));
}

// Where columns cannot be told apart, nothing of a number stays.
static Str bad_row_text(const CsvReader *reader, Arena *arena)
{
    Text out = {0};
    add_shown(reader, reader->scan.row, &out, arena);
    Str shown = text_str(&out);
    return reader->has_secret ? individual_no_hide_text(arena, shown)
                              : individual_no_mask_text(arena, shown);
}

Str csv_row_text(const CsvReader *reader, Arena *arena)
{
    const CsvScan *scan = &reader->scan;
    Text out = {0};
    ptrdiff_t done = 0;
    if (reader->row_bad) return bad_row_text(reader, arena);
    for (int i = 0; i < scan->field_count; i++) {
        const CsvField *field = &scan->fields[i];
        add_shown(reader, (Str){scan->row.at + done, field->at - done}, &out, arena);
        add_field(reader, i, &out, arena);
        done = field->at + field->len;
    }
    add_shown(reader, str_from(scan->row, done), &out, arena);
    return text_str(&out);
}

bool csv_close(CsvReader *reader, Error *err)
{
    if (!reader) return true;
    Error failed = reader->scan.error;
    bool changed = reader->ended && !failed.code && !csv_source_same(&reader->scan.source);
    csv_source_close(&reader->scan.source);
    reader_wipe(reader);
    if (failed.code) return error_pass(err, &failed);
    if (changed)
        return FAIL(
            err, E_FILE_READ,
            .words =
                S("読み取りの途中でファイルが書き換えられました。もう一度取り込んでください。"));
    return true;
}
