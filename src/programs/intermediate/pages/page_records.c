// 情報提供等記録, the newest word about each permit, in pages.
// SPDX-License-Identifier: Apache-2.0
#include "exchange_words.h"
#include "intermediate_routes.h"
#include "record_rows.h"
#include "records_html.h"
#include "shield_rows.h"

enum { PAGE_ROWS = 50 };

static bool line_add(Visit *visit, const RecordRow *row, RecordLineRows *lines, Error *err)
{
    int hides;
    Arena *arena = visit->arena;
    const Permit *permit = &row->record.permit;
    const Question *question = &permit->question;
    if (!shield_hides(visit->act->store, &row->record.person, &question->procedure, &hides, err)) return false;
    bool asked = row->record.role == RECORD_INQUIRER;
    Str result = result_words(row->record.result);
    RecordLine line = {.no = row->record_no,
                       .asked = asked,
                       .at = moment_words(row->written_at, arena),
                       .inquiry = str_copy(arena, str_of(permit->inquiry.digits)),
                       .number = unified_text(&row->record.person),
                       .other = organisation_named(visit, asked ? &question->provider : &question->inquirer),
                       .item = str_format(arena, "%d", question->item),
                       .provided = moment_words(row->record.provided_at, arena),
                       .result = result.len ? result : S("–"),
                       .undisclosed = permit->undisclosed || hides & SHIELD_RECORDS,
                       .who = row->who};
    if (!copy_path(visit, &row->record.person, &line.person, err)) return false;
    *record_line_rows_push(lines, arena) = line;
    return true;
}

static bool drawn(Visit *visit, int64_t before, Error *err)
{
    RecordRows rows;
    RecordsPage page = {0};
    if (!records_before(visit->act->store, before, PAGE_ROWS, visit->arena, &rows, err)) return false;
    VEC_EACH (const RecordRow, row, rows)
        if (!line_add(visit, row, &page.lines, err)) return false;
    page.shown = visit->rows = rows.count;
    if (rows.count == PAGE_ROWS) {
        Str oldest = str_format(visit->arena, "%lld", (long long)rows.at[rows.count - 1].record_no);
        page.older = visit_path(visit, &route_page_records_on, &oldest, 1);
    }
    if (before != INT64_MAX) page.newest = visit_path(visit, &route_page_records, NULL, 0);
    visit->prints = true;
    records_page_write(visit->page, &page);
    return true;
}

bool page_records(Visit *visit, Error *err)
{
    return drawn(visit, INT64_MAX, err);
}

bool page_records_on(Visit *visit, Error *err)
{
    int64_t before;
    if (!str_int64(visit->variables[0], &before) || before < 1)
        return FAIL(err, E_NOT_FOUND, .words = S("この頁はありません。「情報提供等記録」を開き直してください。"));
    return drawn(visit, before, err);
}
