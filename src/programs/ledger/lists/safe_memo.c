// SPDX-License-Identifier: Apache-2.0
#include "safe_memo.h"

enum {
    PLACES = 1 << 18,          // a power of two
    FILLED_MOST = PLACES / 2,  // beyond that nothing new is remembered
    REACH_DAYS = 62,           // longer than any interval between different vaccines
};

typedef struct Remembered {
    int64_t key;  // 0: free
    Day safe;
} Remembered;

struct SafeMemo {
    const Judge *judge;
    Day as_of;
    Remembered *places;
    int filled;
};

SafeMemo *safe_memo(const Judge *judge, Day as_of, Arena *arena)
{
    SafeMemo *memo = NEW(arena, SafeMemo, 1);
    *memo = (SafeMemo){.judge = judge, .as_of = as_of, .places = NEW(arena, Remembered, PLACES)};
    return memo;
}

static bool begun(const SafeMemo *memo, const Case *c, int group)
{
    for (int i = 0; i < c->history.count; i++)
        if (group_lists(memo->judge->schedule, group, c->history.at[i].product)) return true;
    return false;
}

static Remembered *place_of(SafeMemo *memo, int64_t key)
{
    uint64_t hash = (uint64_t)key * 0x9E3779B97F4A7C15u;
    for (uint64_t i = hash >> 40;; i++) {
        Remembered *r = &memo->places[i & (PLACES - 1)];
        if (!r->key || r->key == key) return r;
    }
}

static Day without_history(SafeMemo *memo, const Case *c, const GroupAssessment *group,
                           Arena scratch)
{
    int64_t key = ((int64_t)c->subject.birth - DAY_MIN + 1) << 16 | (int64_t)group->group << 4 |
                  (int64_t)c->subject.sex;
    Remembered *r = place_of(memo, key);
    if (r->key) return r->safe;
    Case blank = *c;
    blank.history.count = 0;
    Day safe = case_last_safe(&blank, group, memo->as_of, scratch);
    if (memo->filled < FILLED_MOST) {
        *r = (Remembered){key, safe};
        memo->filled++;
    }
    return safe;
}

Day safe_memo_ask(SafeMemo *memo, const Case *c, const GroupAssessment *group, Arena scratch)
{
    bool alone = c->vague || c->subject.fact_count || begun(memo, c, group->group);
    if (!alone) {
        Day safe = without_history(memo, c, group, scratch);
        Day newest = c->history.count ? c->history.at[c->history.count - 1].given_on : DAY_MIN;
        if (safe != DAY_NONE && newest + REACH_DAYS < safe) return safe;
    }
    return case_last_safe(c, group, memo->as_of, scratch);
}
