// SPDX-License-Identifier: Apache-2.0
#include "due_list.h"

#include <stdlib.h>
#include <string.h>

#include "city_slices.h"
#include "contraindication.h"
#include "masked.h"
#include "safe_memo.h"
#include "standing.h"

enum { PASS_BYTES = 512 << 20, LIST_BYTES = 1 << 30 };

typedef struct DuePass {
    Ledger *ledger;
    const DueWanted *wanted;
    CityPass *pass;  // in the process of a slice
    SafeMemo *memo;
    Arena tables;
    Arena list, names;  // in the parent; apart, so that both grow in place
    DueRows rows;
} DuePass;

static bool asked_for(const DuePass *p, const GroupAssessment *group)
{
    bool due = group->status == STATUS_DUE || group->status == STATUS_LATE;
    return due && group->has_next && (p->wanted->groups >> group->group & 1);
}

// A running contraindication is no reason to call somebody late (immunization.md 5.2).
static bool held_back(const DuePass *p, const CityPerson *person, int group)
{
    if (!person->facts.count) return false;
    ProductView any = {.rule = PRODUCT_NONE};
    Str id = group_id(p->ledger->schedule, group);
    return contraindicated(&person->facts, p->ledger->schedule, &any, p->wanted->as_of) ||
           contraindicated_series(&person->facts, id, p->wanted->as_of);
}

static DueRow row_of(const DuePass *p, const CityPerson *person, const GroupAssessment *group,
                     Day safe)
{
    bool held = held_back(p, person, group->group);
    return (DueRow){
        .person_id = person->person_id,
        .who = person->who,
        .name = masked(person->is_protected, person->name),
        .birth = person->birth,
        .group = (int16_t)group->group,
        .status = (int16_t)(held ? STATUS_DUE : group->status),
        .is_protected = person->is_protected,
        .contraindicated = held,
        .position = group->next.position,
        .earliest = group->next.earliest,
        .standard_from = group->next.standard_from,
        .standard_to = group->next.standard_to,
        .last = group->next.last,
        .last_safe = safe,
    };
}

static bool soon_enough(const DueWanted *wanted, Day safe)
{
    return wanted->within < 0 ||
           (safe != DAY_NONE && (int64_t)safe - wanted->as_of <= wanted->within);
}

// ---- in the process of a slice

static bool begin(void *work, Store *store, Error *err)
{
    DuePass *p = work;
    (void)store, (void)err;
    p->tables = arena_reserve(PASS_BYTES);
    p->memo = safe_memo(&p->ledger->judge, p->wanted->as_of, &p->tables);
    p->pass = city_pass(p->ledger->schedule, p->wanted->as_of, &p->tables);
    return true;
}

static bool judge_person(void *work, const CityPerson *person, FILE *out, Arena scratch)
{
    DuePass *p = work;
    Day as_of = p->wanted->as_of;
    if (!lives_here(person, as_of)) return true;
    PersonRows rows = rows_now(person);
    Case c = case_of(&p->ledger->judge, &rows, as_of, &scratch);
    Assessment assessed = c.vague ? case_assess(&c, as_of, &scratch)
                                  : city_assess(p->pass, &c.subject, c.history, &scratch);
    for (int g = 0; g < assessed.group_count; g++) {
        const GroupAssessment *group = &assessed.groups[g];
        if (!asked_for(p, group)) continue;
        Day safe = safe_memo_ask(p->memo, &c, group, scratch);
        if (!soon_enough(p->wanted, safe)) continue;
        DueRow row = row_of(p, person, group, safe);
        if (fwrite(&row, sizeof row, 1, out) != 1 || !slice_put_text(out, row.name)) return false;
    }
    return true;
}

// ---- in the parent

static bool take(void *work, FILE *in)
{
    DuePass *p = work;
    DueRow row;
    if (fread(&row, sizeof row, 1, in) != 1) return false;
    if (!slice_take_text(in, &p->names, &row.name)) return false;
    *due_push(&p->rows, &p->list) = row;
    return true;
}

static int row_order(const void *left, const void *right)
{
    const DueRow *a = left, *b = right;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->last_safe != b->last_safe) return a->last_safe < b->last_safe ? -1 : 1;
    return addressee_order(&a->who, &b->who);
}

bool due_list(Ledger *ledger, const DueWanted *wanted, DueRows *rows, Error *err)
{
    DuePass p = {.ledger = ledger,
                 .wanted = wanted,
                 .list = arena_reserve(LIST_BYTES),
                 .names = arena_reserve(LIST_BYTES)};
    const CitySlices slices = {wanted->words, CITY_NOW, &p, begin, judge_person, take};
    if (!city_slices_run(ledger, &slices, err)) return false;
    if (p.rows.count) qsort(p.rows.at, (size_t)p.rows.count, sizeof *p.rows.at, row_order);
    *rows = p.rows;
    return true;
}
