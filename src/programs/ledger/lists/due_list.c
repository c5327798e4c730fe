// SPDX-License-Identifier: Apache-2.0
#include "due_list.h"

#include <stdlib.h>
#include <string.h>

#include "contraindication.h"
#include "masked.h"
#include "progress.h"
#include "standing.h"

enum { PASS_BYTES = 512 << 20, PERSON_BYTES = 16 << 20, LIST_BYTES = 1 << 30 };

typedef struct DuePass {
    Ledger *ledger;
    const DueWanted *wanted;
    CityPass *pass;
    Arena list, names;  // apart, so that both grow in place
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

static void add(DuePass *p, const CityPerson *person, const Case *c, const GroupAssessment *group,
                Arena scratch)
{
    Day as_of = p->wanted->as_of;
    Day safe = case_last_safe(c, group, as_of, scratch);
    bool late_enough =
        p->wanted->within < 0 || (safe != DAY_NONE && (int64_t)safe - as_of <= p->wanted->within);
    if (!late_enough) return;
    bool held = held_back(p, person, group->group);
    *due_push(&p->rows, &p->list) = (DueRow){
        .person_id = person->person_id,
        .who = person->who,
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

static void judge_person(DuePass *p, const CityPerson *person, Arena scratch)
{
    Day as_of = p->wanted->as_of;
    if (!lives_here(person, as_of)) return;
    PersonRows rows = rows_now(person);
    Case c = case_of(&p->ledger->judge, &rows, as_of, &scratch);
    Assessment assessed = c.vague ? case_assess(&c, as_of, &scratch)
                                  : city_assess(p->pass, &c.subject, c.history, &scratch);
    ptrdiff_t first = p->rows.count;
    for (int g = 0; g < assessed.group_count; g++)
        if (asked_for(p, &assessed.groups[g])) add(p, person, &c, &assessed.groups[g], scratch);
    if (p->rows.count == first) return;
    Str name = str_copy(&p->names, masked(person->is_protected, person->name));
    for (ptrdiff_t i = first; i < p->rows.count; i++) p->rows.at[i].name = name;
}

static int row_order(const void *left, const void *right)
{
    const DueRow *a = left, *b = right;
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->last_safe != b->last_safe) return a->last_safe < b->last_safe ? -1 : 1;
    return addressee_order(&a->who, &b->who);
}

static bool pass_over(DuePass *p, Arena *arena, Arena scratch, Error *err)
{
    CityRows *city;
    CityPerson person;
    int64_t persons, done = 0;
    Store *store = p->ledger->office.store;
    if (!city_count(store, &persons, err)) return false;
    if (!city_rows_begin(store, CITY_NOW, 0, INT32_MAX, arena, &city, err)) return false;
    Progress progress = progress_begin(p->wanted->words, persons);
    while (city_rows_next(city, &person)) {
        judge_person(p, &person, scratch);
        progress_show(&progress, ++done);
    }
    progress_end(&progress, done);
    return city_rows_end(city, err);
}

bool due_list(Ledger *ledger, const DueWanted *wanted, DueRows *rows, Error *err)
{
    Store *store = ledger->office.store;
    Arena tables = arena_reserve(PASS_BYTES), persons = arena_reserve(PERSON_BYTES);
    DuePass p = {.ledger = ledger,
                 .wanted = wanted,
                 .pass = city_pass(ledger->schedule, wanted->as_of, &tables),
                 .list = arena_reserve(LIST_BYTES),
                 .names = arena_reserve(LIST_BYTES)};
    Arena city = arena_reserve(PERSON_BYTES);
    bool ok = store_begin_read(store, err) && pass_over(&p, &city, persons, err);
    if (!ok) {
        store_rollback(store);
        return false;
    }
    if (!store_commit(store, err)) return false;
    if (p.rows.count) qsort(p.rows.at, (size_t)p.rows.count, sizeof *p.rows.at, row_order);
    *rows = p.rows;
    return true;
}
