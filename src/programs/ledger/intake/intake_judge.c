// The second half: the engine's verdict on the day of the dose, from everything that is staged.
// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"
#include "intake_sets.h"

#include <assert.h>

#include "contraindication.h"
#include "dose_judged.h"
#include "key_set.h"

// Everything of one person, as it will stand with the file.
typedef struct Reading {
    DoseRows doses;
    FactRows facts;
    Case c;
} Reading;

static Reading reading_of(IntakeRun *run, const StagedRow *row, const IntakeSets *sets, Day day,
                          Arena *arena)
{
    StagedRows staged = overlay_rows(&run->overlay, row->person_id);
    SetSlice doses = SET_SLICE(sets->doses, row->person_id);
    SetSlice facts = SET_SLICE(sets->facts, row->person_id);
    Reading read = {
        .doses = overlay_doses(&staged, sets->doses.at + doses.first, doses.count, arena),
        .facts = overlay_facts(&staged, sets->facts.at + facts.first, facts.count, arena)};
    PersonRows rows = {row->birth,       row->sex,      read.doses.at,
                       read.doses.count, read.facts.at, read.facts.count};
    read.c = case_of(&run->ledger->judge, &rows, day, arena);
    return read;
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

static IntakeJudgement judgement_of(const IntakeRun *run, const StagedRow *row, const Reading *read,
                                    const DoseJudged *judged, Day day)
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

static void judge_dose(IntakeRun *run, StagedRow *row, int32_t version, const IntakeSets *sets,
                       Arena arena)
{
    Day day = last_meant(row->row.given_on);
    Reading read = reading_of(run, row, sets, day, &arena);
    ptrdiff_t place = place_of(&read.doses, version);
    assert(place >= 0);  // a row that was corrected later is not asked about
    DoseJudged judged =
        dose_judged(&run->ledger->judge, &read.c, &read.doses.at[place], place, day, &arena);
    IntakeJudgement judgement = judgement_of(run, row, &read, &judged, day);
    Str reasons = str_copy(run->kept, judged.kept.reasons);
    if (row->decision.outcome == INTAKE_OPEN) row->reasons = reasons;
    row->decision = intake_check_dose(row->decision, &row->row, &row->clinic, &judgement);
    row->judgement = judged.kept;
    row->judgement.reasons = reasons;
    // One that a later row has filled is judged with that.
    row->judged = version == row->dose_id;
}

// A row without a dose is only checked; one that filled a dose has made a new version of it.
static bool asks_engine(const StagedRow *row)
{
    bool open = row->decision.outcome == INTAKE_OPEN;
    return row->dose_id && (open || row->decision.store == STORE_FILL);
}

static void judge_row(IntakeRun *run, StagedRow *row, const IntakeSets *sets, Arena arena)
{
    StagedRows staged = overlay_rows(&run->overlay, row->person_id);
    bool stored = row->dose || row->not_given;
    int32_t version = stored ? overlay_version(&staged, row) : row->dose_id;
    const IntakeJudgement nothing = {.corrected_later = stored && !version};
    if (version && asks_engine(row))
        judge_dose(run, row, version, sets, arena);
    else
        row->decision = intake_check_dose(row->decision, &row->row, &row->clinic, &nothing);
}

// All rows must be staged: a dose is judged with the others of its person that the file brings.
bool intake_judge(IntakeRun *run, StagedRow *const *rows, ptrdiff_t count, Arena scratch,
                  Error *err)
{
    assert(count >= 0);
    IntakeSets sets = {0};
    KeySet persons = {0};
    Store *store = run->ledger->act->store;
    for (ptrdiff_t i = 0; i < count; i++)
        if (asks_engine(rows[i])) key_set_add_number(&persons, &scratch, rows[i]->person_id);
    Str asked = key_set_text(&persons, &scratch);
    if (persons.count && (!doses_of_persons(store, asked, &scratch, &sets.doses, err) ||
                          !facts_of_persons(store, asked, &scratch, &sets.facts, err)))
        return false;
    for (ptrdiff_t i = 0; i < count; i++) judge_row(run, rows[i], &sets, scratch);
    return true;
}
