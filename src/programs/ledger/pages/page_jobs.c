// Long work of the ledger: what runs, what stopped, what is done; and what was asked for at a screen and never began.
// SPDX-License-Identifier: Apache-2.0
#include "jobs_shown.h"
#include "ledger_routes.h"
#include "order.h"

// Orders of letters and rehearsals have pages of their own.
static Path order_place(const Visit *visit, const JobWay *way)
{
    bool may;
    Error ignored;
    ptrdiff_t at = str_find(way->command, S(" --order "));
    bool letters = str_starts(way->command, str_of(order_notices.name));
    bool rehearsal = str_starts(way->command, str_of(order_rehearsal.name));
    const Route *route = letters ? &route_page_order : &route_page_rehearsal;
    if (at < 0 || !(letters || rehearsal) || !visit_may(visit, route, &may, &ignored) || !may) return NULL;
    Str number = str_from(way->command, at + S(" --order ").len);
    return visit_path(visit, route, &number, 1);
}

// Orders that have neither begun nor ended: their process could not start, or ended before it had a note.
static bool never_begun(Visit *visit, JobsPage *page, Error *err)
{
    enum { LOOKED_AT = 20 };
    OrderRows rows;
    if (!orders_read(visit->act->store, (Str){0}, LOOKED_AT, visit->arena, &rows, err)) return false;
    VEC_EACH (const OrderRow, row, rows) {
        JobWay way;
        char at[INSTANT_TEXT_SIZE];
        if (row->state > ORDER_AT_WORK || visit->act->now - row->asked_at < (Instant)ORDER_START_SECONDS * 1000000) continue;
        if (!order_way(visit->act, row->order_no, &way, err)) return false;
        if (way.since) continue;
        const JobWay asked = {.command = order_command(row, visit->arena)};
        Str since = str_copy(visit->arena, str_of(instant_in_japan(row->asked_at, at)));
        *job_line_rows_push(&page->troubled, visit->arena) =
            (JobLine){.title = row->words, .open = order_place(visit, &asked), .who = row->asked_by, .since = since, .ended = since,
                      .said = S("始まりませんでした。何も変わっていません。もう一度依頼してください。続くときは情報システム担当に連絡してください。")};
    }
    return true;
}

bool page_jobs(Visit *visit, Error *err)
{
    JobsPage page;
    if (!jobs_shown(visit, order_place, &page, err) || !never_begun(visit, &page, err)) return false;
    visit->prints = true;
    jobs_page_write(visit->page, &page);
    return true;
}
