// SPDX-License-Identifier: Apache-2.0
#include "marked_days.h"

static const char *const words_of[] = {
#define X(name, words, why) [MARK_##name] = (words),
    DAY_MARKS(X)
#undef X
};
static const char *const whys_of[] = {
#define X(name, words, why) [MARK_##name] = (why),
    DAY_MARKS(X)
#undef X
};

const char *day_mark_words(DayMark mark)
{
    return words_of[mark];
}

const char *day_mark_why(DayMark mark)
{
    return whys_of[mark];
}

// Day 0, 1970-01-01, was a Thursday.
static bool outside(const MarkLimits *limits, Instant at)
{
    enum { HOUR_SECONDS = 3600, JAPAN_HOURS = 9, SATURDAY = 2, WEEK = 7 };
    int64_t hour = (at / 1000000 / HOUR_SECONDS + JAPAN_HOURS) % 24;
    Day day = instant_day_in_japan(at);
    int weekday = ((day % WEEK) + WEEK) % WEEK;  // 0: Thursday
    bool weekend = weekday == SATURDAY || weekday == SATURDAY + 1;
    return weekend || hour < limits->begins_hour || hour >= limits->ends_hour;
}

static StaffDay *day_of_row(StaffDays *days, const AuditRow *row, Arena *arena)
{
    Day on = instant_day_in_japan(row->at);
    VEC_EACH (StaffDay, day, *days)
        if (day->day == on && str_equal(day->operator_name, row->operator_name)) return day;
    StaffDay *day = staff_days_push(days, arena);
    *day = (StaffDay){.operator_name = str_copy(arena, row->operator_name), .day = on, .first = row->at, .last = row->at};
    return day;
}

void staff_days_add(StaffDays *days, const MarkLimits *limits, const AuditRow *row, Arena *arena)
{
    if (str_starts(row->operator_name, S("system:"))) return;
    StaffDay *day = day_of_row(days, row, arena);
    bool looked = row->act == AUDIT_LOOK && row->whose_index.len > 0 && row->result == AUDIT_DONE;
    day->acts++;
    day->people += looked;
    day->outside += looked && outside(limits, row->at);
    day->refused += row->result == AUDIT_REFUSED;
    if (row->at < day->first) day->first = row->at;
    if (row->at > day->last) day->last = row->at;
}

bool staff_day_marked(const StaffDay *day, const MarkLimits *limits, DayMark mark)
{
    switch (mark) {
    case MARK_HOURS: return day->outside > 0;
    case MARK_MANY: return day->people >= limits->many;
    case MARK_REFUSED: return day->refused >= limits->refusals;
    case MARK_COUNT: break;
    }
    return false;
}
