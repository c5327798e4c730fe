// What is past its period goes (retention.h): the key of a result, the envelopes of permits that are over.
//
// Law     linkage.md 3.5; C-3.6-21, F-4-10. Doing it twice does nothing; what is under way is never touched.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

typedef struct Erased {
    int64_t results, answers;
} Erased;

MUST bool past_erased(Act *act, Erased *erased, Error *err);
