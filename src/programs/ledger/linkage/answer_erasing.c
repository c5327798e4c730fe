// SPDX-License-Identifier: Apache-2.0
#include "answer_erasing.h"

#include "act.h"
#include "inquiry_rows.h"

bool inquiry_answers_erase(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    Instant before = act->now - numbers->at[NUMBER_ANSWER_DAYS] * INSTANT_DAY;
    return inquiry_answers_forget(act->store, before, &erased->count, err);
}
