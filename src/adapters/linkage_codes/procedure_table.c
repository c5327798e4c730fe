// SPDX-License-Identifier: Apache-2.0
#include "procedure_table.h"

#include "procedures_embedded.h"
#include "table_line.h"

enum { NAME, ITEM, AFFAIR, PROCEDURE, DATASET, WORDS, COLUMNS, ITEM_DIGITS = 3 };

static bool row_read(Str line, Procedure *row)
{
    Str columns[COLUMNS];
    if (!table_line_read(line, columns, COLUMNS)) return false;
    *row = (Procedure){.name = columns[NAME], .words = columns[WORDS]};
    return columns[NAME].len && columns[WORDS].len && str_digits(columns[ITEM], 1, ITEM_DIGITS, &row->item) &&
           row->item >= 1 && affair_code_read(columns[AFFAIR], &row->affair) &&
           procedure_code_read(columns[PROCEDURE], &row->code) && dataset_code_read(columns[DATASET], &row->dataset);
}

const Procedure *procedure_named(const Procedures *rows, Str name)
{
    VEC_EACH (const Procedure, row, *rows)
        if (str_equal(row->name, name)) return row;
    return NULL;
}

bool procedure_table_read(Str text, Arena *arena, Procedures *rows, Error *err)
{
    Procedures read = {0};
    int64_t line = 2;
    for (Str rest = str_cut(text, '\n').tail; rest.len; line++) {
        Procedure row;
        Cut cut = str_cut(rest, '\n');
        if (!row_read(cut.head, &row) || procedure_named(&read, row.name))
            return FAIL(err, E_FILE_LAYOUT, .row = line, .item = S("procedures.tsv"), .value = cut.head,
                        .words = S("手続の表の行が読めません。名前、項、事務、事務手続、特定個人情報名、言葉をタブで区切り、同じ名前は一度だけ書いてください。"));
        *procedures_push(&read, arena) = row;
        rest = cut.tail;
    }
    *rows = read;
    return true;
}

bool procedure_table(Arena *arena, Procedures *rows, Error *err)
{
    return procedure_table_read(procedures_embedded[0].text, arena, rows, err);
}
