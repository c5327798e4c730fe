// Batches of letters: what was made, what became of its files, and whose envelope should not leave.
// SPDX-License-Identifier: Apache-2.0
#include "batch_asked.h"
#include "batch_html.h"
#include "dates.h"
#include "life_series.h"
#include "masked.h"
#include "notice_paper.h"
#include "order.h"
#include "paper_release.h"
#include "prints_html.h"

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

// What was asked for at a screen lately, and is not in a batch yet.
static bool orders(const Visit *visit, PrintsPage *page, Error *err)
{
    enum { ORDERS_MOST = 5 };
    OrderRows rows;
    static const char *const states[] = {
        [ORDER_ASKED] = "始まるのを待っています", [ORDER_AT_WORK] = "作っています", [ORDER_DONE] = "終わりました", [ORDER_FAILED] = "できませんでした"};
    if (!orders_read(visit->act->store, str_of(order_notices.name), ORDERS_MOST, visit->arena, &rows, err)) return false;
    VEC_EACH (const OrderRow, row, rows) {
        char at[INSTANT_TEXT_SIZE];
        Str number = str_format(visit->arena, "%d", (int)row->order_no);
        *order_line_rows_push(&page->orders, visit->arena) =
            (OrderLine){.number = row->order_no,
                        .open = visit_path(visit, &route_page_order, &number, 1),
                        .words = row->words,
                        .who = row->asked_by,
                        .since = str_copy(visit->arena, str_of(instant_in_japan(row->asked_at, at))),
                        .works = row->state <= ORDER_AT_WORK,
                        .failed = row->state == ORDER_FAILED,
                        .said = str_of(states[row->state])};
    }
    return true;
}

bool page_prints(Visit *visit, Error *err)
{
    BatchRows rows;
    PrintsPage page = {0};
    Arena *arena = visit->arena;
    if (!batch_rows_read(visit->act->store, BATCHES_MOST, arena, &rows, err) || !orders(visit, &page, err)) return false;
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

typedef struct Drawing {
    Visit *visit;
    Ledger ledger;
    BatchRow row;
    PaperCount count;
    bool pulls;  // this person may take envelopes out
    BatchPage page;
} Drawing;

static bool paper_open_path(const Drawing *d, int32_t person_id, Path *path, Error *err)
{
    int64_t nth;
    *path = NULL;
    if (!d->count.pages || !paper_first_of(d->visit->act->store, d->row.run_no, person_id, &nth, err))
        return !d->count.pages;
    if (nth) *path = paper_path(d->visit, d->row.number, nth);
    return true;
}

static bool letter_add(Drawing *d, const BatchLetter *letter, Error *err)
{
    Visit *visit = d->visit;
    Arena *arena = visit->arena;
    const Schedule *schedule = d->ledger.schedule;
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
    if (d->pulls && !letter->taken_back &&
        (!letter_path(visit, &route_page_pull, d->row.number, &letter->who, &line.pull, err) ||
         !letter_path(visit, &route_page_again_one, d->row.number, &letter->who, &line.again, err)))
        return false;
    if (!letter->is_protected && !paper_open_path(d, letter->person_id, &line.paper, err)) return false;
    *letter_line_rows_push(&d->page.lines, arena) = line;
    return true;
}

static bool letters(Drawing *d, int64_t nth, Error *err)
{
    bool more;
    BatchLetters found;
    Visit *visit = d->visit;
    Arena *arena = visit->arena;
    if (!batch_letters_read(visit->act->store, d->row.run_no, nth * PAGE_ROWS, PAGE_ROWS, arena, &found,
                            &more, err))
        return false;
    visit->rows = found.count;
    visit->detail = d->row.number;
    VEC_EACH (const BatchLetter, letter, found)
        if (!letter_add(d, letter, err)) return false;
    d->page.first = nth * PAGE_ROWS + 1;
    d->page.last = nth * PAGE_ROWS + found.count;
    const Str next[] = {d->row.number, str_format(arena, "%lld", (long long)nth + 1)};
    if (more) d->page.next = visit_path(visit, &route_page_batch_on, next, 2);
    if (nth) d->page.begin = visit_path(visit, &route_page_batch, &d->row.number, 1);
    return true;
}

// What may be taken out of the house: nothing that shows somebody who has come under protection.
static bool files(Drawing *d, Error *err)
{
    bool may;
    PaperRelease state;
    NoticePapers papers;
    Visit *visit = d->visit;
    if (!visit_may(visit, &route_send_paper_file, &may, err) ||
        !notice_papers_of(visit->act->store, d->row.run_no, visit->arena, &papers, err))
        return false;
    if (!may || d->count.hidden || !papers.count) return true;
    if (!paper_release_state(visit->act, &d->row, &state, err)) return false;
    d->page.waits = state == RELEASE_WAITS;
    d->page.asks = state == RELEASE_UNASKED;
    d->page.granted = state == RELEASE_GRANTED;
    d->page.first_file = papers.at[0].name;
    d->page.file_go = visit_path(visit, &route_send_paper_file, &d->row.number, 1);
    d->page.file_origin = visit_origin(visit, d->page.file_go);
    VEC_EACH (const NoticePaper, paper, papers)
        *paper_file_line_rows_push(&d->page.papers, visit->arena) =
            (PaperFileLine){paper == papers.at, paper->name, paper_kind_words(paper->kind)};
    return true;
}

static bool acts(Drawing *d, Error *err)
{
    bool cancels;
    Visit *visit = d->visit;
    if (!visit_may(visit, &route_page_pull, &d->pulls, err) ||
        !visit_may(visit, &route_page_cancel, &cancels, err))
        return false;
    if (cancels && d->row.letters) d->page.again = visit_path(visit, &route_page_again, &d->row.number, 1);
    if (cancels && d->row.letters) d->page.cancel = visit_path(visit, &route_page_cancel, &d->row.number, 1);
    if (!d->count.pages) return true;
    d->page.first_paper = paper_path(visit, d->row.number, 1);
    if (d->count.pages > 1) d->page.last_paper = paper_path(visit, d->row.number, d->count.pages);
    int64_t rare;
    if (!paper_first_rare(visit->act->store, d->row.run_no, &rare, err)) return false;
    if (rare) d->page.rare_paper = paper_path(visit, d->row.number, rare);
    return true;
}

static bool batch_draw(Visit *visit, int64_t nth, Error *err)
{
    Drawing d = {.visit = visit};
    const BatchRow *row = &d.row;
    if (!batch_of(visit, &d.row, err) || !visit_ledger(visit, &d.ledger, err) ||
        !paper_count(visit->act->store, row->run_no, &d.count, err))
        return false;
    d.page = (BatchPage){.number = row->number,
                         .kind = kind_words(row),
                         .day = date_era_text(visit->arena, row->as_of),
                         .who = row->done_by,
                         .back = row->taken_back,
                         .sent = row->sent,
                         .held = row->held,
                         .all = row->sent + row->held,
                         .pages = d.count.pages,
                         .drawn = d.count.pages > 0,
                         .hidden = d.count.hidden,
                         .files = files_words(row, visit->arena),
                         .alarm = row->files_waiting || row->files_lost};
    if (!acts(&d, err) || !files(&d, err) || !letters(&d, nth, err)) return false;
    visit->prints = true;
    batch_page_write(visit->page, &d.page);
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
