// Doses that will be needed, month by month (needed_list.h), as bars and as a table.
// SPDX-License-Identifier: Apache-2.0
#include "bars_html.h"
#include "calendar.h"
#include "dates.h"
#include "forecast_html.h"
#include "ledger_routes.h"
#include "life_series.h"
#include "needed_list.h"
#include "small_cells.h"

enum { MONTHS = 13, BAR_STEP = 520, BAR_WIDTH = 360, LEFT = 140, BASE = 1600, TALLEST = 1350, TEXT_UP = 50 };

// The table with its totals (the last row and column), and what of it is told.
typedef struct Needed {
    NeededRows rows;
    SmallCells cells;
} Needed;

static int64_t needed_count(const Needed *n, int row, int month)
{
    return n->cells.count[row * n->cells.columns + month];
}

static void counted(const NeededRows *rows, Needed *n, Arena *arena)
{
    int lines = (int)rows->count, columns = MONTHS + 1;
    int64_t *count = NEW(arena, int64_t, (ptrdiff_t)(lines + 1) * columns);
    for (int r = 0; r < lines; r++)
        for (int m = 0; m < MONTHS; m++) {
            int64_t people = rows->at[r].people[m];
            count[r * columns + m] = people;
            count[r * columns + MONTHS] += people;
            count[lines * columns + m] += people;
            count[lines * columns + MONTHS] += people;
        }
    *n = (Needed){*rows, {lines + 1, columns, count, NEW(arena, bool, (ptrdiff_t)(lines + 1) * columns)}};
    small_cells_hide(&n->cells, *arena);
}

static Str told(const Needed *n, int row, int month, Arena *arena)
{
    if (small_cell_hidden(&n->cells, row, month)) return S("＊");
    return str_format(arena, "%lld", (long long)needed_count(n, row, month));
}

// The last row of the table: a month that is not told has no bar.
static bool bars(const Visit *visit, const Needed *n, const Str *names, Markup *markup, Error *err)
{
    int64_t most = 1;
    Arena *arena = visit->arena;
    Bars made = {0};
    int all = n->cells.rows - 1;
    for (int m = 0; m < MONTHS; m++)
        if (!small_cell_hidden(&n->cells, all, m) && needed_count(n, all, m) > most) most = needed_count(n, all, m);
    for (int m = 0; m < MONTHS; m++) {
        int64_t people = small_cell_hidden(&n->cells, all, m) ? 0 : needed_count(n, all, m);
        int32_t height = (int32_t)(TALLEST * people / most), x = LEFT + BAR_STEP * m;
        *bar_mark_rows_push(&made.bars, arena) = (BarMark){.x = x,
                                                   .y = BASE - height,
                                                   .width = BAR_WIDTH,
                                                   .height = height,
                                                   .middle = x + BAR_WIDTH / 2,
                                                   .text = BASE - height - TEXT_UP,
                                                   .value = told(n, all, m, arena),
                                                   .month = names[m]};
    }
    made.said = str_format(arena, "今月から13か月に必要な接種の回数。合わせて%.*s回。数は表にあります。", STR(told(n, all, MONTHS, arena)));
    Page *page = page_begin(arena);
    bars_write(page, &made);
    return page_end(page, markup, err);
}

static void line_add(const Needed *n, int row, Str what, ForecastPage *page, Arena *arena)
{
    ForecastLine line = {.what = what};
    for (int m = 0; m <= MONTHS; m++)
        *month_cell_rows_push(&line.cells, arena) = (MonthCell){needed_count(n, row, m), small_cell_hidden(&n->cells, row, m)};
    *forecast_line_rows_push(&page->lines, arena) = line;
}

bool page_forecast(Visit *visit, Error *err)
{
    Ledger ledger;
    NeededRows rows;
    bool there;
    Str names[MONTHS];
    Needed needed;
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
    counted(&rows, &needed, arena);
    VEC_EACH (const NeededRow, row, rows)
        line_add(&needed, (int)(row - rows.at), life_dose_words(ledger.schedule, row->group, row->position, arena), &page, arena);
    if (rows.count) line_add(&needed, needed.cells.rows - 1, S("計"), &page, arena);
    page.all = told(&needed, needed.cells.rows - 1, MONTHS, arena);
    if (!bars(visit, &needed, names, &page.chart, err)) return false;
    visit->prints = true;
    forecast_page_write(visit->page, &page);
    return true;
}
