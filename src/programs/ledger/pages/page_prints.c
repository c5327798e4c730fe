// Batches of letters: what was made, what became of its files, and whose envelope should not leave.
// SPDX-License-Identifier: Apache-2.0
#include "batch_html.h"
#include "dates.h"
#include "life_series.h"
#include "masked.h"
#include "notice_batch_rows.h"
#include "prints_html.h"
#include "visit_person.h"

enum { BATCHES_MOST = 50, PAGE_ROWS = 50 };

static Str kind_words(const BatchRow *row)
{
    if (row->reprint) return S("再発行");
    return row->reminder ? S("再勧奨") : S("通知と予診票");
}

static Str files_words(const BatchRow *row, Arena *arena)
{
    if (row->files_waiting)
        return str_format(arena, "書類 %lld個がまだ名前を持ちません。次の通知の処理で終わります。",
                          (long long)row->files_waiting);
    if (row->files_lost)
        return str_format(arena, "書類 %lld個が失われました。再発行してください。", (long long)row->files_lost);
    return str_format(arena, "書類 %lld個がそろっています。", (long long)row->files_there);
}

bool page_prints(Visit *visit, Error *err)
{
    BatchRows rows;
    PrintsPage page = {0};
    Arena *arena = visit->arena;
    if (!batch_rows_read(visit->act->store, BATCHES_MOST, arena, &rows, err)) return false;
    VEC_EACH (const BatchRow, row, rows)
        *batch_line_rows_push(&page.lines, arena) =
            (BatchLine){.open = visit_path(visit, &route_page_batch, &row->number, 1),
                        .number = row->number,
                        .kind = kind_words(row),
                        .day = date_era_text(arena, row->as_of),
                        .letters = row->letters,
                        .back = row->taken_back,
                        .held = row->held,
                        .waits = row->files_waiting > 0,
                        .lost = row->files_lost > 0 && !row->files_waiting,
                        .files = files_words(row, arena),
                        .who = row->done_by};
    page.more = rows.count == BATCHES_MOST;
    visit->prints = true;
    prints_page_write(visit->page, &page);
    return true;
}

// ---- one batch

static bool letter_add(Visit *visit, const Schedule *schedule, const BatchLetter *letter,
                       LetterLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    int group = group_find(schedule, letter->series);
    LetterLine line = {.name = masked(letter->is_protected, letter->name),
                       .dead = letter->dead,
                       .gone = letter->gone,
                       .back = letter->taken_back,
                       .what = group == GROUP_NONE
                                   ? letter->series
                                   : life_dose_words(schedule, group,
                                                     schedule_text_find(schedule, letter->position), arena)};
    if (!person_path(visit, &letter->who, &line.open, err)) return false;
    *letter_line_rows_push(lines, arena) = line;
    return true;
}

static bool letters(Visit *visit, const BatchRow *row, int64_t nth, BatchPage *page, Error *err)
{
    bool more;
    Ledger ledger;
    BatchLetters found;
    Arena *arena = visit->arena;
    if (!visit_ledger(visit, &ledger, err) ||
        !batch_letters_read(visit->act->store, row->run_no, nth * PAGE_ROWS, PAGE_ROWS, arena, &found,
                            &more, err))
        return false;
    visit->rows = found.count;
    visit->detail = row->number;
    VEC_EACH (const BatchLetter, letter, found)
        if (!letter_add(visit, ledger.schedule, letter, &page->lines, err)) return false;
    page->first = nth * PAGE_ROWS + 1;
    page->last = nth * PAGE_ROWS + found.count;
    const Str next[] = {row->number, str_format(arena, "%lld", (long long)nth + 1)};
    if (more) page->next = visit_path(visit, &route_page_batch_on, next, 2);
    if (nth) page->begin = visit_path(visit, &route_page_batch, &row->number, 1);
    return true;
}

static bool batch_draw(Visit *visit, int64_t nth, Error *err)
{
    BatchRow row;
    bool found;
    Arena *arena = visit->arena;
    if (!batch_row_find(visit->act->store, visit->variables[0], arena, &row, &found, err)) return false;
    if (!found)
        return FAIL(err, E_NOT_FOUND, .words = S("この番号の通知はありません。「印刷」から開き直してください。"));
    BatchPage page = {.number = row.number,
                      .kind = kind_words(&row),
                      .day = date_era_text(arena, row.as_of),
                      .letters = row.letters,
                      .back = row.taken_back,
                      .held = row.held,
                      .files = files_words(&row, arena),
                      .alarm = row.files_waiting || row.files_lost};
    if (!letters(visit, &row, nth, &page, err)) return false;
    visit->prints = true;
    batch_page_write(visit->page, &page);
    return true;
}

bool page_batch(Visit *visit, Error *err)
{
    return batch_draw(visit, 0, err);
}

bool page_batch_on(Visit *visit, Error *err)
{
    int64_t nth;
    if (str_int64(visit->variables[1], &nth) && nth >= 0 && nth < INT32_MAX) return batch_draw(visit, nth, err);
    return FAIL(err, E_NOT_FOUND, .words = S("このページはありません。「印刷」から開き直してください。"));
}
