// SPDX-License-Identifier: Apache-2.0
#include "answer_erasing.h"

#include "act.h"
#include "inquiry_rows.h"

static bool answers(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    Instant before = act->now - numbers->at[NUMBER_ANSWER_DAYS] * INSTANT_DAY;
    return inquiry_answers_forget(act->store, before, &erased->count, err);
}

static const Erasure erasures[] = {{"確かめ終えた照会の回答", answers}};
const Erasures ledger_erasures = {erasures, (int)(sizeof erasures / sizeof *erasures)};
