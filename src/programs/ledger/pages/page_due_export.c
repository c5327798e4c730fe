// The due list as a file: a reason always, and a second person where it names many (due_export.h).
// SPDX-License-Identifier: Apache-2.0
#include <sys/mman.h>
#include <unistd.h>

#include "due_export.h"
#include "due_export_html.h"
#include "due_words.h"
#include "life_series.h"
#include "xlsx.h"

typedef struct Drawing {
    Visit *visit;
    Ledger ledger;
    CityWards wards;
    DueAsked asked;
    DueExport export;
    ExportState state;
    bool alone;
    DueExportPage page;
} Drawing;

static bool drawing_begin(Visit *visit, Drawing *d, Error *err)
{
    *d = (Drawing){.visit = visit};
    if (!due_asked_of(visit, &d->asked, err) || !visit_ledger(visit, &d->ledger, err) ||
        !city_wards(visit->act->store, visit->arena, &d->wards, err) ||
        !due_export_read(&d->ledger, &d->asked, visit->arena, &d->export, err))
        return false;
    d->alone = d->export.people <= EXPORT_ALONE;
    return d->alone || due_export_state(&d->export, &d->state, err);
}

static bool draw(Drawing *d, Error *err)
{
    Visit *visit = d->visit;
    Str sealed = visit->variables[0];
    d->page.go = visit_path(visit, &route_send_due_export, &sealed, 1);
    d->page.origin = visit_origin(visit, d->page.go);
    d->page.asked = due_asked_words(d->ledger.schedule, &d->wards, &d->asked, visit->arena);
    d->page.lines = d->export.rows.count;
    d->page.people = d->export.people;
    d->page.alone = d->alone;
    d->page.waits = d->state == EXPORT_WAITS;
    d->page.granted = d->state == EXPORT_GRANTED;
    if (!due_asked_path(visit, &route_page_due_asked, &d->asked, &d->page.back, err)) return false;
    due_export_page_write(visit->page, &d->page);
    return true;
}

bool page_due_export(Visit *visit, Error *err)
{
    Drawing d;
    return drawing_begin(visit, &d, err) && draw(&d, err);
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
static bool csv_made(Drawing *d, Str reason, Str *csv, Error *err)
{
    int made = memfd_create("due", MFD_CLOEXEC);
    FILE *file = made < 0 ? NULL : fdopen(made, "w+");
    if (!file) return no_room(err);
    bool good = due_export_leave(&d->export, reason, life_dose_words, file, err) &&
                bytes_of(file, d->visit->arena, csv, err);
    (void)fclose(file);
    return good;
}

static bool file_leaves(Drawing *d, Str reason, Error *err)
{
    Str csv, book;
    Visit *visit = d->visit;
    bool as_csv = str_equal(web_value(visit->request->form, "form"), S("csv"));
    if (!d->alone && !due_export_take(&d->export, err)) return false;
    if (!csv_made(d, reason, &csv, err)) return false;
    visit->recorded = true;
    visit->file = (WebFile){csv, "text/csv; charset=utf-8", "taishosha.csv"};
    if (as_csv) return true;
    if (!xlsx_of_csv(csv, "対象者", visit->arena, &book, err)) return false;
    visit->file = (WebFile){book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                            "taishosha.xlsx"};
    return true;
}

static bool asked_for(Drawing *d, Str reason, Error *err)
{
    int64_t number;
    Arena *arena = d->visit->arena;
    Str subject = due_asked_words(d->ledger.schedule, &d->wards, &d->asked, arena);
    if (!due_export_ask(&d->export, subject, reason, &number, err)) return false;
    d->visit->recorded = true;
    d->state = EXPORT_WAITS;
    d->page.done = str_format(arena, "申請しました（番号 %lld）。承認箱で、別の人が決めます。", (long long)number);
    return draw(d, err);
}

bool send_due_export(Visit *visit, Error *err)
{
    Drawing d;
    Str reason = str_trim(web_value(visit->request->form, "reason"));
    if (!drawing_begin(visit, &d, err)) return false;
    if (!reason.len) {
        visit->status = 422;
        d.page.refused = S("理由を入力してください。例: 12月の電話勧奨のため");
        return draw(&d, err);
    }
    if (d.state == EXPORT_WAITS) return draw(&d, err);
    return d.alone || d.state == EXPORT_GRANTED ? file_leaves(&d, reason, err)
                                                : asked_for(&d, reason, err);
}
