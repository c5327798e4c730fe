// SPDX-License-Identifier: Apache-2.0
#include "error_csv.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "outlet.h"

enum {
    MESSAGE_BYTES = 1 << 20,  // three texts of an error, changed a few times
    NAME_MOST = 200,          // bytes of the 255 that a name may have
    LISTS_MOST = 100000,      // of one name
};

struct ErrorCsv {
    Arena *arena;
    const char *folder, *which;  // which: "errors" or "warnings"
    Str input_name;
    bool marked;
    CsvWriter *draft;  // from the first row on
    CsvListFacts facts;
    int64_t count;
    Error failed;  // the first failure; told at the end
};

static Str last_part(Str path)
{
    for (Cut cut = str_cut(path, '/'); cut.found; cut = str_cut(path, '/')) path = cut.tail;
    return path;
}

// The longest name of a file that leaves room for what is added to it.
static Str name_cut(Str name)
{
    if (name.len <= NAME_MOST) return name;
    ptrdiff_t end = NAME_MOST;
    while (end && ((unsigned char)name.at[end] & 0xC0) == 0x80) end--;
    return str_first(name, end);
}

static ErrorCsv *list_begin(Str data_dir, Str input_path, const char *which, bool marked, Arena *arena)
{
    ErrorCsv *errors = NEW(arena, ErrorCsv, 1);
    *errors = (ErrorCsv){
        .arena = arena,
        .which = which,
        .marked = marked,
        .input_name = str_copy(arena, outlet_text(OUTLET_TRAIL, arena, last_part(input_path))),
        .folder = str_z(arena, str_format(arena, "%.*s/errors", STR(data_dir))),
    };
    return errors;
}

ErrorCsv *error_csv_begin(Str data_dir, Str input_path, bool marked, Arena *arena)
{
    return list_begin(data_dir, input_path, "errors", marked, arena);
}

ErrorCsv *warning_csv_begin(Str data_dir, Str input_path, bool marked, Arena *arena)
{
    return list_begin(data_dir, input_path, "warnings", marked, arena);
}

static const char *const heads[] = {"ファイル", "行", "項目", "コード", "メッセージ", "元の行", "扱い"};

static bool make_file(ErrorCsv *errors)
{
    if (mkdir(errors->folder, 0700) && errno != EEXIST)
        return FAIL(&errors->failed, E_FILE_WRITE, .value = str_of(errors->folder),
                    .words =
                        S("エラー一覧のフォルダーを作れません。書き込み権限をお確かめください。"));
    if (!csv_list_begin(str_of(errors->folder), errors->arena, &errors->draft, &errors->failed))
        return false;
    if (errors->marked) csv_mark(errors->draft);
    for (ptrdiff_t i = 0; i < countof(heads); i++) csv_put(errors->draft, str_of(heads[i]));
    csv_end_row(errors->draft);
    return true;
}

// `why` has the message where it is not NULL.
static void add(ErrorCsv *errors, const ErrorCsvRow *row, const Error *why)
{
    errors->count++;
    if (errors->failed.code || (!errors->draft && !make_file(errors))) return;
    csv_put(errors->draft, errors->input_name);
    csv_put_int64(errors->draft, row->line);
    csv_put(errors->draft, row->item);
    csv_put(errors->draft, row->code);
    if (why)
        csv_put_error(errors->draft, why);
    else
        csv_put(errors->draft, row->message);
    csv_put(errors->draft, row->row_text);
    csv_put(errors->draft, row->taken ? S("注意") : S("受付不可"));
    csv_end_row(errors->draft);
}

void error_csv_add(ErrorCsv *errors, const ErrorCsvRow *row)
{
    add(errors, row, NULL);
}

static void tell(ErrorCsv *errors, int64_t line, const Error *why, Str row_text, bool taken)
{
    Arena scratch = arena_reserve(MESSAGE_BYTES), whole = scratch;
    add(errors,
        &(ErrorCsvRow){.line = line,
                       .item = outlet_error_item(OUTLET_SHEET, &scratch, why),
                       .code = str_of(error_code_text(why->code)),
                       .row_text = row_text,
                       .taken = taken},
        why);
    arena_release(whole);
}

void error_csv_tell(ErrorCsv *errors, int64_t line, const Error *why, Str row_text)
{
    tell(errors, line, why, row_text, false);
}

void error_csv_mind(ErrorCsv *errors, int64_t line, const Error *why, Str row_text)
{
    tell(errors, line, why, row_text, true);
}

int64_t error_csv_count(const ErrorCsv *errors)
{
    return errors->count;
}

Str error_csv_name(const ErrorCsv *errors)
{
    return errors->input_name;
}

bool error_csv_facts(ErrorCsv *errors, CsvListFacts *facts, Error *err)
{
    assert(errors->count);
    if (errors->failed.code) return error_pass(err, &errors->failed);
    if (!csv_list_facts(errors->draft, &errors->facts, err)) return false;
    *facts = errors->facts;
    return true;
}

// ---- its name

static const char *name_of(const ErrorCsv *errors, int nth, Arena *arena)
{
    Str more = {0};
    if (nth > 1) more = str_format(arena, ".%d", nth);
    return str_z(arena, str_format(arena, "%s/%.*s%.*s.%s.csv", errors->folder,
                                   STR(name_cut(errors->input_name)), STR(more), errors->which));
}

// This very list, as it left before.
static bool same_list(const ErrorCsv *errors, const char *path)
{
    struct stat about;
    CsvListFacts there;
    bool whole;
    Error unread;
    return lstat(path, &about) == 0 && S_ISREG(about.st_mode) &&
           csv_list_read(path, &there, &whole, &unread) && whole && there.record[0] &&
           sha256_equal(&there.content, &errors->facts.content);
}

static bool is_free(const char *path)
{
    struct stat about;
    return lstat(path, &about) != 0;
}

static bool name_found(const ErrorCsv *errors, Arena *arena, OutputPlace *place, Error *err)
{
    Str head = csv_list_head(heads, (int)countof(heads), true, arena);
    if (errors->marked) head = str_join(arena, S(CSV_MARK), head);
    for (int nth = 1; nth <= LISTS_MOST; nth++) {
        Arena mark = *arena;
        const char *path = name_of(errors, nth, arena);
        *place = (OutputPlace){path, is_free(path) ? OUTPUT_FREE : OUTPUT_LIST, NULL, head};
        if (place->takes == OUTPUT_FREE || same_list(errors, path)) return true;
        *arena = mark;
    }
    return FAIL(err, E_LIMIT, .value = errors->input_name,
                .words = S("同じ名前のエラー一覧が多すぎます。DIR/errors の古い一覧を整理してください。"));
}

bool error_csv_leave(ErrorCsv *errors, const Recorded *record, Arena *arena, Str *path, Error *err)
{
    CsvListWay way = {.numbered = true};
    if (!name_found(errors, arena, &way.place, err)) {
        csv_abandon(errors->draft);
        return false;
    }
    if (!csv_list_leave(errors->draft, record, &way, arena, err)) return false;
    *path = str_of(way.place.path);
    return true;
}

void error_csv_abandon(ErrorCsv *errors)
{
    if (errors) csv_abandon(errors->draft);
}
