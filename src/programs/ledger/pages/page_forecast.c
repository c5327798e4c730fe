// Doses that will be needed, month by month (needed_list.h), as bars and as a table.
// SPDX-License-Identifier: Apache-2.0
#include "bars_html.h"
#include "calendar.h"
#include "dates.h"
#include "forecast_html.h"
#include "ledger_routes.h"
#include "life_series.h"
#include "needed_list.h"

enum { MONTHS = 13, FEW = 10, BAR_STEP = 520, BAR_WIDTH = 360, LEFT = 140, BASE = 1600, TALLEST = 1350, TEXT_UP = 50 };

static Str count_words(int64_t people, Arena *arena)
{
    return people < FEW && people ? S("10未満") : str_format(arena, "%lld", (long long)people);
}

static bool bars(Visit *visit, const int64_t *months, const Str *names, Markup *markup, Error *err)
{
    int64_t most = 1, all = 0;
    Arena *arena = visit->arena;
    Bars made = {0};
    for (int m = 0; m < MONTHS; m++) {
        most = months[m] > most ? months[m] : most;
        all += months[m];
    }
    for (int m = 0; m < MONTHS; m++) {
        int32_t height = (int32_t)(TALLEST * months[m] / most), x = LEFT + BAR_STEP * m;
        *bar_mark_rows_push(&made.bars, arena) = (BarMark){.x = x,
                                                   .y = BASE - height,
                                                   .width = BAR_WIDTH,
                                                   .height = height,
                                                   .middle = x + BAR_WIDTH / 2,
                                                   .text = BASE - height - TEXT_UP,
                                                   .value = count_words(months[m], arena),
                                                   .month = names[m]};
    }
    made.said = str_format(arena, "今月から13か月に必要な接種の回数。合わせて%lld回。数は表にあります。",
                           (long long)all);
    Page *page = page_begin(arena);
    bars_write(page, &made);
    return page_end(page, markup, err);
}

static void line_add(const Ledger *ledger, const NeededRow *row, ForecastPage *page, Arena *arena)
{
    ForecastLine line = {.what = life_dose_words(ledger->schedule, row->group, row->position, arena)};
    for (int m = 0; m < MONTHS; m++) {
        line.all += row->people[m];
        *month_cell_rows_push(&line.cells, arena) =
            (MonthCell){row->people[m], row->people[m] && row->people[m] < FEW};
    }
    line.few = line.all < FEW;
    page->all += line.all;
    *forecast_line_rows_push(&page->lines, arena) = line;
}

bool page_forecast(Visit *visit, Error *err)
{
    Ledger ledger;
    NeededRows rows;
    bool there;
    Str names[MONTHS];
    int64_t months[MONTHS] = {0};
    Day today = visit->act->business_day;
    CivilDate c = civil_of(today);
    Arena *arena = visit->arena;
    ForecastPage page = {.coverage = visit_path(visit, &route_page_stats, NULL, 0),
                         .stood = visit_path(visit, &route_page_stood, NULL, 0),
                         .outcomes = visit_path(visit, &route_page_outcomes, NULL, 0)};
    if (!visit_ledger(visit, &ledger, err) ||
        !needed_list(&ledger, today, MONTHS, &rows, &there, err))
        return false;
    for (int m = 0; m < MONTHS; m++) {
        int month = c.year * 12 + c.month - 1 + m;
        names[m] = date_month_text(arena, month / 12, month % 12 + 1);
        *month_head_rows_push(&page.heads, arena) = (MonthHead){names[m]};
    }
    VEC_EACH (const NeededRow, row, rows) {
        line_add(&ledger, row, &page, arena);
        for (int m = 0; m < MONTHS; m++) months[m] += row->people[m];
    }
    if (!bars(visit, months, names, &page.chart, err)) return false;
    visit->prints = true;
    forecast_page_write(visit->page, &page);
    return true;
}
