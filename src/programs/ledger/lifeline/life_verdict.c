// What a row says in words: where the series stands, and until when.
// SPDX-License-Identifier: Apache-2.0
#include "life_picture.h"

#include <assert.h>

#include "calendar.h"

enum { URGENT_DAYS = 60 };

// The state that a clerk must hear of first comes first; what is not listed comes last.
static int rank_of(Status status)
{
    static const Status loud[] = {STATUS_LATE, STATUS_DUE, STATUS_REVIEW, STATUS_CONTRAINDICATED,
                                  STATUS_NOT_YET};
    for (int i = 0; i < (int)countof(loud); i++)
        if (loud[i] == status) return i;
    return (int)countof(loud);
}

static const GroupAssessment *group_of(const PersonShown *shown, int group)
{
    for (int g = 0; g < shown->assessed->group_count; g++)
        if (shown->assessed->groups[g].group == group) return &shown->assessed->groups[g];
    return NULL;
}

static const GroupAssessment *loudest(const PersonShown *shown, const LifeSeries *series)
{
    const GroupAssessment *found = NULL;
    for (int i = 0; i < series->group_count; i++) {
        const GroupAssessment *g = group_of(shown, series->groups[i]);
        if (g && (!found || rank_of(g->status) < rank_of(found->status))) found = g;
    }
    return found;
}

static const LifeNext *next_of(const LifeSeries *series, const GroupAssessment *group)
{
    VEC_EACH (const LifeNext, next, series->nexts)
        if (next->group == group) return next;
    return NULL;
}

static int valid_doses(const LifeSeries *series)
{
    int count = 0;
    VEC_EACH (const LifeDose, d, series->doses)
        count += d->verdict &&
                 (d->verdict->status == STATUS_VALID || d->verdict->status == STATUS_COUNTED);
    return count;
}

static Day until_of(const LifeNext *next)
{
    return next->safe != DAY_NONE ? next->safe : next->group->next.last;
}

static void due(const PersonShown *shown, const LifeNext *next, LifeVerdict *v, Arena *arena)
{
    Day until = until_of(next);
    bool late = next->group->status == STATUS_LATE;
    v->act = true;
    v->words = str_format(arena, "%.*s %s", STR(next->position),
                          late ? "標準の時期を経過" : "いま接種できます");
    if (until == DAY_NONE) return;
    CivilDate day = civil_of(until);
    int left = until - shown->as_of;
    v->urgent = left >= 0 && left < URGENT_DAYS;
    if (left < 0)
        v->second = S("最後まで定期で終えられません");
    else if (v->urgent)
        v->second = str_format(arena, "%d月%d日まで　あと%d日", day.month, day.day, left);
    else
        v->second =
            str_format(arena, "%04d-%02d-%02d まで　あと%d日", day.year, day.month, day.day, left);
}

static void later(const LifeNext *next, int given, LifeVerdict *v, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    Day from = next->group->next.earliest;
    Str opens = str_format(arena, "%.*sは %s から", STR(next->position),
                           from == DAY_NONE ? "（日は未定）" : day_text(from, text));
    v->words = given ? str_format(arena, "ここまで完了（%d回）", given) : opens;
    if (given) v->second = opens;
    if (given) v->status = STATUS_COMPLETE;
}

// "第2期 完了": of a row of several periods.
static Str period_words(const PersonShown *shown, const GroupAssessment *group, Arena *arena)
{
    Str period = str_cut(group_name(shown->schedule, group->group), ' ').tail;
    Str status = status_label(shown->schedule, group->status);
    return period.len ? str_format(arena, "%.*s %.*s", STR(period), STR(status)) : status;
}

// All periods are over: the last speaks first, then the one before it.
static void over(const PersonShown *shown, const LifeSeries *series, int given, LifeVerdict *v,
                 Arena *arena)
{
    const GroupAssessment *last = NULL, *before = NULL;
    for (int i = 0; i < series->group_count; i++) {
        before = last;
        last = group_of(shown, series->groups[i]);
    }
    if (before) {
        v->status = last->status;
        v->words = period_words(shown, last, arena);
        v->second = period_words(shown, before, arena);
    } else if (given) {
        v->words = str_format(arena, "%.*s　%d回", STR(v->words), given);
    }
}

LifeVerdict life_verdict(const PersonShown *shown, const LifeSeries *series, Arena *arena)
{
    LifeVerdict v = {0};
    const GroupAssessment *group = loudest(shown, series);
    int given = valid_doses(series);
    if (series->voluntary || !group) {
        v.words = str_format(arena, "任意接種など %td回", series->doses.count);
        return v;
    }
    v.status = group->status;
    v.words = status_label(shown->schedule, group->status);
    const LifeNext *next = next_of(series, group);
    if (group->status == STATUS_DUE || group->status == STATUS_LATE) {
        if (next) due(shown, next, &v, arena);
    } else if (group->status == STATUS_REVIEW) {
        v.check = true;
        v.second = group->date_partial ? S("日付の一部が不明です") : S("人の判断が必要です");
    } else if (group->status == STATUS_NOT_YET && next) {
        later(next, given, &v, arena);
    } else {
        over(shown, series, given, &v, arena);
    }
    return v;
}
