// SPDX-License-Identifier: Apache-2.0
#include "copy_code_table.h"

#include "copy_codes_embedded.h"
#include "table_line.h"

enum { COLUMNS = 5, ORDER_DIGITS = 3 };

static bool row_read(Str line, CopyCode *row)
{
    Str columns[COLUMNS];
    if (!table_line_read(line, columns, COLUMNS)) return false;
    *row = (CopyCode){.table = columns[0], .code = columns[1], .ours = columns[3], .words = columns[4]};
    return columns[0].len && columns[1].len && columns[4].len &&
           str_digits(columns[2], 1, ORDER_DIGITS, &row->order);
}

bool copy_code_table_read(Str text, Arena *arena, CopyCodes *codes, Error *err)
{
    CopyCodes read = {0};
    int64_t number = 1;
    for (Str rest = str_cut(text, '\n').tail; rest.len; number++) {
        CopyCode row;
        Cut cut = str_cut(rest, '\n');
        if (!row_read(cut.head, &row) || copy_code(&read, row.table, row.code))
            return FAIL(err, E_FILE_LAYOUT, .row = number + 1, .item = S("copy-codes.tsv"), .value = cut.head,
                        .words = S("副本のコード表の行が読めません。表、コード、順番、当システムのコード、名称をタブで区切り、同じコードは一度だけ書いてください。"));
        *copy_codes_push(&read, arena) = row;
        rest = cut.tail;
    }
    *codes = read;
    return true;
}

bool copy_code_table(Arena *arena, CopyCodes *codes, Error *err)
{
    return copy_code_table_read(copy_codes_embedded[0].text, arena, codes, err);
}

const CopyCode *copy_code_of_ours(const CopyCodes *codes, Str table, Str ours)
{
    VEC_EACH (CopyCode, c, *codes)
        if (c->ours.len && str_equal(c->ours, ours) && str_equal(c->table, table)) return c;
    return NULL;
}
