// Vague dates: every combination of the first and the last day that the papers may mean is judged, and what they
// agree on is the answer.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

enum {
    VAGUE_MAX = 5,     // of so many vague dates every combination is judged
    VAGUE_MOST = 24,   // of so many each alone against all others: enough to know that nothing is asked any more
    MONTHS_DIFFER = 3  // days by which months have other lengths
};

typedef struct Vague {
    const Schedule *schedule;
    const PartialSubject *subject;
    const PartialEntry *entries;
    DaySpan *spans;  // of the entries
    DaySpan birth;
    int count, vague_count;
    int vague[VAGUE_MOST + 1];  // entries; -1: the birth date
    Day as_of;
} Vague;

// By how much the readings of a combination lie apart from those of the last days.
static Day days_apart(const Vague *v, unsigned combination)
{
    Day apart = 0;
    for (int i = 0; i < v->vague_count; i++) {
        DaySpan span = v->vague[i] < 0 ? v->birth : v->spans[v->vague[i]];
        if (!(combination >> i & 1)) apart += span.last - span.first + MONTHS_DIFFER;
    }
    return apart;
}

static Day last_of(DaySpan span, bool last)
{
    return last ? span.last : span.first;
}

static bool combination_last(const Vague *v, int entry, unsigned combination)
{
    for (int i = 0; i < v->vague_count; i++)
        if (v->vague[i] == entry) return combination >> i & 1;
    return true;
}

// Entries keep the caller's order on one day; `reference` carries their index while they are sorted.
static Assessment assess_combination(const Vague *v, unsigned combination, Arena *arena)
{
    HistoryEntry *entries = NEW(arena, HistoryEntry, v->count);
    for (int i = 0; i < v->count; i++)
        entries[i] = (HistoryEntry){
            .given_on = last_of(v->spans[i], combination_last(v, i, combination)),
            .product = v->entries[i].product,
            .funding = v->entries[i].funding,
            .override = v->entries[i].override,
            .reference = i,
            .accepted_for = v->entries[i].accepted_for,
        };
    history_sort(entries, v->count);
    Subject *subject = NEW(arena, Subject, 1);
    *subject = (Subject){
        .birth = last_of(v->birth, combination_last(v, -1, combination)),
        .sex = v->subject->sex,
        .facts = v->subject->facts,
        .fact_count = v->subject->fact_count,
        .spans = v->subject->spans,
        .span_count = v->subject->span_count,
    };
    Assessment a = assess(v->schedule, subject, (History){entries, v->count}, v->as_of, arena);
    GroupAssessment *groups = NEW(arena, GroupAssessment, a.group_count);
    for (int g = 0; g < a.group_count; g++) {
        groups[g] = a.groups[g];
        DoseVerdict *doses = NEW(arena, DoseVerdict, groups[g].dose_count);
        for (int i = 0; i < groups[g].dose_count; i++) {
            doses[i] = a.groups[g].doses[i];
            doses[i].entry = (int32_t)entries[doses[i].entry].reference;
        }
        groups[g].doses = doses;
    }
    a.groups = groups;
    return a;
}

static bool verdict_same(const DoseVerdict *a, const DoseVerdict *b)
{
    if (a->entry != b->entry || a->position != b->position || a->status != b->status ||
        a->reason_count != b->reason_count)
        return false;
    for (int i = 0; i < a->reason_count; i++)
        if (a->reasons[i].code != b->reasons[i].code) return false;
    return true;
}

// Two readings move a day by as much as they lie apart, and by the lengths of months. What moves it further is
// another year: a school year begins between them, or a cohort.
static bool day_same(Day a, Day b, Day apart)
{
    if (a == DAY_NONE || b == DAY_NONE) return a == b;
    return a < b ? b - a <= apart : a - b <= apart;
}

static bool offer_same(const NextDose *a, const NextDose *b)
{
    if (a->offer_count != b->offer_count) return false;
    for (int i = 0; i < a->offer_count; i++)
        if (a->offer[i] != b->offer[i]) return false;
    return true;
}

static bool ends_same(const NextDose *a, const NextDose *b, Day apart)
{
    if (a->last_by_product_count != b->last_by_product_count) return false;
    for (int i = 0; i < a->last_by_product_count; i++)
        if (a->last_by_product[i].product != b->last_by_product[i].product ||
            !day_same(a->last_by_product[i].day, b->last_by_product[i].day, apart))
            return false;
    return true;
}

static bool shown_same(const NextDose *a, const NextDose *b, Day apart)
{
    if (a->shown_count != b->shown_count) return false;
    for (int i = 0; i < a->shown_count; i++)
        if (a->shown[i].name != b->shown[i].name || a->shown[i].text != b->shown[i].text ||
            !day_same(a->shown[i].day, b->shown[i].day, apart))
            return false;
    return true;
}

static bool next_same(const NextDose *a, const NextDose *b, Day apart)
{
    return a->position == b->position && day_same(a->earliest, b->earliest, apart) &&
           day_same(a->standard_from, b->standard_from, apart) &&
           day_same(a->standard_to, b->standard_to, apart) && day_same(a->last, b->last, apart) &&
           offer_same(a, b) && ends_same(a, b, apart) && shown_same(a, b, apart);
}

// No target whichever day is meant, and no dose that was one: what kept each dose out is nobody's question.
static bool beyond(const GroupAssessment *group)
{
    if (group->status != STATUS_NOT_TARGET) return false;
    for (int i = 0; i < group->dose_count; i++)
        if (group->doses[i].status == STATUS_VALID || group->doses[i].status == STATUS_COUNTED)
            return false;
    return true;
}

// Nothing further is asked whichever day is meant, and each dose is valid, wrong or counted whichever: of a dose that
// is wrong anyhow it is nobody's question why.
static bool over_alike(const GroupAssessment *a, const GroupAssessment *b)
{
    if (beyond(a) && beyond(b)) return true;
    bool over = a->status == STATUS_NOT_TARGET || a->status == STATUS_CLOSED;
    if (!over || a->status != b->status || a->dose_count != b->dose_count) return false;
    for (int i = 0; i < a->dose_count; i++)
        if (a->doses[i].entry != b->doses[i].entry || a->doses[i].status != b->doses[i].status)
            return false;
    return true;
}

static bool answer_same(const GroupAssessment *a, const GroupAssessment *b, Day apart)
{
    if (over_alike(a, b)) return true;
    if (a->status != b->status || a->dose_count != b->dose_count) return false;
    for (int i = 0; i < a->dose_count; i++)
        if (!verdict_same(&a->doses[i], &b->doses[i])) return false;
    if (!a->has_next) return true;
    return a->series == b->series && a->no_letter == b->no_letter &&
           next_same(&a->next, &b->next, apart);
}

// The next dose of one group, with lists that can be narrowed.
typedef struct Narrowed {
    NextDose *next;
    ProductDay *ends;
    Shown *shown;
} Narrowed;

static Narrowed narrowed_begin(NextDose *next, Arena *arena)
{
    Narrowed n = {next, NEW(arena, ProductDay, next->last_by_product_count),
                  NEW(arena, Shown, next->shown_count)};
    for (int i = 0; i < next->last_by_product_count; i++) n.ends[i] = next->last_by_product[i];
    for (int i = 0; i < next->shown_count; i++) n.shown[i] = next->shown[i];
    next->last_by_product = n.ends;
    next->shown = n.shown;
    return n;
}

// Days that hold whichever day is meant: the latest first ones, the soonest last ones. Both answers have the
// same products and shown fields.
static void narrow(const Narrowed *n, const NextDose *other)
{
    NextDose *next = n->next;
    for (int i = 0; i < next->last_by_product_count; i++)
        n->ends[i].day = sooner_of(n->ends[i].day, other->last_by_product[i].day);
    for (int i = 0; i < next->shown_count; i++)
        n->shown[i].day = later_of(n->shown[i].day, other->shown[i].day);
    next->earliest = later_of(next->earliest, other->earliest);
    next->standard_from = later_of(next->standard_from, other->standard_from);
    next->standard_to = sooner_of(next->standard_to, other->standard_to);
    next->last = sooner_of(next->last, other->last);
}

static bool reversed(Day first, Day last)
{
    return first != DAY_NONE && last != DAY_NONE && first > last;
}

// No day is right for every date that may be meant.
static bool no_day_left(const NextDose *next)
{
    for (int i = 0; i < next->last_by_product_count; i++)
        if (reversed(next->earliest, next->last_by_product[i].day)) return true;
    return reversed(next->earliest, next->last);
}

// A standard period that no day of fits every reading binds nobody: the legal one stands.
static void drop_empty_standard(NextDose *next)
{
    if (reversed(next->standard_from, next->standard_to))
        next->standard_from = next->standard_to = DAY_NONE;
}

static void to_review(GroupAssessment *group)
{
    group->status = STATUS_REVIEW;
    group->date_partial = true;
    group->has_next = false;
    group->next = (NextDose){0};
}

static bool held_between(DaySpan *span, Day first, Day last)
{
    bool whole = span->first == span->last;
    if (span->first < first && span->last >= first) span->first = first;
    if (span->last > last && span->first <= last) span->last = last;
    return !whole && span->first != span->last;
}

static void vague_add(Vague *v, int entry)
{
    if (v->vague_count <= VAGUE_MOST) v->vague[v->vague_count++] = entry;
}

static bool vague_begin(Vague *v, Arena *arena)
{
    // A year alone, or nothing, is no birth date to judge by.
    bool known = partial_date_span(v->subject->birth, &v->birth);
    if (!known) v->birth = (DaySpan){v->as_of, v->as_of};
    if (held_between(&v->birth, DAY_MIN, v->as_of)) vague_add(v, -1);
    v->spans = NEW(arena, DaySpan, v->count);
    for (int i = 0; i < v->count; i++) {
        if (!partial_date_span(v->entries[i].given_on, &v->spans[i]))
            v->spans[i] = (DaySpan){v->birth.first, v->as_of};
        if (held_between(&v->spans[i], v->birth.first, v->as_of)) vague_add(v, i);
    }
    return known && v->subject->birth.month && v->vague_count <= VAGUE_MAX;
}

// Where the dates are too vague every group is a person's work: all of them for a birth date, else those that
// list a dose and have a target.
static void settle(const Vague *v, bool decidable, bool over, GroupAssessment *group)
{
    bool listed = group->dose_count && !over;
    bool undecided = !decidable && (!partial_date_whole(v->subject->birth) || listed);
    if (undecided || (group->has_next && no_day_left(&group->next))) to_review(group);
    if (group->has_next) drop_empty_standard(&group->next);
    group->may_turn = v->as_of + 1;
}

static void compare(const Vague *v, unsigned combination, const Assessment *last,
                    GroupAssessment *groups, const Narrowed *narrowed, Arena scratch)
{
    Day apart = days_apart(v, combination);
    Assessment other = assess_combination(v, combination, &scratch);
    for (int g = 0; g < last->group_count; g++) {
        if (groups[g].date_partial) continue;
        if (!answer_same(&last->groups[g], &other.groups[g], apart))
            to_review(&groups[g]);
        else if (groups[g].has_next)
            narrow(&narrowed[g], &other.groups[g].next);
    }
}

// Too many vague dates to try them all: each is tried against all others, so that every two are tried both ways.
// Which groups are over by all of these readings?
static const bool *over_of(const Vague *v, bool decidable, const Assessment *last, Arena *arena)
{
    bool *over = NEW(arena, bool, last->group_count);
    if (decidable || v->vague_count > VAGUE_MOST) return over;
    unsigned all_last = (1u << v->vague_count) - 1;
    for (int g = 0; g < last->group_count; g++) over[g] = true;
    for (int i = 0; i <= v->vague_count; i++) {
        unsigned flipped = i < v->vague_count ? 1u << i : 0;
        for (int side = 0; side < 2; side++) {
            Arena scratch = *arena;
            Assessment other = assess_combination(v, side ? all_last & ~flipped : flipped, &scratch);
            for (int g = 0; g < last->group_count; g++)
                over[g] = over[g] && over_alike(&last->groups[g], &other.groups[g]);
        }
    }
    return over;
}

Assessment assess_partial(const Schedule *schedule, const PartialSubject *subject,
                          const PartialEntry *entries, int count, Day as_of, Arena *arena)
{
    Vague v = {.schedule = schedule,
               .subject = subject,
               .entries = entries,
               .count = count,
               .as_of = as_of};
    bool decidable = vague_begin(&v, arena);
    unsigned all_last = (1u << v.vague_count) - 1;
    Assessment last = assess_combination(&v, all_last, arena);
    GroupAssessment *groups = NEW(arena, GroupAssessment, last.group_count);
    Narrowed *narrowed = NEW(arena, Narrowed, last.group_count);
    for (int g = 0; g < last.group_count; g++) {
        groups[g] = last.groups[g];
        narrowed[g] = narrowed_begin(&groups[g].next, arena);
    }
    for (unsigned c = 0; decidable && c < all_last; c++)
        compare(&v, c, &last, groups, narrowed, *arena);
    const bool *over = over_of(&v, decidable, &last, arena);
    for (int g = 0; g < last.group_count; g++) settle(&v, decidable, over[g], &groups[g]);
    last.groups = groups;
    return last;
}
