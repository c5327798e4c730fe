// Coverage on a screen: a small picture of each vaccine against 95 %, and one vaccine by birth month and ward.
// SPDX-License-Identifier: Apache-2.0
#include "chart_made.h"
#include "coverage_html.h"
#include "coverage_rows.h"
#include "dates.h"
#include "ledger_routes.h"
#include "stats_html.h"

#include <stdlib.h>

enum { GOAL_TENTHS = 950, TOP_TENTHS = 1000, FAR_PEOPLE = 100, QUARTER = 3 };

typedef struct Drawing {
    Visit *visit;
    Ledger ledger;
    CityWards wards;
    CoverageRead read;
    int bottom;  // of every picture's scale, in tenths of a percent
} Drawing;

static bool drawing_begin(Visit *visit, Drawing *d, Error *err)
{
    bool there;
    *d = (Drawing){.visit = visit};
    if (!visit_ledger(visit, &d->ledger, err) ||
        !city_wards(visit->act->store, visit->arena, &d->wards, err) ||
        !coverage_read(&d->ledger, visit->act->business_day, &d->wards, visit->arena, &d->read,
                       &there, err))
        return false;
    return true;
}

static Str tenths_words(const Drawing *d, const CoverageCell *cell)
{
    int tenths = coverage_tenths(cell);
    if (cell->hidden) return S("＊");
    return str_format(d->visit->arena, "%d.%d％", tenths / 10, tenths % 10);
}

static Str month_words(const Drawing *d, int month)
{
    int months = d->read.first_year * 12 + d->read.first_month - 1 + month;
    return date_month_text(d->visit->arena, months / 12, months % 12 + 1);
}

static Str title_of(const Drawing *d, const Coverage *c)
{
    return group_name(d->ledger.schedule, c->group);
}

// The ward that is told and stands lowest; -1: none.
static int lowest_ward(const Drawing *d, const Coverage *c)
{
    int lowest = -1;
    for (int w = 0; w < d->wards.count; w++)
        if (!c->ward[w].hidden &&
            (lowest < 0 || coverage_tenths(&c->ward[w]) < coverage_tenths(&c->ward[lowest])))
            lowest = w;
    return lowest;
}

// ---- pictures

static int64_t point_of(const CoverageCell *cell)
{
    return cell->hidden ? -1 : coverage_tenths(cell);
}

// In a small city a month is seldom told: its picture is drawn by quarters, but for one that would tell by subtraction.
static bool by_quarters(const Coverage *c)
{
    int hidden = 0;
    for (int m = 0; m < COVERAGE_MONTHS; m++) hidden += c->month[m].hidden;
    return hidden > COVERAGE_MONTHS / 4;
}

static int64_t quarter_of(const CoverageCell *months)
{
    int hidden = 0;
    CoverageCell all = {0};
    for (int m = 0; m < QUARTER; m++) {
        all.people += months[m].people;
        all.done += months[m].done;
        hidden += months[m].hidden;
    }
    all.hidden = all.people < COVERAGE_LEAST || hidden == 1;
    return point_of(&all);
}

// -> how many points.
static int points_of(const CoverageCell *months, bool quarters, int64_t *points)
{
    int step = quarters ? QUARTER : 1;
    for (int m = 0; m < COVERAGE_MONTHS; m += step)
        points[m / step] = quarters ? quarter_of(&months[m]) : point_of(&months[m]);
    return COVERAGE_MONTHS / step;
}

static bool chart(const Drawing *d, const Coverage *c, Markup *markup, Error *err)
{
    Arena *arena = d->visit->arena;
    int low = lowest_ward(d, c);
    bool quarters = by_quarters(c);
    ChartMade made = {.bottom = d->bottom,
                      .top = TOP_TENTHS,
                      .goal = GOAL_TENTHS,
                      .bottom_words = str_format(arena, "%d％", d->bottom / 10),
                      .first = month_words(d, c->first_month),
                      .last = month_words(d, c->first_month + COVERAGE_MONTHS - 1),
                      .value = tenths_words(d, &c->all)};
    made.count = points_of(c->month, quarters, made.city);
    for (int i = 0; i < made.count; i++) made.low[i] = -1;
    if (low >= 0) (void)points_of(c->ward_month[low], quarters, made.low);
    if (low >= 0)
        made.low_words = str_format(arena, "%.*s %.*s", STR(d->wards.at[low].name),
                                    STR(tenths_words(d, &c->ward[low])));
    made.said = str_format(arena, "%.*s。生まれ月12か月の接種率は全市 %.*s%s%.*s。数は表にあります。",
                           STR(title_of(d, c)), STR(made.value),
                           made.low_words.len ? "、いちばん低い区は" : "", STR(made.low_words));
    return chart_made(&made, arena, markup, err);
}

// One scale for all: down to 80 %, or to where the lowest point needs it.
static int bottom_of(const Coverages *all)
{
    int64_t least = TOP_TENTHS;
    VEC_EACH (const Coverage, c, *all) {
        int64_t points[COVERAGE_MONTHS];
        int count = points_of(c->month, by_quarters(c), points);
        for (int i = 0; i < count; i++)
            if (points[i] >= 0 && points[i] < least) least = points[i];
    }
    return least >= 800 ? 800 : least >= 500 ? 500 : 0;
}

// ---- all vaccines

static int by_missing(const void *left, const void *right)
{
    const CoverageLine *a = left, *b = right;
    if (a->missing != b->missing) return a->missing > b->missing ? -1 : 1;
    return (a->people < b->people) - (a->people > b->people);
}

static bool vaccine_add(const Drawing *d, const Coverage *c, StatsPage *page, Error *err)
{
    Arena *arena = d->visit->arena;
    int low = lowest_ward(d, c);
    int32_t missing = coverage_missing(&c->all);
    Str id = group_id(d->ledger.schedule, c->group);
    CoverageFigure figure = {.title = title_of(d, c), .good = !missing, .missing = missing};
    if (!chart(d, c, &figure.chart, err)) return false;
    *coverage_figure_rows_push(&page->figures, arena) = figure;
    CoverageLine line = {.open = visit_path(d->visit, &route_page_coverage, &id, 1),
                         .what = title_of(d, c),
                         .far = missing >= FAR_PEOPLE,
                         .city = tenths_words(d, &c->all),
                         .people = c->all.people,
                         .good = !missing,
                         .missing = missing};
    if (low >= 0)
        line.low = str_format(arena, "%.*s %.*s", STR(d->wards.at[low].name),
                              STR(tenths_words(d, &c->ward[low])));
    *coverage_line_rows_push(&page->lines, arena) = line;
    return true;
}

bool page_stats(Visit *visit, Error *err)
{
    Drawing d;
    if (!drawing_begin(visit, &d, err)) return false;
    StatsPage page = {.day = date_era_text(visit->arena, visit->act->business_day),
                      .forecast = visit_path(visit, &route_page_forecast, NULL, 0),
                      .stood = visit_path(visit, &route_page_stood, NULL, 0),
                      .outcomes = visit_path(visit, &route_page_outcomes, NULL, 0)};
    d.bottom = bottom_of(&d.read.all);
    VEC_EACH (const Coverage, c, d.read.all)
        if (!c->all.hidden && !vaccine_add(&d, c, &page, err)) return false;
    if (page.lines.count)
        qsort(page.lines.at, (size_t)page.lines.count, sizeof *page.lines.at, by_missing);
    visit->prints = true;
    stats_page_write(visit->page, &page);
    return true;
}

// ---- one vaccine

static void months(const Drawing *d, const Coverage *c, CoveragePage *page)
{
    Arena *arena = d->visit->arena;
    for (int m = 0; m < COVERAGE_MONTHS; m++) {
        CoverageMonth line = {.month = month_words(d, c->first_month + m),
                              .city = tenths_words(d, &c->month[m]),
                              .people = c->month[m].people,
                              .told = !c->month[m].hidden};
        for (int w = 0; w < d->wards.count; w++)
            *coverage_cells_rows_push(&line.cells, arena) =
                (CoverageCells){tenths_words(d, &c->ward_month[w][m])};
        *coverage_month_rows_push(&page->months, arena) = line;
    }
}

static bool one_draw(Drawing *d, const Coverage *c, Error *err)
{
    Arena *arena = d->visit->arena;
    CoveragePage page = {.title = title_of(d, c),
                         .missing = coverage_missing(&c->all),
                         .all = tenths_words(d, &c->all),
                         .people = c->all.people,
                         .told = !c->all.hidden};
    const Coverages alone = {.at = (Coverage *)(uintptr_t)c, .count = 1};
    d->bottom = bottom_of(&alone);
    page.good = !page.missing;
    if (!chart(d, c, &page.chart, err)) return false;
    VEC_EACH (const CityWard, w, d->wards) {
        *coverage_head_rows_push(&page.heads, arena) = (CoverageHead){w->name};
        *coverage_cells_rows_push(&page.wards, arena) =
            (CoverageCells){tenths_words(d, &c->ward[w - d->wards.at])};
    }
    months(d, c, &page);
    d->visit->prints = true;
    coverage_page_write(d->visit->page, &page);
    return true;
}

bool page_coverage(Visit *visit, Error *err)
{
    Drawing d;
    if (!drawing_begin(visit, &d, err)) return false;
    int group = group_find(d.ledger.schedule, visit->variables[0]);
    VEC_EACH (const Coverage, c, d.read.all)
        if (c->group == group) return one_draw(&d, c, err);
    return FAIL(err, E_NOT_FOUND,
                .words = S("この種類の接種率はありません。「統計」から開き直してください。"));
}
