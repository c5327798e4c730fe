// What this organisation asked of others, the newest first.
// SPDX-License-Identifier: Apache-2.0
#include "asked_html.h"
#include "asking_rows.h"
#include "exchange_words.h"
#include "intermediate_routes.h"
#include "retention.h"

enum { LINES_MOST = 200 };

// What an answer brought is erased some days after the end; until then it says how long that is.
static Str erasing_words(const InquiryRow *row, Instant now, Arena *arena)
{
    if (row->erased_at) return str_format(arena, "%.*s に消去", STR(moment_words(row->erased_at, arena)));
    if (!row->result_key.len || !row->state.ended_at) return (Str){0};
    return left_words(retention_end(RETAIN_RESULT, row->state.ended_at, 0), now, arena);
}

static bool line_add(Visit *visit, const InquiryRow *row, AskedLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    const Inquiry *state = &row->state;
    AskedLine line = {.no = str_copy(arena, str_of(state->permit.inquiry.digits)),
                      .provider = organisation_named(visit, &state->permit.question.provider),
                      .number = unified_text(&state->person),
                      .state = inquiry_state_words(state->state),
                      .result = result_words(state->result),
                      .next = inquiry_next_words(state),
                      .given = state->result == RESULT_GIVEN,
                      .waits = inquiry_waits(state),
                      .department = row->department,
                      .begun = moment_words(state->begun_at, arena),
                      .ended = moment_words(state->ended_at, arena),
                      .erasing = erasing_words(row, visit->act->now, arena)};
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
    visit->prints = true;
    asked_page_write(visit->page, &page);
    return true;
}
