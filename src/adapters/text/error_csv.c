// SPDX-License-Identifier: Apache-2.0
#include "error_csv.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "csv_write.h"
#include "outlet.h"

enum {
    MESSAGE_BYTES = 1 << 20,  // three texts of an error, changed a few times
    NAME_MOST = 200,          // bytes of the 255 that a name may have
};

struct ErrorCsv {
    Arena *arena;
    const char *folder, *path;
    Str input_name;
    CsvWriter *writer;  // from the first row on
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

static ErrorCsv *list_begin(Str data_dir, Str input_path, int32_t nth, const char *which,
                            Arena *arena)
{
    ErrorCsv *errors = NEW(arena, ErrorCsv, 1);
    Str name = outlet_text(OUTLET_TRAIL, arena, last_part(input_path)), more = {0};
    if (nth > 1) more = str_format(arena, ".%d", nth);
    *errors = (ErrorCsv){
        .arena = arena,
        .input_name = str_copy(arena, name),
        .folder = str_z(arena, str_format(arena, "%.*s/errors", STR(data_dir))),
        .path = str_z(arena, str_format(arena, "%.*s/errors/%.*s%.*s.%s.csv", STR(data_dir),
                                        STR(name_cut(name)), STR(more), which)),
    };
    return errors;
}

ErrorCsv *error_csv_begin(Str data_dir, Str input_path, Arena *arena)
{
    return list_begin(data_dir, input_path, 1, "errors", arena);
}

ErrorCsv *error_csv_begin_nth(Str data_dir, Str input_path, int32_t nth, Arena *arena)
{
    return list_begin(data_dir, input_path, nth, "errors", arena);
}

ErrorCsv *warning_csv_begin(Str data_dir, Str input_path, Arena *arena)
{
    return list_begin(data_dir, input_path, 1, "warnings", arena);
}

static void put_all(CsvWriter *writer, const Str *fields, int count)
{
    for (int i = 0; i < count; i++) csv_put(writer, fields[i]);
    csv_end_row(writer);
}

static bool make_file(ErrorCsv *errors)
{
    static const Str header[] = {S("ファイル"),   S("行"),     S("項目"), S("コード"),
                                 S("メッセージ"), S("元の行"), S("扱い")};
    if (mkdir(errors->folder, 0700) && errno != EEXIST)
        return FAIL(&errors->failed, E_FILE_WRITE, .value = str_of(errors->folder),
                    .words =
                        S("エラー一覧のフォルダーを作れません。書き込み権限をお確かめください。"));
    if (!csv_create(errors->path, errors->arena, &errors->writer, &errors->failed)) return false;
    put_all(errors->writer, header, (int)countof(header));
    return true;
}

// `why` has the message where it is not NULL.
static void add(ErrorCsv *errors, const ErrorCsvRow *row, const Error *why)
{
    errors->count++;
    if (errors->failed.code || (!errors->writer && !make_file(errors))) return;
    csv_put(errors->writer, errors->input_name);
    csv_put_int64(errors->writer, row->line);
    csv_put(errors->writer, row->item);
    csv_put(errors->writer, row->code);
    if (why)
        csv_put_error(errors->writer, why);
    else
        csv_put(errors->writer, row->message);
    csv_put(errors->writer, row->row_text);
    csv_put(errors->writer, row->taken ? S("注意") : S("受付不可"));
    csv_end_row(errors->writer);
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

bool error_csv_commit(ErrorCsv *errors, Arena *arena, Str *path, Error *err)
{
    if (errors->failed.code) {
        csv_abandon(errors->writer);
        return error_pass(err, &errors->failed);
    }
    if (!errors->writer) {
        (void)unlink(errors->path);  // usually there is none
        *path = (Str){0};
        return true;
    }
    if (!csv_commit(errors->writer, err)) return false;
    *path = str_copy(arena, str_of(errors->path));
    return true;
}

void error_csv_abandon(ErrorCsv *errors)
{
    if (errors) csv_abandon(errors->writer);
}
