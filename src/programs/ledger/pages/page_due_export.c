// The due list as a file: a reason always, and a second person where it names many (due_export.h).
// SPDX-License-Identifier: Apache-2.0
#include "due_export.h"
#include "due_export_html.h"
#include "due_words.h"
#include "life_series.h"
#include "list_file.h"

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
    d->alone = d->export.leaves.people <= EXPORT_ALONE;
    return d->alone || list_export_state(&d->export.leaves, &d->state, err);
}

static bool draw(Drawing *d, Error *err)
{
    Visit *visit = d->visit;
    Str sealed = visit->variables[0];
    d->page.go = visit_path(visit, &route_send_due_export, &sealed, 1);
    d->page.origin = visit_origin(visit, d->page.go);
    d->page.asked = due_asked_words(d->ledger.schedule, &d->wards, &d->asked, visit->arena);
    d->page.lines = d->export.rows.count;
    d->page.people = d->export.leaves.people;
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

static bool list_write(const void *list, Str reason, FILE *to, Error *err)
{
    return due_export_leave(list, reason, life_dose_words, to, err);
}

static bool asked_for(Drawing *d, Str reason, Error *err)
{
    int64_t number;
    Arena *arena = d->visit->arena;
    Str subject = due_asked_words(d->ledger.schedule, &d->wards, &d->asked, arena);
    if (!list_export_ask(&d->export.leaves, subject, reason, &number, err)) return false;
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
    const ListFile file = {&d.export.leaves, list_write, &d.export, "taishosha", "対象者"};
    return d.alone || d.state == EXPORT_GRANTED ? list_file_leaves(visit, &file, reason, err)
                                                : asked_for(&d, reason, err);
}
