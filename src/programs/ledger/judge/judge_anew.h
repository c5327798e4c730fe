// A person's doses judged anew after an act has changed something of him or her.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"
#include "person_rows.h"

// Keeps the judgement of every standing dose that has none or another one than the rules and the ledger give now.
// Inside the open transaction, once a person and act, behind all else that the act writes of the person.
MUST bool judge_anew(const Judge *judge, Store *store, const LedgerAct *act,
                     const PersonRow *person, Arena scratch, Error *err);
