// SPDX-License-Identifier: Apache-2.0
#include "judge_anew.h"

#include <assert.h>

#include "dose_judged.h"
#include "key_set.h"
#include "set_slice.h"

void judgements_renewed(const Judge *judge, const PersonStands *stands, Day business_day, Arena *arena,
                 RenewedJudgements *anew)
{
    assert(business_day != DAY_NONE);
    assert(stands->person->person_id > 0);
    DoseRows doses = dose_rows_of(stands->doses, arena);
    const FactRows *facts = stands->facts;
    PersonRows rows = {stands->person->birth, stands->person->sex, doses.at, doses.count, facts->at, facts->count};
    Case c = case_of(judge, &rows, business_day, arena);
    for (ptrdiff_t i = 0; i < doses.count; i++) {
        DaySpan given;
        const DoseJudgement *had = &stands->doses->at[i].judgement;
        if (!partial_date_span(doses.at[i].given_on, &given)) given.last = business_day;
        DoseJudgement now = dose_judged(judge, &c, &doses.at[i], i, given.last, arena).kept;
        bool renews = had->legal_class != LEGAL_NOT_SAID;
        if (renews && judgement_same(had, &now)) continue;
        *renewed_judgements_push(anew, arena) = (RenewedJudgement){doses.at[i].dose_id, renews, now};
    }
}

bool judge_anew(const Judge *judge, Store *store, const LedgerAct *act, const FoundPersons *people, Arena scratch,
                Error *err)
{
    FactRows facts;
    DoseRecords doses;
    KeySet persons = {0};
    RenewedJudgements anew = {0};
    assert(act->rules);  // rule_use_note has said by which rules this act judges
    VEC_EACH (const PersonRow, person, *people) key_set_add_number(&persons, &scratch, person->person_id);
    if (!people->count) return true;
    Str asked = key_set_text(&persons, &scratch);
    if (!dose_records_of_persons(store, asked, &scratch, &doses, err) ||
        !facts_of_persons(store, asked, &scratch, &facts, err))
        return false;
    VEC_EACH (const PersonRow, person, *people) {
        SetSlice d = SET_SLICE_BY(doses, dose.person_id, person->person_id), f = SET_SLICE(facts, person->person_id);
        const DoseRecords own = {doses.at + d.first, d.count, 0};
        const FactRows known = {facts.at + f.first, f.count, 0};
        judgements_renewed(judge, &(PersonStands){person, &own, &known}, act->business_day, &scratch, &anew);
    }
    return judgements_keep(store, act, &anew, err);
}
