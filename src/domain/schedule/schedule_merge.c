// Groups that are given as one vaccine: their best series become one answer. (CDSi 9: vaccine group.)
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

// The best series of all groups of one merge: of those at risk, and of everybody.
typedef struct Parts {
    const GroupAssessment *at[GROUPS_MAX];
    int count;
    uint32_t statuses;  // bits; STATUS_DUE stands for all that still ask for a dose
} Parts;

typedef struct PartsOfKinds {
    Parts risk, everybody;
} PartsOfKinds;

static bool part_open(const GroupAssessment *part)
{
    return part->has_next;
}

static void parts_find(const Schedule *s, const MergeRule *merge, const Assessment *a,
                       PartsOfKinds *kinds)
{
    kinds->risk.count = kinds->everybody.count = 0;
    kinds->risk.statuses = kinds->everybody.statuses = 0;
    for (int i = 0; i < merge->groups.count; i++) {
        const GroupAssessment *group = &a->groups[s->numbers.at[merge->groups.first + i]];
        for (int b = 0; b < group->best_count; b++) {
            bool risk = group->best[b].kind == SERIES_RISK;
            Parts *parts = risk ? &kinds->risk : &kinds->everybody;
            assert(parts->count < (int)countof(parts->at));
            parts->at[parts->count++] = &group->best[b];
            parts->statuses |=
                1u << (part_open(&group->best[b]) ? STATUS_DUE : group->best[b].status);
        }
    }
}

// ---- Status -------------------------------------------------------------------------------------

// Several groups: what stops one of them stops all. One group with several series: what still has
// something to give goes first, so that a finished series beats one that was outgrown.
static Status merged_status(const Parts *parts, bool several_groups)
{
    static const Status of_several[] = {STATUS_CONTRAINDICATED, STATUS_CLOSED,
                                        STATUS_NOT_TARGET,      STATUS_DUE,
                                        STATUS_COMPLETE,        STATUS_IMMUNE};
    static const Status of_one[] = {STATUS_DUE,        STATUS_IMMUNE,
                                    STATUS_COMPLETE,   STATUS_CONTRAINDICATED,
                                    STATUS_NOT_TARGET, STATUS_CLOSED};
    static_assert(countof(of_several) == countof(of_one), "the same statuses in another order");
    const Status *order = several_groups ? of_several : of_one;
    for (ptrdiff_t i = 0; i < countof(of_one); i++)
        if (parts->statuses >> order[i] & 1) return order[i];
    return STATUS_NOT_TARGET;
}

// ---- Days ---------------------------------------------------------------------------------------

static Day last_given(const Person *person, const ProductSet *products)
{
    for (int i = person->entry_count - 1; i >= 0; i--) {
        const HistoryEntry *e = &person->entries[i];
        if (set_has(products, e->product) && e->override != OVERRIDE_DOES_NOT_COUNT)
            return e->given_on;
    }
    return DAY_NONE;
}

// One group: the soonest. Several: the latest, unless a gap goes before the others' dates; then not
// before the last dose of any of them [MULTIANTVG-1].
static Day merged_earliest(const Person *person, const MergeRule *merge, const Parts *parts)
{
    Day soonest = DAY_NONE, latest = DAY_NONE;
    bool priority = false;
    for (int i = 0; i < parts->count; i++) {
        if (!part_open(parts->at[i])) continue;
        soonest = sooner_of(soonest, parts->at[i]->next.earliest);
        latest = later_of(latest, parts->at[i]->next.earliest);
        priority = priority || parts->at[i]->next.priority;
    }
    if (merge->groups.count == 1) return soonest;
    if (!priority) return latest;
    return later_of(soonest, last_given(person, &person->schedule->sets.at[merge->products]));
}

// Each wish is moved to its own first day, the soonest of them to that of the whole.
static void merged_days(const Person *person, const MergeRule *merge, const Parts *parts,
                        MergedAssessment *out)
{
    Day recommended = DAY_NONE, past_due = DAY_NONE;
    int least = INT32_MAX, greatest = 0;
    out->last = DAY_NONE;
    for (int i = 0; i < parts->count; i++) {
        const NextDose *next = &parts->at[i]->next;
        if (!part_open(parts->at[i])) continue;
        recommended = sooner_of(recommended, later_of(next->earliest, next->standard_from));
        if (next->standard_to != DAY_NONE)
            past_due = sooner_of(past_due, later_of(next->earliest, next->standard_to));
        out->last = sooner_of(out->last, next->last);
        if (next->number < least) least = next->number;
        if (next->number > greatest) greatest = next->number;
    }
    out->earliest = merged_earliest(person, merge, parts);
    out->recommended = later_of(out->earliest, recommended);
    out->past_due = past_due == DAY_NONE ? DAY_NONE : later_of(out->earliest, past_due);
    out->number = merge->least_next ? least : greatest;
}

// ---- What is given ------------------------------------------------------------------------------

static void merged_offer(const Parts *parts, Arena *arena, MergedAssessment *out)
{
    ProductSet named = {0};
    int most = 0, count = 0;
    for (int i = 0; i < parts->count; i++) most += parts->at[i]->next.offer_count;
    int32_t *offer = ROOM(arena, int32_t, most);
    for (int i = 0; i < parts->count; i++)
        for (int k = 0; k < parts->at[i]->next.offer_count; k++) {
            int32_t product = parts->at[i]->next.offer[k];
            if (set_has(&named, product)) continue;
            named.words[product >> 6] |= (uint64_t)1 << (product & 63);
            offer[count++] = product;
        }
    out->offer = offer;
    out->offer_count = count;
}

static void merged_groups(const Parts *parts, Arena *arena, MergedAssessment *out)
{
    int32_t *groups = ROOM(arena, int32_t, parts->count);
    for (int i = 0; i < parts->count; i++) {
        if (!part_open(parts->at[i])) continue;
        bool known = out->group_count && groups[out->group_count - 1] == parts->at[i]->group;
        if (!known) groups[out->group_count++] = parts->at[i]->group;
    }
    out->groups = groups;
}

static void merge_parts(const Person *person, int32_t merge, const Parts *parts, SeriesKind kind,
                        MergedAssessment *out)
{
    const MergeRule *rule = &person->schedule->merges.at[merge];
    Status status = merged_status(parts, rule->groups.count > 1);
    *out = (MergedAssessment){.merge = merge, .kind = kind, .status = status};
    if (status != STATUS_DUE) return;
    out->has_next = true;
    merged_days(person, rule, parts, out);
    merged_offer(parts, person->arena, out);
    merged_groups(parts, person->arena, out);
    if (person->as_of < out->earliest)
        out->status = STATUS_NOT_YET;
    else if (out->past_due != DAY_NONE && person->as_of > out->past_due)
        out->status = STATUS_LATE;
}

void groups_merge(const Person *person, Assessment *assessment)
{
    const Schedule *s = person->schedule;
    int merges = (int)s->merges.count, count = 0;
    if (!merges) return;
    MergedAssessment *merged = ROOM(person->arena, MergedAssessment, 2 * merges);
    for (int32_t m = 0; m < merges; m++) {
        PartsOfKinds kinds;
        parts_find(s, &s->merges.at[m], assessment, &kinds);
        if (kinds.risk.count) merge_parts(person, m, &kinds.risk, SERIES_RISK, &merged[count++]);
        if (kinds.everybody.count)
            merge_parts(person, m, &kinds.everybody, SERIES_STANDARD, &merged[count++]);
    }
    assessment->merged = merged;
    assessment->merged_count = count;
}
