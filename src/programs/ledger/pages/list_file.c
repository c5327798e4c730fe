// SPDX-License-Identifier: Apache-2.0
#include "list_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "xlsx.h"

static bool no_room(Error *err)
{
    return FAIL(err, E_FILE_WRITE,
                .words = S("一覧を作る場所がありません。しばらくしてから、もう一度行ってください。"));
}

static bool bytes_of(FILE *file, Arena *arena, Str *bytes, Error *err)
{
    long size = fflush(file) == 0 ? ftell(file) : -1;
    if (size < 0) return no_room(err);
    char *room = NEW(arena, char, size + 1);
    rewind(file);
    if (fread(room, 1, (size_t)size, file) != (size_t)size) return no_room(err);
    *bytes = (Str){room, size};
    return true;
}

// Written to a file in memory; its record stands before a byte of it is read back.
static bool csv_made(Visit *visit, const ListFile *list, Str reason, Str *csv, Error *err)
{
    int made = memfd_create("list", MFD_CLOEXEC);
    FILE *file = made < 0 ? NULL : fdopen(made, "w+");
    if (!file) return no_room(err);
    bool good = list->write(list->list, reason, file, err) && bytes_of(file, visit->arena, csv, err);
    (void)fclose(file);
    return good;
}

bool list_file_leaves(Visit *visit, const ListFile *list, Str reason, Error *err)
{
    Str csv, book;
    Arena *arena = visit->arena;
    bool as_csv = str_equal(web_value(visit->request->form, "form"), S("csv"));
    if (list->leaves->people > EXPORT_ALONE && !list_export_take(list->leaves, err)) return false;
    if (!csv_made(visit, list, reason, &csv, err)) return false;
    visit->recorded = true;
    visit->file = (WebFile){csv, "text/csv; charset=utf-8", str_z(arena, str_format(arena, "%s.csv", list->name))};
    if (as_csv) return true;
    if (!xlsx_of_csv(csv, list->sheet, arena, &book, err)) return false;
    visit->file = (WebFile){book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            str_z(arena, str_format(arena, "%s.xlsx", list->name))};
    return true;
}
