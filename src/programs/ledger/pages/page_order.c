// Letters that somebody asked for: how far they are, and what came out. The page asks for itself again while they are made.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "jobs_shown.h"
#include "ledger_routes.h"
#include "order_html.h"
#include "order_shown.h"
#include "output.h"
#include "paper_bytes.h"
#include "regular_file.h"

// As the notes of work call them (notice_batch.c), in their order.
static const char *const steps[] = {"準備", "抽出", "組版", "自己点検"};

typedef struct Drawing {
    Visit *visit;
    OrderRow row;
    JobWay way;
    OrderPage page;
} Drawing;

static bool order_of(Visit *visit, OrderRow *row, Error *err)
{
    return order_asked(visit->act, &order_notices, visit->variables[0], S("この番号の依頼はありません。「印刷」から開き直してください。"), visit->arena, row,
                       err);
}

static int step_at(const Drawing *d)
{
    for (int i = 0; i < countof(steps); i++)
        if (str_equal(d->way.words, str_of(steps[i]))) return i;
    return 0;
}

static void steps_told(Drawing *d)
{
    OrderPage *page = &d->page;
    int here = page->done ? countof(steps) : page->works ? step_at(d) : -1;
    for (int i = 0; i < countof(steps); i++)
        *order_step_rows_push(&page->steps, d->visit->arena) =
            (OrderStep){.words = str_of(steps[i]), .done = i < here, .here = i == here};
    *order_step_rows_push(&page->steps, d->visit->arena) = (OrderStep){.words = S("出力"), .done = page->done};
}

static void work_told(Drawing *d)
{
    OrderPage *page = &d->page;
    const JobWay *way = &d->way;
    page->stage = way->words;
    page->at = way->done;
    page->total = way->total;
    page->counted = way->total > 0;
    page->left = job_left_words(way, d->visit->act->now, d->visit->arena);
}

// A batch by its number; a path is a file that was made to be looked at.
static bool made_told(Drawing *d, Error *err)
{
    bool may;
    Visit *visit = d->visit;
    if (!visit_may(visit, &route_send_order_file, &may, err)) return false;
    bool first = true;
    for (Cut line = str_cut(d->row.made, '\n'); line.head.len; line = str_cut(line.tail, '\n')) {
        if (!str_starts(line.head, S("/"))) {
            *made_batch_rows_push(&d->page.batches, visit->arena) =
                (MadeBatch){first, line.head, visit_path(visit, &route_page_batch, &line.head, 1)};
            first = false;
        } else if (may && !d->page.file_go) {
            d->page.file_go = visit_path(visit, &route_send_order_file, visit->variables, 1);
            d->page.file_origin = visit_origin(visit, d->page.file_go);
        }
    }
    return true;
}

static bool told(Drawing *d, Error *err)
{
    char at[INSTANT_TEXT_SIZE];
    Visit *visit = d->visit;
    const OrderRow *row = &d->row;
    OrderShown shown;
    if (!order_shown(visit->act, row, &shown, err)) return false;
    d->way = shown.way;
    d->page = (OrderPage){.number = row->order_no,
                          .words = row->words,
                          .who = row->asked_by,
                          .since = str_copy(visit->arena, str_of(instant_in_japan(row->asked_at, at))),
                          .waits = shown.waits,
                          .works = shown.works,
                          .died = shown.died,
                          .done = row->state == ORDER_DONE,
                          .failed = row->state == ORDER_FAILED,
                          .said = row->said,
                          .file_origin = S(""),
                          .back = visit_path(visit, &route_page_prints, NULL, 0)};
    if (row->ended_at) d->page.ended = str_copy(visit->arena, str_of(instant_in_japan(row->ended_at, at)));
    if (d->page.works) work_told(d);
    steps_told(d);
    return made_told(d, err);
}

bool page_order(Visit *visit, Error *err)
{
    Drawing d = {.visit = visit};
    if (!order_of(visit, &d.row, err) || !told(&d, err)) return false;
    visit->renews = d.page.waits || d.page.works;
    visit->detail = str_format(visit->arena, "%d", (int)d.row.order_no);
    order_page_write(visit->page, &d.page);
    return true;
}

// ---- a trial leaves

static bool gone(Error *err)
{
    return FAIL(err, E_NOT_FOUND, .words = S("見本のファイルは、もうありません。もう一度作ってください。"));
}

bool send_order_file(Visit *visit, Error *err)
{
    OrderRow row;
    Sha256 hash;
    PaperLeaving leaving = {.reason = str_trim(web_value(visit->request->form, "reason"))};
    if (!order_of(visit, &row, err)) return false;
    Cut path = str_cut(str_cut(row.made, '\n').head, '\t');
    if (!str_starts(path.head, S("/")) || !sha256_parse(path.tail, &hash)) return gone(err);
    leaving.name = file_name_of(path.head);
    leaving.hash = &hash;
    int file = output_reopen(str_z(visit->arena, path.head), &hash);
    if (file < 0) return gone(err);
    bool left = paper_leaves(visit, file, &leaving, err);
    (void)close(file);
    return left;
}
