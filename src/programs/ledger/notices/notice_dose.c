// SPDX-License-Identifier: Apache-2.0
#include "notice_dose.h"

#include <assert.h>

// What the rules show of the dose in a word, by which papers choose theirs (HPV: of two doses or of three).
static Str shown_text(const Schedule *schedule, const NextDose *next)
{
    for (int i = 0; i < next->shown_count; i++)
        if (next->shown[i].text != TEXT_NONE) return schedule_text(schedule, next->shown[i].text);
    return (Str){0};
}

static int32_t product_of(const Case *c, int32_t entry)
{
    return c->vague ? c->partial[entry].product : c->history.at[entry].product;
}

// Of the last dose that stands in the series.
static Str previous_product(const Case *c, const GroupAssessment *group)
{
    for (int i = group->dose_count - 1; i >= 0; i--) {
        const DoseVerdict *v = &group->doses[i];
        if (v->status == STATUS_VALID || v->status == STATUS_COUNTED)
            return product_id(c->schedule, product_of(c, v->entry));
    }
    return (Str){0};
}

static Day end_with(const NextDose *next, int32_t product)
{
    for (int i = 0; i < next->last_by_product_count; i++)
        if (next->last_by_product[i].product == product) return next->last_by_product[i].day;
    return next->last;
}

static void put_product(PaperDose *dose, PaperProduct *products, const Case *c,
                        const NextDose *next, int32_t product, Day safe, Day as_of)
{
    Day last = end_with(next, product);
    // Its own end has gone by: nobody may be led to it.
    if (last != DAY_NONE && (last < as_of || last < next->earliest)) return;
    products[dose->product_count++] = (PaperProduct){product_id(c->schedule, product), last, safe};
}

// The products that the engine offers, or those that have ends of their own. Where it says neither, the
// paper lists those of its own table that are in use.
static void put_products(PaperDose *dose, const Case *c, const GroupAssessment *group, Day as_of,
                         Arena *arena)
{
    const NextDose *next = &group->next;
    bool offered = next->offer_count > 0;
    int count = offered ? next->offer_count : next->last_by_product_count;
    ProductDay safe[SAFE_PRODUCTS_MAX];
    int safe_count = case_safe_by_product(c, group, as_of, safe, *arena);
    PaperProduct *products = NEW(arena, PaperProduct, count);
    dose->products = products;
    for (int i = 0; i < count; i++) {
        int32_t product = offered ? next->offer[i] : next->last_by_product[i].product;
        Day day = i < safe_count ? safe[i].day : safe_count ? DAY_NONE : dose->last_safe;
        put_product(dose, products, c, next, product, day, as_of);
    }
}

// ---- a right that was opened again

// Products with which the right ends sooner, or that it does not open at all.
static void put_right_ends(PaperDose *dose, const Case *c, const SubjectSpan *span,
                           const GroupAssessment *group, Day as_of, Arena *arena)
{
    const Schedule *schedule = c->schedule;
    PaperProduct *ends = NEW(arena, PaperProduct, product_count(schedule));
    dose->right_ends = ends;
    for (int product = 0; product < product_count(schedule); product++) {
        DaySpan opens;
        if (!group_lists(schedule, span->group, product)) continue;
        bool any = case_span_opens(c, span, product, as_of, &opens, *arena);
        Day last = any ? opens.last : dose->right.first - 1;
        if (last >= dose->right.last) continue;
        Day safe = case_last_safe_with(c, group, product, as_of, *arena);
        ends[dose->right_end_count++] = (PaperProduct){product_id(schedule, product), last, safe};
    }
}

// The days on which this dose can still be given are no ordinary target days to their end: a special circumstance
// opened some of them, a measure for a time may have lengthened them as well.
static void put_right(PaperDose *dose, const Case *c, const GroupAssessment *assessed, Day as_of,
                      Arena *arena)
{
    Measure measure;
    int group = assessed->group;
    DaySpan last = {dose->last, dose->last};
    DaySpan days = {dose->earliest > as_of ? dose->earliest : as_of, dose->last};
    if (dose->last == DAY_NONE || case_last_target(c, group, last, *arena) != DAY_NONE) return;
    if (case_measure(c, group, days, as_of, &measure, *arena) && measure.words.len) {
        dose->measure = measure.words;
        dose->measured = measure.days;
    }
    for (int i = 0; i < c->subject.span_count && !dose->reopened; i++) {
        const SubjectSpan *span = &c->subject.spans[i];
        DaySpan opens;
        if (span->group != group ||
            !case_span_opens(c, span, PRODUCT_NONE, as_of, &opens, *arena) ||
            days.last < opens.first || opens.last < days.first)
            continue;
        dose->reopened = true;
        dose->right = opens;
        put_right_ends(dose, c, span, assessed, as_of, arena);
    }
    if (dose->reopened || dose->measure.len)
        dose->standard_from = dose->standard_to = DAY_NONE;  // long gone by
}

// ---- what no longer fits

typedef struct Trial {
    const Case *c;
    int group;
    HistoryEntry *entries;
    int count;
} Trial;

enum { TRIAL_DOSES = 6 };

static Trial trial_begin(const Case *c, int group, Arena *arena)
{
    Trial trial = {c, group, NEW(arena, HistoryEntry, c->history.count + TRIAL_DOSES),
                   c->history.count};
    for (int i = 0; i < trial.count; i++) trial.entries[i] = c->history.at[i];
    return trial;
}

// The answer after a dose of this product on `day`; false when the rules object to that dose.
static bool given(const Trial *trial, int product, Day day, Arena *arena, GroupAssessment *after)
{
    const Case *c = trial->c;
    trial->entries[trial->count] = (HistoryEntry){.given_on = day, .product = product};
    *after = assess_group(c->schedule, trial->group, &c->subject,
                          (History){trial->entries, trial->count + 1}, day, arena);
    for (int i = 0; i < after->dose_count; i++)
        if (after->doses[i].entry == trial->count) return after->doses[i].status == STATUS_VALID;
    return false;
}

static bool given_somehow(const Trial *trial, const NextDose *next, Day day, Arena *arena,
                          GroupAssessment *after)
{
    const Schedule *schedule = trial->c->schedule;
    for (int i = 0; i < next->offer_count; i++)
        if (given(trial, next->offer[i], day, arena, after)) return true;
    for (int product = 0; !next->offer_count && product < product_count(schedule); product++)
        if (group_lists(schedule, trial->group, product) &&
            given(trial, product, day, arena, after))
            return true;
    return false;
}

// Every dose on the first day on which it may be given from now on: the last position that can be.
static Str last_within(const Case *c, const GroupAssessment *group, Day as_of, Arena scratch)
{
    Trial trial = trial_begin(c, group->group, &scratch);
    GroupAssessment now = *group;
    int32_t within = group->next.position;
    Day day = as_of;
    for (int i = 0; i < TRIAL_DOSES && now.has_next; i++) {
        if (now.next.earliest > day) day = now.next.earliest;
        if (now.next.last != DAY_NONE && day > now.next.last) break;
        within = now.next.position;
        NextDose next = now.next;
        if (!given_somehow(&trial, &next, day, &scratch, &now)) break;
        trial.count++;
        day++;
    }
    return schedule_text(c->schedule, within);
}

// The series has an end, and no day is left from which all its doses fit.
static bool unfinishable(const DueRow *row, Day as_of)
{
    return row->last != DAY_NONE && (row->last_safe == DAY_NONE || row->last_safe < as_of);
}

PaperDose notice_dose(const Case *c, const DueRow *row, Day as_of, Arena *arena)
{
    assert(as_of != DAY_NONE);
    assert(row->group >= 0 && row->group < group_count(c->schedule));
    PaperDose dose = {
        .series = group_id(c->schedule, row->group),
        .position = schedule_text(c->schedule, row->position),
        .earliest = row->earliest,
        .standard_from = row->standard_from,
        .standard_to = row->standard_to,
        .last = row->last,
        .last_safe = row->last_safe,
    };
    Assessment assessed = case_assess_some(c, (uint64_t)1 << row->group, as_of, arena);
    const GroupAssessment *group = &assessed.groups[0];
    // A dose came in between: the second look before release holds the letter back.
    if (!group->has_next || group->next.position != row->position) return dose;
    dose.path = shown_text(c->schedule, &group->next);
    if (group->series != SERIES_NONE) dose.course = series_id(c->schedule, group->series);
    dose.previous = previous_product(c, group);
    put_products(&dose, c, group, as_of, arena);
    put_right(&dose, c, group, as_of, arena);
    if (unfinishable(row, as_of)) dose.last_within = last_within(c, group, as_of, *arena);
    return dose;
}
