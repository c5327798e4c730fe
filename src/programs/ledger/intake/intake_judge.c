// The second half: the engine's verdict on the day of the dose, from everything that is staged; then
// the claim and the row's outcome.
// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include <assert.h>

#include "contraindication.h"
#include "dose_judged.h"

// Everything of one person, read once for one row.
typedef struct Reading {
    DoseRows doses;
    FactRows facts;
    Case c;
} Reading;

static bool read_person(IntakeRun *run, const StagedRow *row, Day day, Arena *arena, Reading *read,
                        Error *err)
{
    Ledger *ledger = run->ledger;
    Store *store = ledger->act->store;
    if (!doses_of_person(store, row->person_id, KNOWN_NOW, arena, &read->doses, err)) return false;
    if (!facts_of_person(store, row->person_id, KNOWN_NOW, arena, &read->facts, err)) return false;
    PersonRows rows = {row->birth,        row->sex,       read->doses.at,
                       read->doses.count, read->facts.at, read->facts.count};
    read->c = case_of(&ledger->judge, &rows, day, arena);
    return true;
}

static ptrdiff_t place_of(const DoseRows *doses, int32_t dose_id)
{
    for (ptrdiff_t i = 0; i < doses->count; i++)
        if (doses->at[i].dose_id == dose_id) return i;
    return -1;
}

// What the product wants to be asked with it is known on that day; so it is when it wants nothing.
static bool knows_wanted(const Schedule *schedule, int32_t wants, const FactRows *facts, Day day)
{
    VEC_EACH (const FactRow, f, *facts)
        if (wants != FACT_NONE && str_equal(f->kind, fact_id(schedule, wants)) && f->since <= day)
            return true;
    return wants == FACT_NONE;
}

// What the rules say about the clinic's claim, of all reasons together.
static void claims_of(const Schedule *schedule, const DoseVerdict *verdict, IntakeJudgement *j)
{
    for (int i = 0; i < verdict->reason_count; i++) {
        bool returns = reason_claim(schedule, verdict->reasons[i].code) == REASON_RETURNS;
        j->claim_returns = j->claim_returns || returns;
        j->claim_holds = j->claim_holds || !returns;
    }
}

static IntakeJudgement judgement_of(const IntakeRun *run, const StagedRow *row,
                                    const Reading *read, const DoseJudged *judged, Day day)
{
    const Schedule *schedule = run->ledger->schedule;
    const ProductView *view = &run->ledger->judge.views[row->product_no];
    DaySpan born;
    IntakeJudgement judgement = {
        .due_date_missing = !knows_wanted(schedule, view->wants, &read->facts, day),
        .contraindicated = contraindicated(&read->facts, schedule, view, day),
        .date_partial = judged->date_partial,
        .status = judged->kept.status,
    };
    // While the day is missing by which a series would list the dose, nobody can say that none does.
    judgement.in_programme = judged->routine || (view->series && judgement.due_date_missing);
    if (view->rule != PRODUCT_NONE && partial_date_span(row->birth, &born))
        judgement.volume_ml100_legal =
            product_volume_ml100(schedule, view->rule, judged->group, born.first, day);
    if (!judged->verdict) return judgement;
    claims_of(schedule, judged->verdict, &judgement);
    judgement.place =
        (DosePlace){group_period(schedule, judged->group),
                    schedule_text(schedule, judged->verdict->position), judged->ordinal};
    return judgement;
}

static Day last_meant(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_NONE;
}

static bool corrected_later(const IntakeRun *run, const StagedRow *row, Arena scratch)
{
    int32_t ref = row->dose_id ? row->dose_id : -row->record_id;
    return map_find(&run->ended_here, str_format(&scratch, "%d", ref)) != NULL;
}

// The version that stands of a dose that later rows of the file have filled.
static int32_t filled_version(const IntakeRun *run, int32_t dose_id, Arena scratch)
{
    const int64_t *next;
    while ((next = map_find(&run->filled_here, str_format(&scratch, "%d", dose_id))) != NULL)
        dose_id = (int32_t)*next;
    return dose_id;
}

static bool judge_dose(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err)
{
    Reading read;
    const Judge *judge = &run->ledger->judge;
    Day day = last_meant(row->row.given_on);
    Str none = {0};
    int32_t stands = filled_version(run, row->dose_id, *arena);
    if (!read_person(run, row, day, arena, &read, err)) return false;
    ptrdiff_t place = place_of(&read.doses, stands);
    assert(place >= 0);  // a row that was corrected later is not asked about
    DoseJudged judged = dose_judged(judge, &read.c, &read.doses.at[place], place, day, arena);
    IntakeJudgement judgement = judgement_of(run, row, &read, &judged, day);
    *reasons = row->decision.outcome == INTAKE_OPEN ? judged.kept.reasons : none;
    row->decision = intake_check_dose(row->decision, &row->row, &row->clinic, &judgement);
    judged.kept.rules = run->act.rules;
    return stands != row->dose_id ||
           judgement_insert(run->ledger->act->store, stands, run->act.no, ACT_OPEN, &judged.kept, err);
}

// A row without a dose is only checked; one that filled a dose has made a new version of it.
static bool judge_row(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err)
{
    bool open = row->decision.outcome == INTAKE_OPEN, replaced = corrected_later(run, row, *arena);
    const IntakeJudgement nothing = {.corrected_later = replaced};
    if (row->dose_id && !replaced && (open || row->decision.store == STORE_FILL))
        return judge_dose(run, row, arena, reasons, err);
    row->decision = intake_check_dose(row->decision, &row->row, &row->clinic, &nothing);
    return true;
}

// ---- storing

static bool store_claim(IntakeRun *run, const StagedRow *row, Error *err)
{
    const IntakeDecision *d = &row->decision;
    if (d->claim == CLAIM_NONE || !row->person_id) return true;
    ClaimRow claim = {
        .claim_id = run->next_claim++,
        .row_id = row->row_id,
        .person_id = row->person_id,
        .dose_id = row->dose_id,
        .clinic_code = row->clinic_code,
        .amount = row->row.amount,
        .copay = row->row.copay,
        .state = d->claim,
        .code = d->claim == CLAIM_RECEIVED ? (Str){0} : intake_code_text(d->codes[0]),
    };
    return claim_insert(run->ledger->act->store, &run->act, &claim, err);
}

static bool store_row(IntakeRun *run, const StagedRow *row, Str reasons, Arena *arena, Error *err)
{
    const IntakeDecision *d = &row->decision;
    bool linked = d->outcome != INTAKE_REVIEW && d->outcome != INTAKE_RETURNED;
    bool plain = d->outcome == INTAKE_ACCEPTED;
    IntakeRowKept kept = {
        .row_id = row->row_id,
        .file_no = run->file.file_no,
        .line = row->line,
        .label = row->label,
        .outcome = d->outcome,
        .person_id = linked ? row->person_id : 0,
        .dose_id = linked ? row->dose_id : 0,
        .candidates = d->outcome == INTAKE_REVIEW ? row->candidates : (Str){0},
        .score = row->score,
        .evidence = row->evidence,
        .dose_status = d->status,
        .reasons = reasons,
        .codes = plain && !d->code_count ? (Str){0} : intake_codes_text(d, arena),
        .message = plain && !d->code_count ? (Str){0} : intake_message_text(d, &row->row, arena),
        .content = row->content,
        .item = row->item,
        .as_read = row->as_read,
        .corrects = row->row.corrects,
    };
    return intake_row_insert(run->ledger->act->store, &kept, err);
}

bool intake_judge_dose(IntakeRun *run, StagedRow *row, Arena *arena, Str *reasons, Error *err)
{
    *reasons = (Str){0};
    return judge_row(run, row, arena, reasons, err) && store_claim(run, row, err);
}

bool intake_judge_row(IntakeRun *run, StagedRow *row, Arena scratch, Error *err)
{
    Str reasons;
    const IntakeDecision *d = &row->decision;
    if (!intake_judge_dose(run, row, &scratch, &reasons, err)) return false;
    run->file.counts.rows++;
    run->file.counts.of_outcome[d->outcome]++;
    return store_row(run, row, reasons, &scratch, err);
}
