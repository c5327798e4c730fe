// What the rows of a person file have made, into the store: it only inserts and ends what was prepared.
// SPDX-License-Identifier: Apache-2.0
#include "person_file_inside.h"

#include "counter_rows.h"
#include "rule_use_rows.h"

VEC(FactRefs, const FactRow *, fact_refs);
VEC(EndedIds, int32_t, ended_ids);

typedef struct Prepared {
    FactRefs facts;
    EndedIds facts_ended;
    OriginRefs origins, origins_ended;
    RecordRefs doses;
    RenewedJudgements judged;
} Prepared;

typedef struct Firsts {
    int32_t fact, origin, dose;
} Firsts;

static bool firsts_read(Store *store, Firsts *firsts, Error *err)
{
    return number_next(store, NUMBER_PERSON_FACT, &firsts->fact, err) &&
           number_next(store, NUMBER_DOSE_ORIGIN, &firsts->origin, err) &&
           number_next(store, NUMBER_DOSE, &firsts->dose, err);
}

static void prepare_origin(PersonRowMade *made, const Firsts *firsts, Prepared *all, Arena *arena)
{
    if (made->origin) {
        number_settle(&made->origin->origin_id, firsts->origin);
        number_settle(&made->origin->replaces, firsts->origin);
        *origin_refs_push(&all->origins, arena) = made->origin;
    }
    if (made->origin_ended) {
        number_settle(&made->origin_ended->origin_id, firsts->origin);
        *origin_refs_push(&all->origins_ended, arena) = made->origin_ended;
    }
}

// From here on the row's numbers are those that the store keeps.
static void prepare_row(PersonRowMade *made, const Firsts *firsts, const LedgerAct *act, Prepared *all, Arena *arena)
{
    if (made->fact) {
        number_settle(&made->fact->fact_id, firsts->fact);
        made->fact->from_act = act->no;
        *fact_refs_push(&all->facts, arena) = made->fact;
    }
    if (made->fact_ended) {
        number_settle(&made->fact_ended, firsts->fact);
        *ended_ids_push(&all->facts_ended, arena) = made->fact_ended;
    }
    prepare_origin(made, firsts, all, arena);
    VEC_EACH (DoseRecord, dose, made->doses) {
        number_settle(&dose->dose.dose_id, firsts->dose);
        number_settle(&dose->origin_id, firsts->origin);
        dose->dose.from_act = act->no;
        *record_refs_push(&all->doses, arena) = dose;
    }
}

static Prepared prepare(PersonTaking *t, const Firsts *firsts, const LedgerAct *act, Arena *arena)
{
    Prepared all = {0};
    VEC_EACH (PersonFileRow, row, t->rows) prepare_row(&row->made, firsts, act, &all, arena);
    VEC_EACH (const PersonRef, person, t->people)
        VEC_EACH (RenewedJudgement, one, (*person)->judged) {
            number_settle(&one->dose_id, firsts->dose);
            *renewed_judgements_push(&all.judged, arena) = *one;
        }
    return all;
}

// What a later row of the file ends is there before it ends.
static bool write(PersonTaking *t, const LedgerAct *act, Arena scratch, Error *err)
{
    Firsts firsts;
    Store *store = t->file.ledger->act->store;
    if (!firsts_read(store, &firsts, err)) return false;
    Prepared all = prepare(t, &firsts, act, &scratch);
    return facts_insert(store, all.facts.at, all.facts.count, err) &&
           origins_insert(store, act, &all.origins, err) && doses_insert(store, all.doses.at, all.doses.count, err) &&
           facts_end(store, act, all.facts_ended.at, all.facts_ended.count, err) &&
           origins_end(store, act, &all.origins_ended, err) && judgements_keep(store, act, &all.judged, err);
}

static void count(PersonTaking *t)
{
    PersonFileReport *report = t->report;
    report->rows = t->rows.count;
    VEC_EACH (const PersonFileRow, row, t->rows) {
        report->of[row->made.did]++;
        report->waiting += row->made.waits;
    }
}

bool person_file_publish(void *work, Error *err)
{
    LedgerAct begun;
    PersonTaking *t = work;
    const Ledger *ledger = t->file.ledger;
    Act *act = ledger->act;
    count(t);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = t->whose;
    leaf.content = t->whose ? NULL : &t->index;
    leaf.rows = t->report->rows;
    leaf.refused = t->report->of[ROW_REFUSED];
    leaf.taken = leaf.rows - leaf.refused;
    if (!t->whose) leaf.detail = t->path;
    return ledger_act_begin(act, t->kind->act, t->path, &begun, err) &&
           rule_use_note(act->store, &begun, ledger->schedule, &ledger->rule_texts, t->notes, err) &&
           write(t, &begun, t->notes, err) && act_record(act, &leaf, err);
}
