// Days of somebody's that stand out in the trail, and why: for the review that an office makes of who looked at whom.
//
// One person's one day is marked by what stands in the table below. The rules know the records alone: no name of a
// resident, no duty roster. A mark is no blame, it is a reason to ask.
// Law     controls C-3.3-11 (the log is looked at), C-3.3-12 (nobody sees what the work does not need).
// Memory  in the arena that is handed in. No clock, no database.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit.h"

#define DAY_MARKS(X)                                                                    \
    X(HOURS, "時間外", "決められた時間の外、または土日に、人を見た") \
    X(GUARDED, "支援措置", "支援措置の対象の人を見た")                              \
    X(MANY, "大量", "一日に、ふだんより多くの人を見た")                   \
    X(REFUSED, "断られた", "権限のない操作や、違うパスワードが続いた")

typedef enum DayMark {
#define X(name, ...) MARK_##name,
    DAY_MARKS(X)
#undef X
        MARK_COUNT
} DayMark;

const char *day_mark_words(DayMark mark);  // "時間外"
const char *day_mark_why(DayMark mark);

// From which number on a mark is set (numbers.h).
typedef struct MarkLimits {
    int64_t begins_hour, ends_hour;  // the hours of work: from the first, before the second
    int64_t many, refusals;
    const Sha256 *guarded;  // whose every look is asked about: keyed indexes (audit_person_index), as guarded_sort has them
    ptrdiff_t guarded_count;
} MarkLimits;

typedef struct StaffDay {
    Str operator_name;
    Day day;  // by the clock
    int64_t people, outside, refused;  // looks at a person, those of them outside of hours, refusals
    int64_t guarded;                   // looks, lists left out, at who is under protection
} StaffDay;
VEC(StaffDays, StaffDay, staff_days);

void guarded_sort(Sha256 *indexes, ptrdiff_t count);
// Counts a record; programs are no staff. Texts are copied.
void staff_days_add(StaffDays *days, const MarkLimits *limits, const AuditRow *row, Arena *arena);
bool staff_day_marked(const StaffDay *day, const MarkLimits *limits, DayMark mark);
