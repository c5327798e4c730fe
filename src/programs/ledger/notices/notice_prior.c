// SPDX-License-Identifier: Apache-2.0
#include "notice_prior.h"

#include <assert.h>

#include "counter_rows.h"

// Of the group's products, as the engine counts them.
static int given_so_far(const Ledger *ledger, const DoseRows *doses, int group)
{
    int given = 0;
    VEC_EACH (const DoseRow, d, *doses) {
        bool counts = d->override != OVERRIDE_DOES_NOT_COUNT &&
                      d->provenance != PROVENANCE_GUARDIAN && d->given_on.year;
        given += counts && ledger->judge.views[d->product_no].series >> group & 1;
    }
    return given;
}

static bool fact_stands(const FactRows *facts, Str kind)
{
    VEC_EACH (const FactRow, f, *facts)
        if (str_equal(f->kind, kind)) return true;
    return false;
}

bool notice_prior_keep(const Ledger *ledger, const LedgerAct *act, const DueRow *row, Arena scratch,
                       Error *err)
{
    assert(act->no > 0);
    assert(row->person_id > 0);
    Store *store = ledger->act->store;
    DoseRows doses;
    FactRows facts;
    int without = 0, fact = group_prior_fact(ledger->schedule, row->group, &without);
    if (fact == FACT_NONE) return true;
    if (!doses_of_person(store, row->person_id, KNOWN_NOW, &scratch, &doses, err)) return false;
    if (!facts_of_person(store, row->person_id, KNOWN_NOW, &scratch, &facts, err)) return false;
    Str kind = fact_id(ledger->schedule, fact);
    int given = given_so_far(ledger, &doses, row->group);
    if (given >= without || fact_stands(&facts, kind)) return true;
    FactRow decided = {
        .person_id = row->person_id,
        .kind = kind,
        .subject = S(""),
        .value = str_format(&scratch, "%d", given),
        .since = act->business_day,
        .until = DAY_NONE,
        .from_act = act->no,
        .to_act = ACT_OPEN,
        .source = S("notice"),
        .began = DAY_NONE,
        .ended = DAY_NONE,
        .recognised_on = DAY_NONE,
    };
    return number_next(store, NUMBER_PERSON_FACT, &decided.fact_id, err) &&
           facts_insert(store, &(const FactRow *){&decided}, 1, err);
}
