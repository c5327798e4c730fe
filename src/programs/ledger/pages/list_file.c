// SPDX-License-Identifier: Apache-2.0
#include "list_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include "due_export_html.h"
#include "xlsx.h"

static bool alone(const ListFile *list)
{
    return list->leaves->people <= EXPORT_ALONE;
}

static bool state_of(const ListFile *list, ExportState *state, Error *err)
{
    *state = EXPORT_UNASKED;
    return alone(list) || list_export_state(list->leaves, state, err);
}

static bool draw(Visit *visit, const ListFile *list, ExportState state, DueExportPage page)
{
    page.go = list->go;
    page.origin = visit_origin(visit, page.go);
    page.back = list->back;
    page.asked = list->words;
    page.lines = list->lines;
    page.people = list->leaves->people;
    page.alone = alone(list);
    page.waits = state == EXPORT_WAITS;
    page.granted = state == EXPORT_GRANTED;
    due_export_page_write(visit->page, &page);
    return true;
}

bool list_file_page(Visit *visit, const ListFile *list, Error *err)
{
    ExportState state;
    return state_of(list, &state, err) && draw(visit, list, state, (DueExportPage){0});
}

// ---- the file

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
    if (!file) {
        if (made >= 0) (void)close(made);
        return no_room(err);
    }
    bool good = list->write(list->list, reason, file, err) && bytes_of(file, visit->arena, csv, err);
    (void)fclose(file);
    return good;
}

static bool file_leaves(Visit *visit, const ListFile *list, Str reason, Error *err)
{
    Str csv, book;
    Arena *arena = visit->arena;
    bool as_csv = str_equal(web_value(visit->request->form, "form"), S("csv"));
    if (!alone(list) && !list_export_take(list->leaves, err)) return false;
    if (!csv_made(visit, list, reason, &csv, err)) return false;
    visit->recorded = true;
    visit->file = (WebFile){csv, "text/csv; charset=utf-8", str_z(arena, str_format(arena, "%s.csv", list->name))};
    if (as_csv) return true;
    if (!xlsx_of_csv(csv, list->sheet, arena, &book, err)) return false;
    visit->file = (WebFile){book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            str_z(arena, str_format(arena, "%s.xlsx", list->name))};
    return true;
}

static bool asked_for(Visit *visit, const ListFile *list, Str reason, Error *err)
{
    int64_t number;
    if (!list_export_ask(list->leaves, list->words, reason, &number, err)) return false;
    visit->recorded = true;
    Str done = str_format(visit->arena, "申請しました（番号 %lld）。承認箱で、別の人が決めます。", (long long)number);
    return draw(visit, list, EXPORT_WAITS, (DueExportPage){.done = done});
}

bool list_file_sent(Visit *visit, const ListFile *list, Error *err)
{
    ExportState state;
    Str reason = str_trim(web_value(visit->request->form, "reason"));
    if (!state_of(list, &state, err)) return false;
    if (!reason.len) {
        visit->status = 422;
        return draw(visit, list, state, (DueExportPage){.refused = S("理由を入力してください。例: 12月の電話勧奨のため")});
    }
    if (state == EXPORT_WAITS) return draw(visit, list, state, (DueExportPage){0});
    return alone(list) || state == EXPORT_GRANTED ? file_leaves(visit, list, reason, err) : asked_for(visit, list, reason, err);
}
