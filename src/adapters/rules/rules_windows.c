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

// Two days of a row of which the second never lies before the first less `slack` days.
typedef struct InOrder {
    const char
        *code;  // W1: first and last day of a window; W2: a grace and the day it is a grace to
    int32_t early, late, slack, note;
} InOrder;

VEC(InOrders, InOrder, in_orders);

typedef struct Trial {
    Reader *r;
    const Schedule *schedule;
    InOrders pairs;  // those of birth alone: the others hang on what happens to a person
    bool *told;      // by note: one birth is enough
} Trial;

static void pair_add(Trial *t, const char *code, int32_t early, int32_t late, int32_t slack,
                     int32_t note)
{
    assert(code[0] == 'W');
    if (!early || !late || !of_birth_alone(t->schedule, early) ||
        !of_birth_alone(t->schedule, late))
        return;
    *in_orders_push(&t->pairs, t->r->arena) = (InOrder){code, early, late, slack, note};
}

// A window of no day (last = first - 1) is a year without a target: the law has such years.
static void pairs_found(Trial *t)
{
    const Schedule *s = t->schedule;
    for (int i = 0; i < s->window_rows.count; i++) {
        const WindowRow *row = &s->window_rows.at[i];
        pair_add(t, "W1", row->first, row->last, 1, row->head.note);
    }
    for (int i = 0; i < s->product_rows.count; i++) {
        const ProductRow *row = &s->product_rows.at[i];
        pair_add(t, "W1", row->first, row->last, 1, row->head.note);
    }
    for (int i = 0; i < s->doses.count; i++) {
        const DoseRule *dose = &s->doses.at[i];
        pair_add(t, "W1", dose->first, dose->last, 1, dose->note);
        pair_add(t, "W2", dose->grace, dose->first, 0, dose->note);
    }
}

static void pair_told(Trial *t, const InOrder *pair, Day birth, Day from, Day to)
{
    char born[DAY_TEXT_SIZE], a[DAY_TEXT_SIZE], b[DAY_TEXT_SIZE];
    Place at = {.key = row_place(t->schedule, pair->note).at};
    bool window = pair->code[1] == '1';
    t->told[pair->note] = true;
    fault(t->r, &at, pair->code,
          "%s 生まれの人では、%s の日 %s が %s の日 %s より前です。期間の語を確かめてください。",
          day_text(birth, born), window ? "last" : "first", day_text(to, a),
          window ? "first" : "grace", day_text(from, b));
}

static void birth_try(Trial *t, const Walk *walk, Day birth)
{
    VEC_EACH (const InOrder, pair, t->pairs) {
        if (t->told[pair->note]) continue;
        Day from = term_day(walk, pair->early), to = term_day(walk, pair->late);
        if (from != DAY_NONE && to != DAY_NONE && to < from - pair->slack)
            pair_told(t, pair, birth, from, to);
    }
}

void days_try(Reader *r, const Schedule *schedule)
{
    assert(schedule && r->faults.count == 0);
    Trial trial = {
        .r = r, .schedule = schedule, .told = NEW(r->arena, bool, schedule->notes.count)};
    Person person;
    person_room(&person, schedule, r->arena);
    pairs_found(&trial);
    for (int year = 1920; year <= 2035; year++)
        for (ptrdiff_t i = 0; i < countof(awkward); i++) {
            if (!civil_valid(year, awkward[i].month, awkward[i].day)) continue;
            Subject subject = {.birth = day_of(year, awkward[i].month, awkward[i].day)};
            person_meet(&person, &subject);
            person_known(&person, (History){0}, subject.birth);
            Walk walk = {
                .person = &person, .on = subject.birth, .use = USE_JUDGE, .product = PRODUCT_NONE};
            birth_try(&trial, &walk, subject.birth);
        }
}
