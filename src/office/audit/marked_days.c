// SPDX-License-Identifier: Apache-2.0
#include "marked_days.h"

#include <stdlib.h>
#include <string.h>

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

static bool outside(const MarkLimits *limits, Instant at)
{
    enum { SUNDAY, SATURDAY = 6 };
    Day day = instant_day_in_japan(at);
    int64_t hour = (at - instant_day_begins(day)) / (60 * INSTANT_MINUTE);
    bool weekend = weekday_of(day) == SATURDAY || weekday_of(day) == SUNDAY;
    return weekend || hour < limits->begins_hour || hour >= limits->ends_hour;
}

static int index_order(const void *left, const void *right)
{
    return memcmp(left, right, sizeof(Sha256));
}

void guarded_sort(Sha256 *indexes, ptrdiff_t count)
{
    if (count) qsort(indexes, (size_t)count, sizeof *indexes, index_order);
}

static bool guarded(const MarkLimits *limits, Bytes index)
{
    return limits->guarded_count && index.len == (ptrdiff_t)sizeof(Sha256) &&
           bsearch(index.at, limits->guarded, (size_t)limits->guarded_count, sizeof *limits->guarded, index_order);
}

static StaffDay *day_of_row(StaffDays *days, const AuditRow *row, Arena *arena)
{
    Day on = instant_day_in_japan(row->at);
    VEC_EACH (StaffDay, day, *days)
        if (day->day == on && str_equal(day->operator_name, row->operator_name)) return day;
    StaffDay *day = staff_days_push(days, arena);
    *day = (StaffDay){.operator_name = str_copy(arena, row->operator_name), .day = on};
    return day;
}

void staff_days_add(StaffDays *days, const MarkLimits *limits, const AuditRow *row, Arena *arena)
{
    if (str_starts(row->operator_name, S("system:"))) return;
    StaffDay *day = day_of_row(days, row, arena);
    bool looked = row->act == AUDIT_LOOK && row->whose_index.len > 0 && row->result == AUDIT_DONE;
    day->people += looked;
    day->outside += looked && outside(limits, row->at);
    day->guarded += looked && guarded(limits, row->whose_index);
    day->refused += row->result == AUDIT_REFUSED;
}

bool staff_day_marked(const StaffDay *day, const MarkLimits *limits, DayMark mark)
{
    switch (mark) {
    case MARK_HOURS: return day->outside > 0;
    case MARK_GUARDED: return day->guarded > 0;
    case MARK_MANY: return day->people >= limits->many;
    case MARK_REFUSED: return day->refused >= limits->refusals;
    case MARK_COUNT: break;
    }
    return false;
}
