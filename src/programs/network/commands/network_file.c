// SPDX-License-Identifier: Apache-2.0
#include "network_file.h"

#include "say.h"

bool network_file_open(Act *act, Str path, const CsvLayout *layout, Arena *arena, NetworkFile *file, Error *err)
{
    *file = (NetworkFile){.act = act, .path = path};
    if (!csv_open(str_z(arena, path), layout, CSV_ENCODING_AUTO, arena, &file->csv, err)) return false;
    file->errors = error_list_begin(act, path, arena);
    return true;
}

void network_file_refuse(NetworkFile *file, const Error *why)
{
    file->refused++;
    error_csv_tell(file->errors, file->row.line, why, csv_row_text(file->csv, file->act->arena));
}

bool network_file_next(NetworkFile *file)
{
    while (csv_next(file->csv, &file->row)) {
        file->rows++;
        if (!file->row.bad) return true;
        network_file_refuse(file, &file->row.problem);
    }
    return false;
}

bool network_file_value(const NetworkFile *file, int column, Str *value, Error *why)
{
    *value = file->row.fields[column];
    return value->len > 0 || FAIL(why, E_MISSING, .item = file->row.headings[column], .words = S("値を入力してください。"));
}

bool network_file_blame(const NetworkFile *file, int column, Error *why)
{
    error_set_item(why, file->row.headings[column]);
    return false;
}

bool network_file_close(NetworkFile *file, Error *err)
{
    CsvReader *csv = file->csv;
    file->csv = NULL;
    return csv_close(csv, err);
}

bool network_file_told(NetworkFile *file, Error *err)
{
    Str list;
    if (!error_list_leave(file->act, file->errors, &list, err)) return false;
    if (list.len) say(stderr, "受け付けられない行: %lld件。理由と直し方は %s にあります。\n", (long long)file->refused, str_z(file->act->arena, list));
    return true;
}
