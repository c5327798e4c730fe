// The due list as a file (due_export.h, list_file.h).
// SPDX-License-Identifier: Apache-2.0
#include "due_export.h"
#include "due_words.h"
#include "life_series.h"
#include "list_file.h"

typedef struct FileAsked {
    Ledger ledger;
    DueExport export;
    ListFile file;
} FileAsked;

static bool list_write(const void *list, Str reason, FILE *to, Error *err)
{
    return due_export_leave(list, reason, life_dose_words, to, err);
}

static bool file_asked(Visit *visit, FileAsked *f, Error *err)
{
    DueAsked asked;
    CityWards wards;
    if (!due_asked_of(visit, &asked, err) || !visit_ledger(visit, &f->ledger, err) ||
        !city_wards(visit->act->store, visit->arena, &wards, err) ||
        !due_export_read(&f->ledger, &asked, visit->arena, &f->export, err))
        return false;
    f->file = (ListFile){.leaves = &f->export.leaves,
                         .write = list_write,
                         .list = &f->export,
                         .lines = f->export.rows.count,
                         .words = due_asked_words(f->ledger.schedule, &wards, &asked, visit->arena),
                         .go = visit_path(visit, &route_send_due_export, visit->variables, 1),
                         .name = "taishosha",
                         .sheet = "対象者"};
    return due_asked_path(visit, &route_page_due_asked, &asked, &f->file.back, err);
}

bool page_due_export(Visit *visit, Error *err)
{
    FileAsked f;
    return file_asked(visit, &f, err) && list_file_page(visit, &f.file, err);
}

bool send_due_export(Visit *visit, Error *err)
{
    FileAsked f;
    return file_asked(visit, &f, err) && list_file_sent(visit, &f.file, err);
}
