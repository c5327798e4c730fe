// SPDX-License-Identifier: Apache-2.0
#include "judge_anew.h"

#include <assert.h>

#include "dose_judged.h"

// What is known on the day of the act bears on every dose; each is asked about on its own day.
static bool judge_one(const Judge *judge, Store *store, const LedgerAct *act, const Case *c,
                      const DoseRecord *record, ptrdiff_t place, Arena *arena, Error *err)
{
    DaySpan given;
    const DoseJudgement *stands = &record->judgement;
    int32_t dose_id = record->dose.dose_id;
    if (!partial_date_span(record->dose.given_on, &given)) given.last = act->business_day;
    DoseJudged judged =
        dose_judged(judge, c, &record->dose, place, given.last, arena);
    judged.kept.rules = act->rules;
    if (stands->legal_class == LEGAL_NOT_SAID)
        return judgement_insert(store, dose_id, act->no, ACT_OPEN, &judged.kept, err);
    return judgement_same(stands, &judged.kept) ||
           judgement_renew(store, act, dose_id, &judged.kept, err);
}

bool judge_anew(const Judge *judge, Store *store, const LedgerAct *act, const PersonRow *person,
                Arena scratch, Error *err)
{
    DoseRecords records;
    FactRows facts;
    assert(act->rules);  // rule_use_note has said by which rules this act judges
    if (!dose_records_of_person(store, person->person_id, KNOWN_NOW, &scratch, &records, err)) return false;
    if (!facts_of_person(store, person->person_id, KNOWN_NOW, &scratch, &facts, err)) return false;
    DoseRow *doses = NEW(&scratch, DoseRow, records.count);
    for (ptrdiff_t i = 0; i < records.count; i++) doses[i] = records.at[i].dose;
    PersonRows rows = {person->birth, person->sex, doses, records.count, facts.at, facts.count};
    Case c = case_of(judge, &rows, act->business_day, &scratch);
    for (ptrdiff_t i = 0; i < records.count; i++)
        if (!judge_one(judge, store, act, &c, &records.at[i], i, &scratch, err)) return false;
    return true;
}
