// SPDX-License-Identifier: Apache-2.0
#include "xlsx.h"

#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>


enum { ROWS_MOST = 1000000, WIDTH = 18 };

// The field at the front of `rest`, without its quotes; `rest` then begins at the comma, the line's end or nothing.
static Str field_take(Str *rest, Arena *arena)
{
    Text field = {0};
    ptrdiff_t at = 0;
    bool quoted = rest->len && rest->at[0] == '"';
    for (at = quoted; at < rest->len; at++) {
        char c = rest->at[at];
        bool pair = quoted && c == '"' && at + 1 < rest->len && rest->at[at + 1] == '"';
        if (quoted ? c == '"' && !pair : c == ',' || c == '\r') break;
        text_add_byte(&field, arena, c);
        at += pair;
    }
    *rest = str_from(*rest, at + (quoted && at < rest->len));
    return text_str(&field);
}

static bool line_ended(Str *rest)
{
    if (rest->len && rest->at[0] == ',') {
        *rest = str_from(*rest, 1);
        return false;
    }
    *rest = str_from(*rest, rest->len < 2 ? rest->len : 2);
    return true;
}

static bool cells_write(lxw_worksheet *sheet, lxw_format *bold, Str csv, Arena scratch, Error *err)
{
    Str rest = str_starts(csv, S("\xEF\xBB\xBF")) ? str_from(csv, 3) : csv;
    lxw_row_t row = 0;
    lxw_col_t column = 0, columns = 0;
    while (rest.len) {
        Arena one = scratch;
        if (row == ROWS_MOST)
            return FAIL(err, E_LIMIT,
                        .words = S("行が多すぎて、1枚の表に入りません。条件をしぼるか、CSVで出してください。"));
        Str field = field_take(&rest, &one);
        (void)worksheet_write_string(sheet, row, column++, str_z(&one, field), row ? NULL : bold);
        columns = column > columns ? column : columns;
        if (!line_ended(&rest)) continue;
        row++;
        column = 0;
    }
    if (columns) (void)worksheet_set_column(sheet, 0, columns - 1, WIDTH, NULL);
    worksheet_freeze_panes(sheet, 1, 0);
    return true;
}

static bool no_room(Error *err)
{
    return FAIL(err, E_FILE_WRITE,
                .words = S("表を作る場所がありません。しばらくしてから、もう一度行ってください。"));
}

// Into a file that lives in memory alone.
static bool workbook_write(const char *path, const char *name, Str csv, Arena scratch, Error *err)
{
    lxw_workbook *book = workbook_new(path);
    if (!book) return no_room(err);
    lxw_worksheet *sheet = workbook_add_worksheet(book, name);
    lxw_format *bold = workbook_add_format(book);
    if (bold) format_set_bold(bold);
    bool good = sheet && bold ? cells_write(sheet, bold, csv, scratch, err) : no_room(err);
    if (workbook_close(book) == LXW_NO_ERROR) return good;
    return good ? no_room(err) : false;
}

bool xlsx_of_csv(Str csv, const char *sheet, Arena *arena, Str *bytes, Error *err)
{
    char path[32];
    struct stat made;
    int file = memfd_create("list", MFD_CLOEXEC);
    if (file < 0) return no_room(err);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool good = workbook_write(path, sheet, csv, *arena, err);
    if (good && fstat(file, &made) == 0 && made.st_size > 0) {
        char *room = NEW(arena, char, made.st_size);
        good = pread(file, room, (size_t)made.st_size, 0) == made.st_size || no_room(err);
        *bytes = (Str){room, made.st_size};
    }
    (void)close(file);
    return good;
}
