// Figures of the office: how many stood due over time, and what became of what clinics sent.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "chart_made.h"
#include "dates.h"
#include "ledger_routes.h"
#include "outcomes_html.h"
#include "stats_rows.h"
#include "stood_html.h"

enum { DAYS_SHOWN = 365, MONTHS_SHOWN = 3, SHARE_WIDTH = 2000, MANY_PART = 20, PERMILLE = 1000 };

// ---- over time

static bool stood_chart(Visit *visit, const StoodDays *days, Markup *markup, Error *err)
{
    Arena *arena = visit->arena;
    ptrdiff_t from = days->count > CHART_POINTS_MOST ? days->count - CHART_POINTS_MOST : 0;
    const StoodDay *last = &days->at[days->count - 1];
    ChartMade made = {.count = (int)(days->count - from), .top = 1, .goal = -1};
    for (int i = 0; i < made.count; i++) {
        const StoodDay *day = &days->at[from + i];
        made.city[i] = day->due + day->late;
        made.low[i] = day->late;
        if (made.city[i] > made.top) made.top = made.city[i];
    }
    made.top_words = str_format(arena, "%lld", (long long)made.top);
    made.bottom_words = S("0");
    made.value = str_format(arena, "%lld", (long long)(last->due + last->late));
    made.low_words = str_format(arena, "%lld", (long long)last->late);
    made.said = str_format(arena, "%.*sに対象で受けていない人・回は%.*s、標準の時期を過ぎたのは%.*s。数は表にあります。",
                           STR(date_era_text(arena, last->day)), STR(made.value), STR(made.low_words));
    return chart_made(&made, arena, markup, err);
}

bool page_stood(Visit *visit, Error *err)
{
    StoodDays days;
    Arena *arena = visit->arena;
    StoodPage page = {.coverage = visit_path(visit, &route_page_stats, NULL, 0),
                      .forecast = visit_path(visit, &route_page_forecast, NULL, 0),
                      .outcomes = visit_path(visit, &route_page_outcomes, NULL, 0)};
    if (!stood_days_read(visit->act->store, visit->act->business_day - DAYS_SHOWN, arena, &days, err))
        return false;
    if (days.count > 1 && !stood_chart(visit, &days, &page.chart, err)) return false;
    for (ptrdiff_t i = days.count; i-- > 0;) {
        const StoodDay *day = &days.at[i];
        *stood_line_rows_push(&page.lines, arena) =
            (StoodLine){date_era_text(arena, day->day), day->due + day->late, day->late};
    }
    visit->prints = true;
    stood_page_write(visit->page, &page);
    return true;
}

// ---- senders

static int32_t share(int64_t part, int64_t rows)
{
    return rows ? (int32_t)(part * SHARE_WIDTH / rows) : 0;
}

static SenderLine sender_line(const SenderOutcomes *o, Arena *arena)
{
    int64_t permille = o->rows ? o->returned * PERMILLE / o->rows : 0;
    SenderLine line = {.sender = o->sender,
                       .name = o->name,
                       .many = o->returned * MANY_PART > o->rows,
                       .rows = o->rows,
                       .accepted = o->accepted,
                       .warned = o->warned,
                       .review = o->review,
                       .returned = o->returned,
                       .duplicate = o->duplicate,
                       .a = share(o->accepted, o->rows),
                       .w = share(o->warned, o->rows),
                       .v = share(o->review, o->rows),
                       .r = share(o->returned, o->rows)};
    line.at_w = line.a;
    line.at_v = line.at_w + line.w;
    line.at_r = line.at_v + line.v;
    line.part = str_format(arena, "%lld.%lld％", (long long)(permille / 10), (long long)(permille % 10));
    return line;
}

bool page_outcomes(Visit *visit, Error *err)
{
    SenderOutcomeRows senders;
    Arena *arena = visit->arena;
    CivilDate c = civil_of(visit->act->business_day);
    int last = c.year * 12 + c.month - 1, first = last - MONTHS_SHOWN;
    OutcomesPage page = {.coverage = visit_path(visit, &route_page_stats, NULL, 0),
                         .forecast = visit_path(visit, &route_page_forecast, NULL, 0),
                         .stood = visit_path(visit, &route_page_stood, NULL, 0)};
    page.months = str_format(arena, "%d年%d月分から", first / 12, first % 12 + 1);
    if (!sender_outcomes_read(visit->act->store, first / 12 * 100 + first % 12 + 1,
                              last / 12 * 100 + last % 12 + 1, arena, &senders, err))
        return false;
    VEC_EACH (const SenderOutcomes, o, senders) {
        *sender_line_rows_push(&page.lines, arena) = sender_line(o, arena);
        page.rows += o->rows;
    }
    visit->prints = true;
    outcomes_page_write(visit->page, &page);
    return true;
}
