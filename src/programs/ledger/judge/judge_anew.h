// A person's doses judged anew after an act has changed something of him or her.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"
#include "person_rows.h"

// Of one person, everything that stands with the act, in the order of its readers.
typedef struct PersonStands {
    const PersonRow *person;
    const DoseRecords *doses;
    const FactRows *facts;
} PersonStands;

// Adds to `anew` every dose that has no judgement or another one than the rules give now; what is known on the
// business day bears on each, and each is asked about on its own day.
void judgements_renewed(const Judge *judge, const PersonStands *stands, Day business_day, Arena *arena,
                 RenewedJudgements *anew);

// The same of what the store holds of these people, and keeps it. Inside the open transaction, once a person and act,
// behind all else that the act writes of them.
MUST bool judge_anew(const Judge *judge, Store *store, const LedgerAct *act, const FoundPersons *people, Arena scratch,
                     Error *err);
