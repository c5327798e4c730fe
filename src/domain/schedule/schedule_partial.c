// Vague dates: every combination of the first and the last day that the papers may mean is judged.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

enum { VAGUE_MAX = 5 };  // more vague dates than this are a person's decision at once

typedef struct Vague {
    const Schedule *schedule;
    const PartialSubject *subject;
    const PartialEntry *entries;
    DaySpan *spans;  // of the entries
    DaySpan birth;
    int count, vague_count;
    int vague[VAGUE_MAX + 1];  // entries; -1: the birth date
    Day as_of;
} Vague;

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
        };
    history_sort(entries, v->count);
    Subject *subject = NEW(arena, Subject, 1);
    *subject = (Subject){
        .birth = last_of(v->birth, combination_last(v, -1, combination)),
        .sex = v->subject->sex,
        .facts = v->subject->facts,
        .fact_count = v->subject->fact_count,
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

static bool answer_same(const GroupAssessment *a, const GroupAssessment *b)
{
    if (a->status != b->status || a->dose_count != b->dose_count) return false;
    if (a->has_next && a->next.position != b->next.position) return false;
    for (int i = 0; i < a->dose_count; i++)
        if (!verdict_same(&a->doses[i], &b->doses[i])) return false;
    return true;
}

static Day later_of(Day a, Day b)
{
    return a > b ? a : b;
}

static Day sooner_of(Day a, Day b)
{
    if (a == DAY_NONE) return b;
    return b == DAY_NONE || a < b ? a : b;
}

// Days that hold whichever day is meant: the latest first ones, the soonest last ones.
static void next_narrow(NextDose *next, const NextDose *other)
{
    next->earliest = later_of(next->earliest, other->earliest);
    next->standard_from = later_of(next->standard_from, other->standard_from);
    next->standard_to = sooner_of(next->standard_to, other->standard_to);
    next->last = sooner_of(next->last, other->last);
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
    if (v->vague_count <= VAGUE_MAX) v->vague[v->vague_count++] = entry;
}

static bool vague_begin(Vague *v, Arena *arena)
{
    bool known = partial_date_span(v->subject->birth, &v->birth);
    if (!known) v->birth = (DaySpan){v->as_of, v->as_of};
    if (held_between(&v->birth, DAY_MIN, v->as_of)) vague_add(v, -1);
    v->spans = NEW(arena, DaySpan, v->count);
    for (int i = 0; i < v->count; i++) {
        if (!partial_date_span(v->entries[i].given_on, &v->spans[i]))
            v->spans[i] = (DaySpan){v->birth.first, v->as_of};
        if (held_between(&v->spans[i], v->birth.first, v->as_of)) vague_add(v, i);
    }
    return known && v->vague_count <= VAGUE_MAX;
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
    for (int g = 0; g < last.group_count; g++) groups[g] = last.groups[g];
    for (unsigned c = 0; decidable && c < all_last; c++) {
        Arena scratch = *arena;
        Assessment other = assess_combination(&v, c, &scratch);
        for (int g = 0; g < last.group_count; g++) {
            if (groups[g].date_partial) continue;
            if (!answer_same(&last.groups[g], &other.groups[g]))
                to_review(&groups[g]);
            else if (groups[g].has_next)
                next_narrow(&groups[g].next, &other.groups[g].next);
        }
    }
    for (int g = 0; g < last.group_count; g++) {
        const NextDose *next = &groups[g].next;
        bool none = next->last != DAY_NONE && next->earliest > next->last;
        if (groups[g].has_next && none)
            to_review(&groups[g]);  // no day is right for every birth date
    }
    for (int g = 0; !decidable && g < last.group_count; g++)
        if (!partial_date_whole(subject->birth) || groups[g].dose_count) to_review(&groups[g]);
    last.groups = groups;
    return last;
}
