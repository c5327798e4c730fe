// What was staged and judged, into the store: it only inserts and ends what was prepared.
// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include <assert.h>

#include "counter_rows.h"

// ---- numbers

typedef struct Firsts {
    int32_t row, dose, record, fact, claim;
} Firsts;

static bool firsts_read(Store *store, Firsts *firsts, Error *err)
{
    return number_next(store, NUMBER_INTAKE_ROW, &firsts->row, err) &&
           number_next(store, NUMBER_DOSE, &firsts->dose, err) &&
           number_next(store, NUMBER_NOT_GIVEN, &firsts->record, err) &&
           number_next(store, NUMBER_PERSON_FACT, &firsts->fact, err) &&
           number_next(store, NUMBER_CLAIM, &firsts->claim, err);
}

static void settle_ref(int64_t *ref, const Firsts *firsts)
{
    if (*ref >= PROVISIONAL) *ref += firsts->dose - PROVISIONAL;
    if (*ref <= -PROVISIONAL) *ref -= firsts->record - PROVISIONAL;
}

static void settle_dose(DoseRecord *record, const Firsts *firsts, const LedgerAct *act)
{
    record->dose.from_act = act->no;
    number_settle(&record->dose.dose_id, firsts->dose);
    number_settle(&record->replaces, firsts->dose);
    number_settle(&record->row_id, firsts->row);
}

// From here on the row's numbers are those that the store keeps.
static void settle_numbers(StagedRow *row, const Firsts *firsts, const LedgerAct *act)
{
    number_settle(&row->row_id, firsts->row);
    number_settle(&row->dose_id, firsts->dose);
    number_settle(&row->record_id, firsts->record);
    number_settle(&row->filled.dose_id, firsts->dose);
    number_settle(&row->settling.by.row_id, firsts->row);
    settle_ref(&row->ends, firsts);
    if (row->waits) number_settle(&row->waits->row_id, firsts->row);
    VEC_EACH (SentDose, asked, row->in_question) {
        int64_t ref = asked->dose_id;
        settle_ref(&ref, firsts);
        asked->dose_id = (int32_t)ref;
    }
    if (row->dose) settle_dose(row->dose, firsts, act);
    if (row->not_given) {
        number_settle(&row->not_given->record_id, firsts->record);
        number_settle(&row->not_given->row_id, firsts->row);
    }
    if (row->fact) {
        row->fact->from_act = act->no;
        number_settle(&row->fact->fact_id, firsts->fact);
        number_settle(&row->fact->row_id, firsts->row);
    }
}

// ---- doses, examinations, facts: table by table, as PostgreSQL likes it

VEC(RecordRefs, const DoseRecord *, record_refs);
VEC(NotGivenRefs, const NotGivenRow *, not_given_refs);
VEC(FactRefs, const FactRow *, fact_refs);
VEC(FreshJudgements, FreshJudgement, fresh_judgements);

static bool insert_stored(const IntakeRun *run, Arena scratch, Error *err)
{
    RecordRefs doses = {0};
    NotGivenRefs not_given = {0};
    FactRefs facts = {0};
    Store *store = run->ledger->act->store;
    VEC_EACH (const StagedRef, row, run->rows) {
        if ((*row)->dose && !(*row)->move) *record_refs_push(&doses, &scratch) = (*row)->dose;
        if ((*row)->not_given) *not_given_refs_push(&not_given, &scratch) = (*row)->not_given;
        if ((*row)->fact) *fact_refs_push(&facts, &scratch) = (*row)->fact;
    }
    return doses_insert(store, doses.at, doses.count, err) &&
           not_given_insert(store, &run->act, not_given.at, not_given.count, err) &&
           facts_insert(store, facts.at, facts.count, err);
}

static bool insert_judgements(const IntakeRun *run, Arena scratch, Error *err)
{
    FreshJudgements all = {0};
    VEC_EACH (const StagedRef, row, run->rows) {
        if (!(*row)->judged) continue;
        (*row)->judgement.rules = run->act.rules;
        *fresh_judgements_push(&all, &scratch) = (FreshJudgement){(*row)->dose_id, &(*row)->judgement};
    }
    return judgements_insert(run->ledger->act->store, run->act.no, all.at, all.count, err);
}

// ---- what ends

VEC(EndedIds, int32_t, ended_ids);

static bool follow_claims(IntakeRun *run, const Firsts *firsts, Arena scratch, Error *err)
{
    int32_t next = firsts->claim + run->claims;
    Store *store = run->ledger->act->store;
    VEC_EACH (const StagedRef, row, run->rows)
        if ((*row)->fills && !claims_follow(store, &run->act, &(*row)->filled, &(*row)->dose->dose,
                                            &next, scratch, err))
            return false;
    run->claims = next - firsts->claim;
    return true;
}

static bool correct_persons(const IntakeRun *run, Arena scratch, Error *err)
{
    VEC_EACH (const StagedRef, row, run->rows) {
        PersonCorrection *move = (*row)->move;
        if (!move) continue;
        if ((*row)->dose)
            move->fresh = *(*row)->dose;
        else
            move->fresh.dose.person_id = (*row)->person_id;
        if (!person_correction_store(run->ledger->act->store, &run->act, move, scratch, err))
            return false;
    }
    return true;
}

// A correction ends claims too; those of a dose that is filled have gone on.
static bool end_replaced(const IntakeRun *run, Arena scratch, Error *err)
{
    EndedIds doses = {0}, corrected = {0}, records = {0};
    Store *store = run->ledger->act->store;
    const LedgerAct *act = &run->act;
    VEC_EACH (const StagedRef, at, run->rows) {
        int32_t ref = (int32_t)(*at)->ends;
        if (ref > 0) *ended_ids_push(&doses, &scratch) = ref;
        if (ref > 0 && !(*at)->fills) *ended_ids_push(&corrected, &scratch) = ref;
        if (ref < 0) *ended_ids_push(&records, &scratch) = -ref;
    }
    return (!doses.count || doses_end(store, act, doses.at, doses.count, err)) &&
           (!corrected.count || claims_end(store, act, corrected.at, corrected.count, err)) &&
           (!records.count || (not_given_end(store, act, records.at, records.count, err) &&
                               claims_end_not_given(store, act, records.at, records.count, err)));
}

// ---- rows that wait, and those that wait no longer

static void add_doubt(Doubts *doubts, Arena *arena, const StagedRow *row, const SentDose *dose)
{
    *doubts_push(doubts, arena) =
        (Doubt){.row_id = row->row_id, .ref = dose->dose_id, .person_id = dose->person_id};
}

// What a row's own question, or its correction, is about.
static Doubts asks_of(const StagedRow *row, Arena *arena)
{
    Doubts asks = {0};
    const SentDose corrected = {.dose_id = (int32_t)row->ends, .person_id = row->person_id};
    VEC_EACH (const SentDose, dose, row->in_question) add_doubt(&asks, arena, row, dose);
    if (row->ends && !row->fills) add_doubt(&asks, arena, row, &corrected);
    return asks;
}

// ---- a row that waits is corrected further down in this file

static bool one_question(const StagedRow *row, const StagedRow *before)
{
    VEC_EACH (const SentDose, asked, before->in_question) {
        if (row->ends == asked->dose_id) return true;
        VEC_EACH (const SentDose, dose, row->in_question)
            if (dose->dose_id == asked->dose_id) return true;
    }
    return false;
}

static bool overtakes(const StagedRow *row, const StagedRow *before)
{
    const WaitingRow *by = &row->settling.by, *w = before->waits;
    if (!by->clinic_code.len || !str_equal(by->clinic_code, w->clinic_code)) return false;
    const WaitingLabel waits = {.clinic_code = w->clinic_code, .birth = w->birth};
    bool one = one_question(row, before);
    if (!one && !waiting_same_row(&waits, by->clinic_code, by->birth)) return false;
    if (row->settling.waits) return w->outcome == INTAKE_REVIEW;
    return by->person_id && (one || !before->in_question.count);
}

static void overtake(IntakeRun *run, Arena scratch)
{
    StagedRows waiting = {0};
    VEC_EACH (const StagedRef, at, run->rows) {
        const StagedRow *row = *at;
        for (ptrdiff_t i = 0; row->row.corrects && i < waiting.count; i++) {
            StagedRow *before = waiting.at[i];
            if (!before->waits || !str_equal(before->row_no, row->row_no) || !overtakes(row, before))
                continue;
            intake_overtaken(&before->decision);
            before->waits = NULL;
        }
        if (row->waits) *staged_rows_push(&waiting, &scratch) = *at;
    }
}

static bool settle_waiting(const IntakeRun *run, Arena scratch, Error *err)
{
    Settlings settlings = {0};
    VEC_EACH (const StagedRef, row, run->rows) {
        (*row)->settling.asks = asks_of(*row, &scratch);
        *settlings_push(&settlings, &scratch) = &(*row)->settling;
    }
    return waiting_settle(run->ledger->act->store, &run->act, run->file.month, &settlings, scratch,
                          err);
}

static bool insert_waiting(const IntakeRun *run, Arena scratch, Error *err)
{
    WaitingRows waiting = {0};
    Doubts doubts = {0};
    IntakeCandidates candidates = {0};
    Store *store = run->ledger->act->store;
    VEC_EACH (const StagedRef, at, run->rows) {
        const StagedRow *row = *at;
        if (row->waits) *waiting_rows_push(&waiting, &scratch) = *row->waits;
        if (row->waits)
            VEC_EACH (const SentDose, dose, row->in_question) add_doubt(&doubts, &scratch, row, dose);
        for (int32_t i = 0; i < row->candidate_count; i++)
            *intake_candidates_push(&candidates, &scratch) =
                (IntakeCandidate){row->row_id, i + 1, row->candidate_ids[i]};
    }
    return intake_candidates_insert(store, &candidates, err) &&
           waiting_insert(store, &run->act, &waiting, err) && doubts_insert(store, &doubts, err);
}

// ---- claims

static bool insert_claims(IntakeRun *run, const Firsts *firsts, Arena scratch, Error *err)
{
    ClaimRows claims = {0};
    VEC_EACH (const StagedRef, at, run->rows) {
        const StagedRow *row = *at;
        const IntakeDecision *d = &row->decision;
        if (d->claim == CLAIM_NONE || !row->person_id) continue;
        *claim_rows_push(&claims, &scratch) = (ClaimRow){
            .claim_id = firsts->claim + run->claims++,
            .row_id = row->row_id,
            .person_id = row->person_id,
            .dose_id = row->dose_id,
            .clinic_code = row->clinic_code,
            .amount = row->row.amount,
            .copay = row->row.copay,
            .state = d->claim,
            .code = d->claim == CLAIM_RECEIVED ? (Str){0} : intake_code_text(d->codes[0]),
        };
    }
    return claims_insert(run->ledger->act->store, &run->act, &claims, err);
}

bool intake_publish(IntakeRun *run, Arena scratch, Error *err)
{
    assert(!store_is_idle(run->ledger->act->store));
    assert(run->act.no > 0);
    Firsts firsts;
    if (!firsts_read(run->ledger->act->store, &firsts, err)) return false;
    run->claims = 0;
    overtake(run, scratch);
    VEC_EACH (const StagedRef, row, run->rows) settle_numbers(*row, &firsts, &run->act);
    return insert_stored(run, scratch, err) && follow_claims(run, &firsts, scratch, err) &&
           correct_persons(run, scratch, err) && end_replaced(run, scratch, err) &&
           insert_judgements(run, scratch, err) && settle_waiting(run, scratch, err) &&
           insert_waiting(run, scratch, err) && insert_claims(run, &firsts, scratch, err);
}

// ---- the file

static IntakeRowKept kept_of(const void *context, ptrdiff_t nth, Arena *arena)
{
    const IntakeRun *run = context;
    const StagedRow *row = run->rows.at[nth];
    const IntakeDecision *d = &row->decision;
    bool linked = d->outcome != INTAKE_REVIEW && d->outcome != INTAKE_RETURNED;
    bool plain = d->outcome == INTAKE_ACCEPTED && !d->code_count;
    return (IntakeRowKept){
        .row_id = row->row_id,
        .file_no = run->file.file_no,
        .line = row->line,
        .label = row->label,
        .row_no = row->row_no,
        .outcome = d->outcome,
        .person_id = linked ? row->person_id : 0,
        .dose_id = linked ? row->dose_id : 0,
        .candidates = d->outcome == INTAKE_REVIEW ? row->candidates : (Str){0},
        .score = row->score,
        .evidence = row->evidence,
        .dose_status = d->status,
        .reasons = row->reasons,
        .codes = plain ? (Str){0} : intake_codes_text(d, arena),
        .message = plain ? (Str){0} : intake_message_text(d, &row->row, arena),
        .content = row->content,
        .item = row->item,
        .as_read = row->as_read,
        .corrects = row->row.corrects,
    };
}

bool intake_publish_outcomes(IntakeRun *run, Arena scratch, Error *err)
{
    assert(!store_is_idle(run->ledger->act->store));
    Store *store = run->ledger->act->store;
    run->file.counts = (IntakeCounts){.rows = (int32_t)run->rows.count};
    if (!number_next(store, NUMBER_INTAKE_FILE, &run->file.file_no, err)) return false;
    VEC_EACH (const StagedRef, row, run->rows)
        run->file.counts.of_outcome[(*row)->decision.outcome]++;
    return intake_rows_insert(store, run->rows.count, kept_of, run, scratch, err) &&
           intake_file_insert(store, &run->act, &run->file, err);
}
