// Who may do what, from when until when, and whose rights are to be looked at again: all the staff in one table.
// Law  controls C-3.3-06, C-3.3-08, C-3.3-10.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "numbers.h"
#include "rights_html.h"
#include "staff_shown.h"

#include <stdlib.h>

typedef struct Person {
    int64_t staff_no;
    Day until;     // the last day of all terms; DAY_MAX: no end, DAY_MIN: holds nothing
    Day reviewed;  // DAY_MIN: never
    bool overdue, ending;
    RightsLine line;
} Person;
VEC(People, Person, people);

typedef struct Drawing {
    Visit *visit;
    OfficeNumbers numbers;
    Day today;
    StaffReviewRows reviews;
    People all;
} Drawing;

static DutyCell cell_of(const Drawing *d, const StaffTermRow *row)
{
    Arena *arena = d->visit->arena;
    bool held = row->begins_on <= d->today && d->today <= row->ends_on;
    bool later = row->begins_on > d->today;
    Str words = later ? str_join(arena, date_era_text(arena, row->begins_on), S("から"))
                      : str_join(arena, term_until(row, arena), S("まで"));
    return (DutyCell){held, later, words};
}

static Person *person_of(Drawing *d, const StaffDutyRow *row)
{
    for (ptrdiff_t i = d->all.count - 1; i >= 0; i--)
        if (str_equal(d->all.at[i].line.name, row->name)) return &d->all.at[i];
    Person *person = people_push(&d->all, d->visit->arena);
    *person = (Person){.until = DAY_MIN, .reviewed = DAY_MIN, .line = {.name = row->name}};
    for (Duty duty = DUTY_NONE + 1; duty < DUTY_COUNT; duty++)
        *duty_cell_rows_push(&person->line.cells, d->visit->arena) = (DutyCell){.words = S("なし")};
    return person;
}

static void duty_added(Drawing *d, const StaffDutyRow *row)
{
    Duty duty;
    Person *person = person_of(d, row);
    if (!duty_named(row->duty, &duty)) return;
    bool limited = row->begins_on != DAY_NONE;
    const StaffTermRow term = {.limited = limited,
                               .begins_on = limited ? row->begins_on : DAY_MIN,
                               .ends_on = limited ? row->ends_on : DAY_MAX};
    DutyCell *cell = &person->line.cells.at[duty - 1], now = cell_of(d, &term);
    if (now.held || (now.later && !cell->held && !cell->later)) *cell = now;
    if (row->department.len) person->line.department = row->department;
    if (term.ends_on >= d->today && term.ends_on > person->until) person->until = term.ends_on;
    Day given = instant_day_in_japan(row->granted_at);
    if (person->reviewed < given) person->reviewed = given;  // whoever gave it has looked at it
}

// Numbers and reviews; then the words of the row.
static bool person_settled(Drawing *d, Person *person, Error *err)
{
    bool found;
    StaffRow staff;
    Arena *arena = d->visit->arena;
    Day given = person->reviewed, last = DAY_MIN;
    if (!staff_by_name(d->visit->act->store, person->line.name, arena, &staff, &found, err)) return false;
    person->staff_no = found ? staff.staff_no : 0;
    VEC_EACH (const StaffReviewRow, review, d->reviews) {
        Day on = instant_day_in_japan(review->reviewed_at);
        if (review->staff_no == person->staff_no && on > last) last = on;
    }
    if (last > given) person->reviewed = last;
    person->overdue = person->until != DAY_MIN &&
                      d->today - person->reviewed >= d->numbers.at[NUMBER_REVIEW_DAYS];
    person->ending = person->until != DAY_MIN && person->until != DAY_MAX &&
                     person->until - d->today <= d->numbers.at[NUMBER_TERM_NOTICE_DAYS];
    Str number = staff_number(d->visit, person->staff_no);
    person->line.open = visit_path(d->visit, &route_page_rights_of, &number, 1);
    person->line.review = visit_path(d->visit, &route_page_rights_review, &number, 1);
    person->line.overdue = person->overdue;
    person->line.ending = person->ending;
    if (person->until == DAY_MIN) person->line.until = S("権限なし");
    if (person->until != DAY_MIN && person->until != DAY_MAX) person->line.until = date_era_text(arena, person->until);
    person->line.reviewed = last == DAY_MIN ? S("まだ") : date_era_text(arena, last);
    return true;
}

static int urgent_first(const void *left, const void *right)
{
    const Person *a = left, *b = right;
    if (a->overdue != b->overdue) return a->overdue ? -1 : 1;
    if (a->ending != b->ending) return a->ending ? -1 : 1;
    return str_order(a->line.name, b->line.name);
}

bool page_rights(Visit *visit, Error *err)
{
    RightsPage page = {0};
    StaffDutyRows rows;
    Store *store = visit->act->store;
    Drawing d = {.visit = visit, .today = instant_day_in_japan(visit->act->now)};
    if (!office_numbers(store, *visit->arena, &d.numbers, err) || !staff_duties_read(store, visit->arena, &rows, err) ||
        !staff_reviews_read(store, 0, visit->arena, &d.reviews, err))
        return false;
    VEC_EACH (const StaffDutyRow, row, rows) duty_added(&d, row);
    VEC_EACH (Person, person, d.all)
        if (!person_settled(&d, person, err)) return false;
    if (d.all.count) qsort(d.all.at, (size_t)d.all.count, sizeof *d.all.at, urgent_first);
    for (Duty duty = DUTY_NONE + 1; duty < DUTY_COUNT; duty++)
        *duty_head_rows_push(&page.heads, visit->arena) = (DutyHead){str_of(duty_words(duty))};
    VEC_EACH (const Person, person, d.all) {
        page.overdue += person->overdue;
        page.ending += person->ending;
        *rights_line_rows_push(&page.lines, visit->arena) = person->line;
    }
    page.people = d.all.count;
    page.notice_days = d.numbers.at[NUMBER_TERM_NOTICE_DAYS];
    visit->rows = d.all.count;
    visit->prints = true;
    rights_page_write(visit->page, &page);
    return true;
}
