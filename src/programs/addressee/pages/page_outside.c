// 住登外者: who they are, and whose identity must be confirmed again.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "dates.h"
#include "non_resident_rows.h"
#include "numbers.h"
#include "outside_html.h"
#include "visit_resident.h"

enum { SHOWN_MOST = 100 };

static bool line_add(const Visit *visit, const NonResidentRow *row, OutsideLineRows *lines, Error *err)
{
    const PersonState shown = state_shown(&row->state, row->person.protection);
    OutsideLine *line = outside_line_rows_push(lines, visit->arena);
    *line = (OutsideLine){.number = addressee_text(&row->who),
                          .name = resident_name(&shown),
                          .kana = shown.name_kana,
                          .birth = date_partial_era_text(visit->arena, shown.birth),
                          .place = person_field_words(&shown, person_field_named("address"), visit->arena),
                          .checked = date_era_text(visit->arena, row->checked_on),
                          .document = row->document,
                          .by = row->checked_by};
    visit_shows(visit, &row->who);
    return resident_path(visit, &route_page_resident, &row->who, &line->open, err);
}

static bool lines_add(const Visit *visit, Day checked_before, OutsideLineRows *lines, int64_t *count, Error *err)
{
    NonResidentRows rows;
    const NonResidentsAsked asked = {checked_before, SHOWN_MOST};
    if (!non_residents_listed(visit->act->store, &asked, visit->arena, &rows, count, err)) return false;
    VEC_EACH (const NonResidentRow, row, rows)
        if (!line_add(visit, row, lines, err)) return false;
    return true;
}

bool page_outside(Visit *visit, Error *err)
{
    bool adds;
    OfficeNumbers numbers;
    OutsidePage page = {0};
    if (!office_numbers(visit->act->store, *visit->arena, &numbers, err) ||
        !visit_may(visit, &route_page_outside_new, &adds, err))
        return false;
    page.months = numbers.at[NUMBER_STALE_MONTHS];
    Day before = month_add(visit->act->business_day, -(int)page.months, MONTHS_CLIP);
    if (!lines_add(visit, before, &page.stale, &page.stale_count, err) ||
        !lines_add(visit, DAY_NONE, &page.newest, &page.all, err))
        return false;
    if (adds) page.add = visit_path(visit, &route_page_outside_new, NULL, 0);
    visit->rows = page.stale.count + page.newest.count;
    visit->prints = true;
    outside_page_write(visit->page, &page);
    return true;
}
