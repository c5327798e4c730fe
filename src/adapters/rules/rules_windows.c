// Trying the days of a finished schedule: no window may end before it begins, no grace may begin
// after the day it is a grace to.
// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"
#include "schedule_walk.h"

#include <assert.h>

// Days on which months, years and school years are awkward to count.
static const struct {
    int month, day;
} awkward[] = {{1, 1}, {1, 29}, {1, 30}, {1, 31}, {2, 28}, {2, 29},  {3, 1},   {3, 31}, {4, 1},
               {4, 2}, {5, 31}, {8, 31}, {9, 30}, {10, 1}, {10, 31}, {11, 30}, {12, 31}};

static bool of_birth_alone(const Schedule *s, int32_t term)
{
    assert(term >= 0 && term < s->terms.count);
    return !(s->terms.at[term].needs & ~(NEEDS_BIRTH | NEEDS_FACT));
}

typedef struct Trial {
    Reader *r;
    const Schedule *schedule;
    const Walk *walk;
    Day birth;
    bool *told;  // by note: one birth is enough
} Trial;

static void order_check(Trial *t, const char *code, int32_t early, int32_t late, int32_t slack,
                        int32_t note)
{
    assert(code[0]);
    char birth[DAY_TEXT_SIZE], a[DAY_TEXT_SIZE], b[DAY_TEXT_SIZE];
    if (!early || !late || t->told[note]) return;
    if (!of_birth_alone(t->schedule, early) || !of_birth_alone(t->schedule, late)) return;
    Day from = term_day(t->walk, early), to = term_day(t->walk, late);
    if (from == DAY_NONE || to == DAY_NONE || to >= from - slack) return;
    Place at = {.key = row_place(t->schedule, note).at};
    t->told[note] = true;
    fault(t->r, &at, code, "born %s: %s day %s is before %s day %s", day_text(t->birth, birth),
          code[1] == '1' ? "last" : "first", day_text(to, a), code[1] == '1' ? "first" : "grace",
          day_text(from, b));
}

// A window of no day (last = first - 1) is a year without a target: the law has such years.
static void birth_try(Trial *t)
{
    const Schedule *s = t->schedule;
    for (int i = 0; i < s->window_rows.count; i++) {
        const WindowRow *row = &s->window_rows.at[i];
        order_check(t, "W1", row->first, row->last, 1, row->head.note);
    }
    for (int i = 0; i < s->product_rows.count; i++) {
        const ProductRow *row = &s->product_rows.at[i];
        order_check(t, "W1", row->first, row->last, 1, row->head.note);
    }
    for (int i = 0; i < s->doses.count; i++) {
        const DoseRule *dose = &s->doses.at[i];
        order_check(t, "W1", dose->first, dose->last, 1, dose->note);
        order_check(t, "W2", dose->grace, dose->first, 0, dose->note);
    }
}

void days_try(Reader *r, const Schedule *schedule)
{
    assert(schedule && r->faults.count == 0);
    bool *told = NEW(r->arena, bool, schedule->notes.count);
    Person person;
    person_room(&person, schedule, r->arena);
    for (int year = 1920; year <= 2035; year++)
        for (ptrdiff_t i = 0; i < countof(awkward); i++) {
            if (!civil_valid(year, awkward[i].month, awkward[i].day)) continue;
            Subject subject = {.birth = day_of(year, awkward[i].month, awkward[i].day)};
            person_meet(&person, &subject);
            person_known(&person, (History){0}, subject.birth);
            Walk walk = {
                .person = &person, .on = subject.birth, .use = USE_JUDGE, .product = PRODUCT_NONE};
            Trial trial = {r, schedule, &walk, subject.birth, told};
            birth_try(&trial);
        }
}
