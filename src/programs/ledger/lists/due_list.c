// SPDX-License-Identifier: Apache-2.0
#include "due_list.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "city_slices.h"
#include "due_judge.h"
#include "masked.h"
#include "person_state.h"
#include "standing.h"

typedef struct DueAsked {
    const Ledger *ledger;
    const DueWanted *wanted;
    CityTable *table;
} DueAsked;

static bool asked_for(const DuePart *p, const GroupAssessment *group)
{
    return status_asks(group->status) && group->has_next && (p->wanted->groups >> group->group & 1);
}

// A running contraindication is no reason to call somebody late (immunization.md 5.2).
DueRow due_row(const CityPerson *person, Str name, const NextStanding *next)
{
    assert(person->person_id > 0);
    assert(status_asks((Status)next->status));
    return (DueRow){
        .person_id = person->person_id,
        .who = person->who,
        .name = name,
        .birth = person->birth,
        .group = next->group,
        .status = next->contraindicated ? STATUS_DUE : next->status,
        .is_protected = person->is_protected,
        .contraindicated = next->contraindicated,
        .no_letter = next->no_letter,
        .position = next->position,
        .earliest = next->earliest,
        .standard_from = next->standard_from,
        .standard_to = next->standard_to,
        .last = next->last,
        .last_safe = next->last_safe,
        .held = person->held,
    };
}

bool due_soon_enough(const DueWanted *wanted, Day safe)
{
    assert(wanted->as_of != DAY_NONE);
    return wanted->within < 0 ||
           (safe != DAY_NONE && (int64_t)safe - wanted->as_of <= wanted->within);
}

static Day last_safe_of(const DuePart *p, const Case *c, const GroupAssessment *group,
                        Arena scratch)
{
    return c->vague ? case_last_safe(c, group, p->wanted->as_of, scratch)
                    : city_last_safe(p->pass, &c->subject, c->history, group, scratch);
}

void due_judge(DuePart *p, const CityPerson *person, Arena scratch)
{
    assert(p->wanted->groups);
    Day as_of = p->wanted->as_of;
    // Who has died or moved is off every list at once, whatever day the register gives.
    if (person->status != STATUS_RESIDENT || !lives_here(person, as_of)) return;
    PersonRows rows = rows_now(person);
    Case c = case_of(&p->ledger->judge, &rows, as_of, &scratch);
    Assessment assessed = c.vague ? case_assess(&c, as_of, &scratch)
                                  : city_due(p->pass, &c.subject, c.history, &scratch);
    Str name = {0};
    for (int g = 0; g < assessed.group_count; g++) {
        const GroupAssessment *group = &assessed.groups[g];
        if (!asked_for(p, group)) continue;
        Day safe = last_safe_of(p, &c, group, scratch);
        if (!due_soon_enough(p->wanted, safe)) continue;
        if (!name.at)
            name = str_copy(&p->memory->texts, masked(person->is_protected, person->name));
        NextStanding next = next_standing(p->ledger, person, group, safe, as_of);
        *due_push(&p->rows, &p->memory->list) = due_row(person, name, &next);
    }
}

// ---- in the thread of a slice

static void *begin(const void *asked, SliceMemory *memory, Store *store, Error *err)
{
    const DueAsked *due = asked;
    (void)store, (void)err;
    DuePart *p = NEW(&memory->texts, DuePart, 1);
    *p = (DuePart){
        .ledger = due->ledger,
        .wanted = due->wanted,
        .memory = memory,
        .pass = city_pass(due->table, &memory->tables),
    };
    return p;
}

static void judge_person(void *work, const CityPerson *person, Arena scratch)
{
    due_judge(work, person, scratch);
}

int due_order(const void *left, const void *right)
{
    const DueRow *a = left, *b = right;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->last_safe != b->last_safe) return a->last_safe < b->last_safe ? -1 : 1;
    return addressee_order(&a->who, &b->who);
}

static void sort_part(void *work)
{
    DuePart *p = work;
    if (p->rows.count) qsort(p->rows.at, (size_t)p->rows.count, sizeof *p->rows.at, due_order);
}

// ---- the whole list

static bool judged_list(const Ledger *ledger, const DueWanted *wanted, DueRows *rows, Error *err)
{
    CityTable *table =
        city_table(ledger->schedule, wanted->as_of, wanted->groups, ledger->act->arena);
    const DueAsked asked = {ledger, wanted, table};
    const CitySlices slices = {"対象者の抽出", CITY_NOW, &asked, begin, judge_person, sort_part};
    SliceWorks works;
    if (!city_slices_run(ledger, &slices, &works, err)) return false;
    SortedParts parts = {.size = sizeof(DueRow), .count = works.count};
    for (int i = 0; i < works.count; i++) {
        const DueRows *part = &((const DuePart *)works.at[i])->rows;
        parts.at[i] = (SortedPart){(const char *)part->at, part->count};
    }
    rows->at = parts_merged(&parts, due_order, &rows->count);
    rows->capacity = rows->count;
    return true;
}

bool due_list(const Ledger *ledger, const DueWanted *wanted, DueRows *rows, Error *err)
{
    assert(wanted->as_of != DAY_NONE);
    assert(wanted->groups);
    bool kept;
    if (!due_kept(ledger, wanted, rows, &kept, err)) return false;
    return kept || judged_list(ledger, wanted, rows, err);
}
