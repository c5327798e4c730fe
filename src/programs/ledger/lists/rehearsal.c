// SPDX-License-Identifier: Apache-2.0
#include "rehearsal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "city_slices.h"
#include "masked.h"
#include "office_rules.h"
#include "rules.h"
#include "standing.h"

static const char *const change_texts[REHEARSAL_CHANGES] = {
    [REHEARSAL_STATUS] = "STATUS",
    [REHEARSAL_POSITION] = "POSITION",
    [REHEARSAL_DAYS] = "DAYS",
    [REHEARSAL_DOSES] = "DOSES",
};

const char *rehearsal_change_text(RehearsalChange change)
{
    assert((size_t)change < countof(change_texts));
    return change_texts[change];
}

// ---- rule sets

static bool set_named(const Ledger *ledger, Str name, Arena *arena, const Schedule **schedule,
                      Error *err)
{
    *schedule = ledger->schedule;
    if (str_equal(name, S(RULE_SET_OFFICE))) return true;
    if (str_equal(name, S(RULE_SET_BUILT_IN)))
        return rules_of_city(ledger->city_rules, arena, schedule, NULL, err);
    return rules_of_folder(str_z(arena, name), ledger->city_rules, arena, schedule, err);
}

bool rule_set_open(const Ledger *ledger, Str name, Arena *arena, RuleSet *set, Error *err)
{
    assert(name.len > 0);
    *set = (RuleSet){.name = name};
    if (!set_named(ledger, name, arena, &set->schedule, err)) return false;
    if (!product_numbers_read(ledger->act->store, set->schedule, arena, &set->products, err))
        return false;
    set->judge = judge_of(set->schedule, &set->products, &ledger->foreign, arena);
    return true;
}

static void pairs_make(const RuleSet *const sets[2], Arena *arena, SeriesPairs *pairs)
{
    const Schedule *old = sets[0]->schedule, *new = sets[1]->schedule;
    for (int g = 0; g < group_count(old); g++)
        *series_pairs_push(pairs, arena) = (SeriesPair){
            group_id(old, g), group_name(old, g), {g, group_find(new, group_id(old, g))}};
    for (int g = 0; g < group_count(new); g++)
        if (group_find(old, group_id(new, g)) == GROUP_NONE)
            *series_pairs_push(pairs, arena) =
                (SeriesPair){group_id(new, g), group_name(new, g), {GROUP_NONE, g}};
}

// ---- one person, one series, two answers

typedef struct RehearsalAsked {
    const RuleSet *const *sets;
    Day as_of;
    CityTable *tables[2];
    SeriesPairs pairs;
} RehearsalAsked;

typedef struct RehearsalPart {
    const RehearsalAsked *asked;
    CityPass *passes[2];
    SliceMemory *memory;
    RehearsalRows rows;
    int64_t judged, changed;
    int64_t *unknown[2];
} RehearsalPart;

typedef struct BothCases {
    const CityPerson *person;
    Case cases[2];
    Assessment answers[2];
} BothCases;

static RehearsalSide side_of(const Schedule *schedule, const GroupAssessment *group)
{
    RehearsalSide side = {
        S("not_target"), {0}, DAY_NONE, DAY_NONE, DAY_NONE, DAY_NONE,
    };
    if (!group) return side;
    side.status = status_text(schedule, group->status);
    if (!group->has_next) return side;
    const NextDose *next = &group->next;
    return (RehearsalSide){side.status,       schedule_text(schedule, next->position),
                           next->earliest,    next->standard_from,
                           next->standard_to, next->last};
}

static bool same_days(const RehearsalSide *a, const RehearsalSide *b)
{
    return a->earliest == b->earliest && a->standard_from == b->standard_from &&
           a->standard_to == b->standard_to && a->last == b->last;
}

static Str verdict_text(const RuleSet *set, const BothCases *both, int side,
                        const GroupAssessment *group, int32_t dose_id)
{
    for (int i = 0; group && i < group->dose_count; i++) {
        ptrdiff_t place = case_dose(&both->cases[side], &group->doses[i]);
        if (both->person->doses.at[place].dose_id == dose_id)
            return status_text(set->schedule, group->doses[i].status);
    }
    return S("-");
}

// Each dose of the person that either set lists in this series.
static Str doses_differ(const RehearsalPart *p, const BothCases *both,
                        const GroupAssessment *const groups[2], Arena *arena)
{
    const RuleSet *const *sets = p->asked->sets;
    Text text = {0};
    if (!(groups[0] && groups[0]->dose_count) && !(groups[1] && groups[1]->dose_count))
        return (Str){0};
    VEC_EACH (const DoseRow, d, both->person->doses) {
        Str old = verdict_text(sets[0], both, 0, groups[0], d->dose_id);
        Str new = verdict_text(sets[1], both, 1, groups[1], d->dose_id);
        if (str_equal(old, new)) continue;
        text_addf(&text, arena, "%s%d:%.*s→%.*s", text.len ? " " : "", d->dose_id, STR(old),
                  STR(new));
    }
    return text_str(&text);
}

static bool differs(const RehearsalRow *row, RehearsalChange *change)
{
    const RehearsalSide *a = &row->side[0], *b = &row->side[1];
    bool differ[REHEARSAL_CHANGES] = {
        [REHEARSAL_STATUS] = !str_equal(a->status, b->status),
        [REHEARSAL_POSITION] = !str_equal(a->position, b->position),
        [REHEARSAL_DAYS] = !same_days(a, b),
        [REHEARSAL_DOSES] = row->doses.len > 0,
    };
    for (*change = 0; *change < REHEARSAL_CHANGES; ++*change)
        if (differ[*change]) return true;
    return false;
}

// A series that one set does not know says nothing of people for whom the other has nothing to say.
static bool silent(const GroupAssessment *group)
{
    bool out = group->status == STATUS_NOT_TARGET || group->status == STATUS_CLOSED;
    return out && !group->has_next && !group->dose_count;
}

static bool compared(const RehearsalPart *p, const BothCases *both, int pair, RehearsalRow *row,
                     Arena *scratch)
{
    const SeriesPair *series = &p->asked->pairs.at[pair];
    const GroupAssessment *groups[2];
    RehearsalChange change;
    for (int side = 0; side < 2; side++) {
        int group = series->group[side];
        groups[side] = group == GROUP_NONE ? NULL : &both->answers[side].groups[group];
    }
    if (!groups[0] && silent(groups[1])) return false;
    if (!groups[1] && silent(groups[0])) return false;
    *row = (RehearsalRow){.pair = (int16_t)pair, .doses = doses_differ(p, both, groups, scratch)};
    for (int side = 0; side < 2; side++)
        row->side[side] = side_of(p->asked->sets[side]->schedule, groups[side]);
    if (!differs(row, &change)) return false;
    row->change = (int16_t)change;
    return true;
}

// ---- in the thread of a slice

static void row_keep(RehearsalPart *p, const CityPerson *person, const RehearsalRow *row, Str name)
{
    RehearsalRow *kept = rehearsal_rows_push(&p->rows, &p->memory->list);
    *kept = *row;
    kept->person_id = person->person_id;
    kept->who = person->who;
    kept->birth = person->birth;
    kept->name = name;
    kept->doses = str_copy(&p->memory->texts, row->doses);
}

static void count_unknown(RehearsalPart *p, const CityPerson *person)
{
    VEC_EACH (const DoseRow, d, person->doses)
        for (int side = 0; side < 2; side++) {
            const ProductView *view = &p->asked->sets[side]->judge.views[d->product_no];
            p->unknown[side][d->product_no] += view->rule == PRODUCT_NONE && !view->is_foreign;
        }
}

static Assessment answer(const RehearsalPart *p, int side, const Case *c, Arena *arena)
{
    return c->vague ? case_assess(c, p->asked->as_of, arena)
                    : city_assess(p->passes[side], &c->subject, c->history, arena);
}

static void judge_person(void *work, const CityPerson *person, Arena scratch)
{
    RehearsalPart *p = work;
    const RehearsalAsked *asked = p->asked;
    if (!lives_here(person, asked->as_of)) return;
    PersonRows rows = rows_now(person);
    BothCases both = {.person = person};
    p->judged++;
    count_unknown(p, person);
    for (int side = 0; side < 2; side++) {
        both.cases[side] = case_of(&asked->sets[side]->judge, &rows, asked->as_of, &scratch);
        both.answers[side] = answer(p, side, &both.cases[side], &scratch);
    }
    Str name = {0};
    for (int pair = 0; pair < (int)asked->pairs.count; pair++) {
        RehearsalRow row;
        if (!compared(p, &both, pair, &row, &scratch)) continue;
        if (!name.at) {
            name = str_copy(&p->memory->texts, masked(person->is_protected, person->name));
            p->changed++;
        }
        row_keep(p, person, &row, name);
    }
}

static void *begin(const void *work, SliceMemory *memory, Store *store, Error *err)
{
    const RehearsalAsked *asked = work;
    RehearsalPart *p = NEW(&memory->texts, RehearsalPart, 1);
    (void)store, (void)err;
    *p = (RehearsalPart){.asked = asked, .memory = memory};
    for (int side = 0; side < 2; side++) {
        p->passes[side] = city_pass(asked->tables[side], &memory->tables);
        p->unknown[side] = NEW(&memory->texts, int64_t, asked->sets[side]->products.count);
    }
    return p;
}

static int row_order(const void *left, const void *right)
{
    const RehearsalRow *a = left, *b = right;
    int by_number = addressee_order(&a->who, &b->who);
    if (by_number) return by_number;
    return a->pair < b->pair ? -1 : a->pair > b->pair;
}

static void sort_part(void *work)
{
    RehearsalPart *p = work;
    if (p->rows.count) qsort(p->rows.at, (size_t)p->rows.count, sizeof *p->rows.at, row_order);
}

// ---- the whole city

static void collect(const SliceWorks *works, const RehearsalAsked *asked, Arena *arena,
                    Rehearsal *out)
{
    SortedParts parts = {.size = sizeof(RehearsalRow), .count = works->count};
    for (int side = 0; side < 2; side++)
        out->unknown[side] = NEW(arena, int64_t, asked->sets[side]->products.count);
    for (int i = 0; i < works->count; i++) {
        const RehearsalPart *part = works->at[i];
        parts.at[i] = (SortedPart){(const char *)part->rows.at, part->rows.count};
        out->judged += part->judged;
        out->changed += part->changed;
        for (int side = 0; side < 2; side++)
            for (int n = 0; n < asked->sets[side]->products.count; n++)
                out->unknown[side][n] += part->unknown[side][n];
    }
    out->rows.at = parts_merged(&parts, row_order, &out->rows.count);
    out->rows.capacity = out->rows.count;
}

bool rehearsal_run(const Ledger *ledger, const RuleSet *const sets[2], Day as_of, Arena *arena,
                   Rehearsal *rehearsal, Error *err)
{
    assert(as_of != DAY_NONE);
    RehearsalAsked asked = {.sets = sets, .as_of = as_of};
    SliceWorks works;
    *rehearsal = (Rehearsal){0};
    pairs_make(sets, arena, &asked.pairs);
    for (int side = 0; side < 2; side++)
        asked.tables[side] =
            city_table(sets[side]->schedule, as_of, groups_all(sets[side]->schedule), arena);
    const CitySlices slices = {"規則の比較", CITY_NOW, &asked, begin, judge_person, sort_part};
    if (!city_slices_run(ledger, &slices, &works, err)) return false;
    rehearsal->pairs = asked.pairs;
    collect(&works, &asked, arena, rehearsal);
    return true;
}
