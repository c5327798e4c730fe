// SPDX-License-Identifier: Apache-2.0
#include "retention.h"

#include "calendar.h"

#include <assert.h>

// clang-format off
static const RetentionRule rules[] = {
    //                        days least most years
    [RETAIN_RESULT]        = {14,  1,    90,  0, "linkage.md 3.5"},
    [RETAIN_ONE_TIME_KEY]  = {0,   0,    0,   0, "linkage.md 3.2"},
    [RETAIN_SEALED_ANSWER] = {1,   1,    1,   0, "linkage.md 3.2"},
    [RETAIN_RECORD]        = {0,   0,    0,   7, "番号法 第23条, 施行令"},
};
// clang-format on
_Static_assert(sizeof rules / sizeof *rules == RETAIN_KIND_COUNT, "a rule for each");

const RetentionRule *retention_rule(RetentionKind kind)
{
    assert(kind < RETAIN_KIND_COUNT);
    return &rules[kind];
}

Instant retention_end(RetentionKind kind, Instant since, int days)
{
    const RetentionRule *rule = retention_rule(kind);
    assert(days == 0 || (days >= rule->least && days <= rule->most));
    if (!rule->years) return since + (days ? days : rule->days) * INSTANT_DAY;
    Day first = instant_day_in_japan(since) + 1;  // the day itself does not count
    return instant_day_begins(age_attained(first, rule->years) + 1);
}

Instant retention_before(RetentionKind kind, Instant now, int days)
{
    enum { YEAR_DAYS_MOST = 366 };
    const RetentionRule *rule = retention_rule(kind);
    if (!rule->years) return now - (retention_end(kind, now, days) - now) + 1;
    Day first = instant_day_in_japan(now) - (rule->years * YEAR_DAYS_MOST + 1);  // over by now: what counts is its day
    while (retention_end(kind, instant_day_begins(first), 0) <= now) first++;
    return instant_day_begins(first);
}

bool retention_days_valid(RetentionKind kind, int64_t days, Error *err)
{
    const RetentionRule *rule = retention_rule(kind);
    return (days >= rule->least && days <= rule->most) ||
           FAIL(err, E_LIMIT,
                .words =
                    S("保存期間の日数が、決められた範囲にありません。日数を確かめてください。"));
}

KeptStep kept_step(const Kept *now, Instant at, int days)
{
    KeptStep step = {.next = *now};
    if (now->erased_at || now->needed || at < retention_end(now->kind, now->since, days))
        return step;
    step.next.erased_at = at;
    step.destroy_key = true;
    return step;
}
