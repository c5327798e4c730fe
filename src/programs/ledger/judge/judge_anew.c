// SPDX-License-Identifier: Apache-2.0
#include "judge_anew.h"

#include <assert.h>

#include "dose_judged.h"

void judged_anew(const Judge *judge, const PersonStands *stands, Day business_day, Arena *arena,
                 JudgedAnewRows *anew)
{
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
        *judged_anew_push(anew, arena) = (JudgedAnew){doses.at[i].dose_id, renews, now};
    }
}

bool judge_anew(const Judge *judge, Store *store, const LedgerAct *act, const PersonRow *person,
                Arena scratch, Error *err)
{
    FactRows facts;
    DoseRecords records;
    JudgedAnewRows anew = {0};
    assert(act->rules);  // rule_use_note has said by which rules this act judges
    if (!dose_records_of_person(store, person->person_id, KNOWN_NOW, &scratch, &records, err)) return false;
    if (!facts_of_person(store, person->person_id, KNOWN_NOW, &scratch, &facts, err)) return false;
    const PersonStands stands = {person, &records, &facts};
    judged_anew(judge, &stands, act->business_day, &scratch, &anew);
    return judgements_keep(store, act, &anew, err);
}
