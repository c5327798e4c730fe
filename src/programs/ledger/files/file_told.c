// SPDX-License-Identifier: Apache-2.0
#include "file_told.h"

#include <assert.h>
#include <stdio.h>

#include "outlet.h"
#include "say.h"

enum { FAULTS_SHOWN = 20 };  // on the terminal; the list has them all

FileTold file_told_begin(Act *act, Str path, const CsvReader *csv, Arena *arena)
{
    return (FileTold){.act = act,
                      .arena = arena,
                      .errors = error_list_begin(act, path, arena),
                      .minded = warning_list_begin(act, path, arena),
                      .unknown_columns = csv_unknown_text(csv, arena)};
}

void file_told_refuse(FileTold *told, int64_t line, const Error *why, Str row_text)
{
    assert(line > 0);
    assert(why->code);
    Error shown = *why;
    shown.row = line;
    *told_lines_push(&told->refused, told->arena) =
        (ToldLine){line, str_copy(told->arena, outlet_error(OUTLET_TERMINAL, told->arena, &shown))};
    error_csv_tell(told->errors, line, why, row_text);
}

void file_told_mind(FileTold *told, int64_t line, Str item, Str code, Str words, Str row_text)
{
    assert(line > 0);
    assert(words.len > 0);
    *told_lines_push(&told->warned, told->arena) =
        (ToldLine){line, str_format(told->arena, "%lld行目「%.*s」: %.*s [%.*s]", (long long)line,
                                    STR(item), STR(words), STR(code))};
    error_csv_add(told->minded, &(ErrorCsvRow){.line = line,
                                               .item = item,
                                               .code = code,
                                               .message = words,
                                               .row_text = row_text,
                                               .taken = true});
}

bool file_told_commit(FileTold *told, Error *err)
{
    Error later;
    bool listed = error_list_leave(told->act, told->errors, &told->errors_path, err);
    return error_list_leave(told->act, told->minded, &told->minded_path, listed ? err : &later) &&
           listed;
}

void file_told_abandon(FileTold *told)
{
    error_csv_abandon(told->errors);
    error_csv_abandon(told->minded);
}

void file_told_print(const FileTold *told)
{
    ptrdiff_t shown = 0;
    if (str_present(told->unknown_columns))
        say(stderr, "知らない列は読みませんでした: %.*s\n", STR(told->unknown_columns));
    VEC_EACH (const ToldLine, l, told->refused)
        if (shown++ < FAULTS_SHOWN) say(stderr, "受付不可: %.*s\n", STR(l->words));
    if (shown > FAULTS_SHOWN)
        (void)fprintf(stderr, "受付不可: ほかに %td 項目あります。一覧をご覧ください。\n",
                      shown - FAULTS_SHOWN);
    if (str_present(told->errors_path)) say(stderr, "受付不可の行: %.*s\n", STR(told->errors_path));
    VEC_EACH (const ToldLine, l, told->warned) say(stderr, "注意: %.*s\n", STR(l->words));
    if (str_present(told->minded_path))
        say(stderr, "注意のある行（登録しました）: %.*s\n", STR(told->minded_path));
}
