// How long something is kept, and how it is erased: by destroying the key that it is sealed with.
//
// Law     番号法 第23条, 施行令: records of provision for seven years. C-3.6-21, F-4-10: what an inquiry brought goes after
//         its period; linkage.md 3.5. Years are counted by 民法 第140条, 第143条: the first day does not count.
// Erased  a kept thing has a key of its own. The key is destroyed, and with it every copy in every backup; that it was,
//         and when, stays. Doing it twice does nothing.
// Pure    no clock, no key: the moment arrives, the effect goes out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "instant.h"

typedef enum RetentionKind {
    RETAIN_RESULT,         // what an inquiry brought, from its end
    RETAIN_ONE_TIME_KEY,   // with which an answer is opened, from the end of the inquiry
    RETAIN_SEALED_ANSWER,  // at the provider, from the end of the permit
    RETAIN_RECORD,         // of provision, from the request
    RETAIN_KIND_COUNT
} RetentionKind;

typedef struct RetentionRule {
    int days, least, most;  // as the house has it; what a city may set
    int years;              // by law: nothing can be set
    const char *law;
} RetentionRule;

const RetentionRule *retention_rule(RetentionKind kind);

// The first moment at which it may be gone. `days` is the city's own number, 0 for the house's; of a kind that is kept
// by years it must be 0 (asserted, like the bounds of the rule).
Instant retention_end(RetentionKind kind, Instant since, int days);
// At `now` may be gone what is kept since before this moment, and nothing else: the same question for many at once.
Instant retention_before(RetentionKind kind, Instant now, int days);
// May a city set this? E_LIMIT with the bounds.
MUST bool retention_days_valid(RetentionKind kind, int64_t days, Error *err);

typedef struct Kept {
    RetentionKind kind;
    Instant since;
    Instant erased_at;  // 0: it is still there
    bool needed;        // something still waits for it: it stays
} Kept;

typedef struct KeptStep {
    Kept next;
    bool destroy_key;
} KeptStep;

KeptStep kept_step(const Kept *now, Instant at, int days);
