// SPDX-License-Identifier: Apache-2.0
#include "csv_list.h"

#include "csv_draft.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PORTION = 1 << 16, CELL_MOST = RECORDED_TEXT_SIZE + 4 };

static const char number_head[] = ",\"" CSV_LIST_NUMBER "\"";

bool csv_list_begin(Str folder, Arena *arena, CsvWriter **draft, Error *err)
{
    return csv_create(str_z(arena, str_join(arena, folder, S("/list"))), arena, draft, err);
}

// The names are constants of ours: nothing in them is quoted or masked.
Str csv_list_head(const char *const *names, int count, bool numbered, Arena *arena)
{
    Text head = {0};
    for (int i = 0; i < count; i++) text_addf(&head, arena, "%s\"%s\"", i ? "," : "", names[i]);
    if (numbered) text_add(&head, arena, str_of(number_head));
    text_add(&head, arena, S("\r\n"));
    return text_str(&head);
}

// ---- going through rows

// Where a row ends: at a line feed that stands in no quotes.
typedef struct Rows {
    bool quoted;
    int64_t ended;
} Rows;

static bool row_ends(Rows *rows, char c)
{
    if (c == '"') rows->quoted = !rows->quoted;
    if (c != '\n' || rows->quoted) return false;
    rows->ended++;
    return true;
}

typedef bool Portion(void *context, const char *at, ptrdiff_t len);

static bool file_read(int file, void *context, Portion *portion)
{
    static _Thread_local char bytes[PORTION];
    ssize_t got;
    for (off_t at = 0; (got = pread(file, bytes, sizeof bytes, at)) > 0; at += got)
        if (!portion(context, bytes, got)) return false;
    return got == 0;
}

// ---- what the record says

typedef struct Facts {
    Rows rows;
    Sha256Run *run;
} Facts;

static bool facts_add(void *context, const char *at, ptrdiff_t len)
{
    Facts *f = context;
    for (ptrdiff_t i = 0; i < len; i++) (void)row_ends(&f->rows, at[i]);
    sha256_add(f->run, (Bytes){(const unsigned char *)at, len});
    return true;
}

bool csv_list_facts(CsvWriter *draft, CsvListFacts *facts, Error *err)
{
    int file;
    if (!csv_drafted(draft, &file, err)) return false;
    Facts f = {.run = sha256_begin()};
    bool read = file_read(file, &f, facts_add);
    *facts = (CsvListFacts){.rows = f.rows.ended - 1, .content = sha256_end(f.run)};
    return read || output_failed("list", errno, err);
}

// ---- leaving

typedef struct Leaving {
    Rows rows;
    char cell[CELL_MOST];  // of this record, with its comma
    bool numbered;
    FILE *to;
} Leaving;

static bool put(Leaving *l, const char *at, ptrdiff_t len)
{
    return fwrite(at, 1, (size_t)len, l->to) == (size_t)len;
}

// Every row of a numbered list ends with the number of the record, the first one with what it is.
static bool leaving_add(void *context, const char *at, ptrdiff_t len)
{
    Leaving *l = context;
    ptrdiff_t done = 0;
    for (ptrdiff_t i = 0; i < len; i++) {
        const char *cell = l->rows.ended ? l->cell : number_head;
        if (l->numbered && at[i] == '\r' && !l->rows.quoted) {
            if (!put(l, at + done, i - done) || !put(l, cell, (ptrdiff_t)strlen(cell))) return false;
            done = i;
        }
        (void)row_ends(&l->rows, at[i]);
    }
    return put(l, at + done, len - done);
}

static bool written(int draft, const Recorded *record, bool numbered, FILE *to)
{
    Leaving leaving = {.numbered = numbered, .to = to};
    char text[RECORDED_TEXT_SIZE];
    (void)snprintf(leaving.cell, sizeof leaving.cell, ",\"%s\"", recorded_text(record, text));
    errno = 0;
    return file_read(draft, &leaving, leaving_add) && fflush(to) == 0;
}

static FILE *stream_of(int file)
{
    int own = fcntl(file, F_DUPFD_CLOEXEC, 0);
    FILE *stream = own < 0 ? NULL : fdopen(own, "w");
    if (!stream && own >= 0) (void)close(own);
    return stream;
}

static bool left_at(int draft, const Recorded *record, const CsvListWay *way, Arena *arena,
                    Error *err)
{
    Output output;
    if (!output_begin(&way->place, arena, &output, err)) return false;
    FILE *to = stream_of(output.file);
    bool whole = to && written(draft, record, way->numbered, to);
    int failure = errno;
    if (to) whole &= fclose(to) == 0;
    if (whole) return output_commit(&output, way->hash, err);
    output_abandon(&output);
    return output_failed(way->place.path, failure, err);
}

bool csv_list_leave(CsvWriter *draft, const Recorded *record, const CsvListWay *way, Arena *arena,
                    Error *err)
{
    int file;
    bool left = csv_drafted(draft, &file, err);
    if (left && !way->stream)
        left = left_at(file, record, way, arena, err);
    else if (left)
        left = written(file, record, way->numbered, way->stream) ||
               output_failed("-", errno ? errno : EIO, err);
    csv_abandon(draft);
    return left;
}

// ---- reading one that left

// The bytes of a row: what was drafted, and in a numbered list the last cell behind it.
typedef struct Reading {
    Rows rows;
    Sha256Run *run;
    char tail[CELL_MOST];  // from the last comma on
    int tail_len;
    bool numbered, broken;
    char record[RECORDED_TEXT_SIZE];
} Reading;

static void tail_given(Reading *r)
{
    sha256_add(r->run, (Bytes){(const unsigned char *)r->tail, r->tail_len});
    r->tail_len = 0;
}

// "ledger-73", as recorded_text writes it.
static bool names_record(Str text)
{
    int64_t number = 0;
    Cut cut = str_cut(text, '-');
    bool program = cut.found && cut.head.len && text.len < RECORDED_TEXT_SIZE;
    for (ptrdiff_t i = 0; i < cut.head.len; i++)
        program &= cut.head.at[i] >= 'a' && cut.head.at[i] <= 'z';
    return program && str_int64(cut.tail, &number) && number > 0;
}

// The cell of the record, as csv_list_leave wrote it; all rows have the same.
static bool record_read(Reading *r, Str cell)
{
    if (cell.len < 4 || !str_starts(cell, S(",\"")) || !str_ends(cell, S("\""))) return false;
    Str text = {cell.at + 2, cell.len - 3};
    if (!names_record(text)) return false;
    if (!r->record[0]) memcpy(r->record, text.at, (size_t)text.len);
    return str_equal(text, str_of(r->record));
}

static void row_read(Reading *r)
{
    if (r->tail_len && r->tail[r->tail_len - 1] == '\r') r->tail_len--;
    Str cell = {r->tail, r->tail_len};
    bool first = r->rows.ended == 1;
    if (first) r->numbered = str_equal(cell, str_of(number_head));
    if (r->numbered && !first) r->broken |= !record_read(r, cell);
    if (r->numbered)
        r->tail_len = 0;
    else
        tail_given(r);
    sha256_add(r->run, (Bytes){(const unsigned char *)"\r\n", 2});
}

static bool reading_add(void *context, const char *at, ptrdiff_t len)
{
    Reading *r = context;
    for (ptrdiff_t i = 0; i < len; i++) {
        bool plain = !r->rows.quoted;
        if (row_ends(&r->rows, at[i])) {
            row_read(r);
            continue;
        }
        bool cell = at[i] == ',' && plain;
        if (cell || r->tail_len == CELL_MOST) tail_given(r);
        r->tail[r->tail_len++] = at[i];
    }
    return true;
}

bool csv_list_read(const char *path, CsvListFacts *facts, bool *whole, Error *err)
{
    Reading r = {.run = sha256_begin()};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat about;
    bool opened = file >= 0 && fstat(file, &about) == 0 && S_ISREG(about.st_mode);
    bool read = opened && file_read(file, &r, reading_add);
    if (file >= 0) (void)close(file);
    *whole = read && !r.broken && !r.tail_len && r.rows.ended;
    *facts = (CsvListFacts){.rows = r.rows.ended - 1, .content = sha256_end(r.run)};
    memcpy(facts->record, r.record, sizeof facts->record);
    return read || FAIL(err, opened ? E_FILE_READ : E_FILE_OPEN, .value = str_of(path),
                        .words = S("ファイルを読めません。名前と権限をお確かめください。"));
}
