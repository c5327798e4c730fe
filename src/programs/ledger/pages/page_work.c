// One kind of work that waits for a person: whom it is about, since when, and what to do.
// SPDX-License-Identifier: Apache-2.0
#include "batch_asked.h"
#include "dates.h"
#include "masked.h"
#include "visit_person.h"
#include "work_found.h"
#include "work_html.h"

enum { LINES_MOST = 200 };

static bool found(Visit *visit, Str kind, WorkRows *rows, Error *err)
{
    Ledger ledger;
    WorkRows open;
    Arena *arena = visit->arena;
    *rows = (WorkRows){0};
    if (!visit_ledger(visit, &ledger, err) || !work_list(visit->act->store, arena, &open, err))
        return false;
    VEC_EACH (const WorkRow, row, open)
        if (str_equal(row->kind, kind)) *work_rows_push(rows, arena) = *row;
    return work_found(&ledger, kind, visit->act->business_day, arena, rows, err);
}

// Where it is done: an envelope is taken out of its batch by whoever may, everything else begins with the person.
static bool place_of(Visit *visit, const WorkRow *row, Path *open, Error *err)
{
    bool pulls = false;
    if (str_equal(row->kind, work_row_of(WORK_ENVELOPE).kind) && !visit_may(visit, &route_page_pull, &pulls, err))
        return false;
    return pulls ? letter_path(visit, &route_page_pull, row->words, &row->who, open, err)
                 : person_path(visit, &row->who, open, err);
}

// A file's name bears the clinic's code: of a protected person it is masked like the clinic itself.
static bool line_add(Visit *visit, const WorkRow *row, WorkLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    WorkLine line = {.name = masked(row->is_protected, row->name),
                     .file = masked(row->is_protected, row->file),
                     .row = row->label,
                     .words = row->words};
    if (row->since != DAY_NONE) line.since = date_era_text(arena, row->since);
    line.first = !lines->count;
    if (addressee_text(&row->who).len && !place_of(visit, row, &line.open, err)) return false;
    *work_line_rows_push(lines, arena) = line;
    return true;
}

bool page_work(Visit *visit, Error *err)
{
    WorkRows rows;
    WorkPage page = {0};
    Str kind = work_kind_named(visit->variables[0]);
    if (!kind.len)
        return FAIL(err, E_NOT_FOUND,
                    .words = S("この種類の仕事はありません。「今日の仕事」から開いてください。"));
    if (!found(visit, kind, &rows, err)) return false;
    page.found = rows.count;
    page.shown = visit->rows = rows.count < LINES_MOST ? rows.count : LINES_MOST;
    page.title = work_kind_title(kind);
    page.to_do = work_kind_to_do(kind);
    for (ptrdiff_t i = 0; i < page.shown; i++)
        if (!line_add(visit, &rows.at[i], &page.lines, err)) return false;
    visit->prints = true;
    work_page_write(visit->page, &page);
    return true;
}
