// The first page of 団体内統合宛名: what does not fit, and waits for a person.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "doubts_html.h"
#include "unified_person_rows.h"
#include "unified_routes.h"
#include "unified_words.h"
#include "unified_work_rows.h"

static bool number_of(const Act *act, int64_t person_id, Arena *arena, Str *number, Error *err)
{
    UnifiedPerson person = {0};
    if (person_id && !unified_of_id(act->store, act->office->keys, person_id, arena, &person, err)) return false;
    *number = str_copy(arena, unified_text(&person.no));
    return true;
}

bool page_doubts(Visit *visit, Error *err)
{
    bool may;
    UnifiedWorks works;
    DoubtsPage page = {0};
    Arena *arena = visit->arena;
    if (!visit_may(visit, &route_page_doubt, &may, err) || !unified_works_open(visit->act->store, arena, &works, err))
        return false;
    VEC_EACH (const UnifiedWork, work, works) {
        Str number = str_format(arena, "%lld", (long long)work->work_no);
        DoubtLine line = {.no = work->work_no,
                          .kind = str_of(work_label(work->kind)),
                          .who = addressee_text(&work->who),
                          .since = date_era_text(arena, instant_day_in_japan(work->since)),
                          .stops = work_stops(work->kind) == STOPS_ALL,
                          .words = unified_work_words(work->kind)};
        if (may) line.open = visit_path(visit, &route_page_doubt, &number, 1);
        if (!number_of(visit->act, work->person_id, arena, &line.number, err) ||
            !number_of(visit->act, work->other_id, arena, &line.other, err))
            return false;
        if (line.who.len) visit_shows(visit, &work->who);
        *doubt_line_rows_push(&page.lines, arena) = line;
    }
    page.count = visit->rows = works.count;
    doubts_page_write(visit->page, &page);
    return true;
}
