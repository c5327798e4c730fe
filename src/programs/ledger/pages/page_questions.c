// What clinics are asked about rows under review: which rows wait for an answer since when, and the sheet for a clinic.
// The sheet says what the clinic wrote and nothing of the residents beside whom the row stands.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "questions_html.h"
#include "review_drawing.h"
#include "review_question_rows.h"

static bool line_add(Visit *visit, Ledger *ledger, const ReviewQuestion *q, QuestionRows *lines, Error *err)
{
    ReviewShown shown;
    Arena *arena = visit->arena;
    if (!review_sheet_shown(ledger, q->row_id, arena, &shown, err)) return false;
    const Submission *s = &shown.sheet;
    *question_rows_push(lines, arena) =
        (Question){.open = review_path(visit, &route_page_review, q->file_no, q->row_id),
                   .file = q->file,
                   .label = q->label,
                   .name = s->match.name,
                   .birth = s->match.birth.year ? date_partial_era_text(arena, s->match.birth) : (Str){0},
                   .day = s->row.given_on.year ? date_partial_era_text(arena, s->row.given_on) : (Str){0},
                   .vaccine = s->product == PRODUCT_NONE ? (Str){0} : product_label(ledger->schedule, s->product),
                   .lot = s->row.lot,
                   .asked_on = date_era_text(arena, q->asked_on),
                   .who = q->asked_by,
                   .words = q->question};
    return true;
}

static bool part_add(Visit *visit, Ledger *ledger, const ReviewQuestion *first, ptrdiff_t count, QuestionsPage *page,
                     Error *err)
{
    ReviewShown shown;
    ClinicPart part = {.code = first->clinic_code.len ? first->clinic_code : S("機関コードなし"), .count = count};
    if (!review_sheet_shown(ledger, first->row_id, visit->arena, &shown, err)) return false;
    part.name = shown.sheet.clinic_name;
    if (first->clinic_code.len && !page->one)
        part.sheet = visit_path(visit, &route_page_question, &first->clinic_code, 1);
    for (ptrdiff_t i = 0; i < count; i++)
        if (!line_add(visit, ledger, &first[i], &part.lines, err)) return false;
    *clinic_part_rows_push(&page->clinics, visit->arena) = part;
    return true;
}

static bool questions_drawn(Visit *visit, Str clinic, Error *err)
{
    Ledger ledger;
    ReviewQuestions asked;
    QuestionsPage page = {.one = clinic.len > 0, .today = date_era_text(visit->arena, visit->act->business_day),
                          .back = visit_path(visit, &route_page_questions, NULL, 0)};
    if (!visit_ledger(visit, &ledger, err) ||
        !review_questions_open(visit->act->store, clinic, visit->arena, &asked, err))
        return false;
    page.asked = visit->rows = asked.count;
    for (ptrdiff_t first = 0; first < asked.count;) {
        ptrdiff_t end = first + 1;
        while (end < asked.count && str_equal(asked.at[end].clinic_code, asked.at[first].clinic_code)) end++;
        if (!part_add(visit, &ledger, &asked.at[first], end - first, &page, err)) return false;
        first = end;
    }
    visit->prints = true;
    questions_page_write(visit->page, &page);
    return true;
}

bool page_questions(Visit *visit, Error *err)
{
    return questions_drawn(visit, (Str){0}, err);
}

bool page_question(Visit *visit, Error *err)
{
    return questions_drawn(visit, visit->variables[0], err);
}
