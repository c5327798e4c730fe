// What this organisation asked of others, the newest first.
// SPDX-License-Identifier: Apache-2.0
#include "asked_html.h"
#include "asking_rows.h"
#include "exchange_words.h"
#include "intermediate_routes.h"

enum { LINES_MOST = 200 };

static bool line_add(Visit *visit, const InquiryRow *row, AskedLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    const Inquiry *state = &row->state;
    AskedLine line = {.no = str_copy(arena, str_of(state->permit.inquiry.digits)),
                      .provider = organisation_shown(&state->permit.question.provider, arena),
                      .number = unified_text(&state->person),
                      .state = inquiry_state_words(state->state),
                      .result = result_words(state->result),
                      .department = row->department,
                      .begun = moment_words(state->begun_at, arena),
                      .ended = moment_words(state->ended_at, arena),
                      .erased = moment_words(row->erased_at, arena)};
    if (!copy_path(visit, &state->person, &line.person, err)) return false;
    *asked_line_rows_push(lines, arena) = line;
    return true;
}

bool page_asked(Visit *visit, Error *err)
{
    InquiryRows rows;
    AskedPage page = {0};
    if (!inquiries_newest(visit->act->store, LINES_MOST, visit->arena, &rows, err)) return false;
    VEC_EACH (const InquiryRow, row, rows)
        if (!line_add(visit, row, &page.lines, err)) return false;
    page.shown = visit->rows = rows.count;
    asked_page_write(visit->page, &page);
    return true;
}
