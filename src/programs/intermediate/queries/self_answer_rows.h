// What citizens asked at the portal: answered here, and not yet sent.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "self_message.h"
#include "store.h"
#include "vec.h"

typedef struct SelfAnswer {
    int64_t answer_no;
    SelfTold told;
} SelfAnswer;
VEC(SelfAnswers, SelfAnswer, self_answers);

// The same look twice is one answer.
MUST bool self_answer_add(Store *store, const SelfTold *told, Error *err);
MUST bool self_answers_owed(Store *store, int most, Arena *arena, SelfAnswers *answers, Error *err);
MUST bool self_answers_sent(Store *store, int64_t up_to, Error *err);  // they are gone
