// Ages, month gaps and years as Japanese law counts them.
//
// Law     年齢計算ニ関スル法律 (明治35年法律第50号), 民法 第143条: an age is attained at the end of the
//         day before the birthday, and the programme takes that day as the first of the new age and
//         the last of the old window. 学校教育法 第17条: school entry.
// Units   Day is a civil day number; months are counted from a day, never as 30 days.
// Memory  none: no allocation, no clock, no state. Safe from any thread.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"

// Three ways to add months to a day; they differ only where the month has no such day, or by one.
//   MONTHS_OVERFLOW  the corresponding day, else the 1st of the following month (month gaps; CDSi)
//   MONTHS_ATTAIN    the day before the corresponding day, else the month's last day (legal ages)
//   MONTHS_CLIP      the corresponding day, else the month's last day
typedef enum MonthRule { MONTHS_OVERFLOW, MONTHS_ATTAIN, MONTHS_CLIP } MonthRule;

// `months` may be negative. What would leave the calendar stops at DAY_MIN or DAY_MAX.
Day month_add(Day from, int months, MonthRule rule);
Day month_add_civil(CivilDate from, int months,
                    MonthRule rule);  // the same, day taken apart before

// A(birth, months): the day on which someone born on `birth` attains the age of `months`.
Day age_attained_months(Day birth, int months);
Day age_attained(Day birth, int years);
// The largest number of years attained by the end of `on`; -1 before birth.
int age_completed(Day birth, Day on);
int age_completed_months(Day birth, Day on);

// X(from, days): the first day with `days` full days between (27日以上: from + 28).
Day gap_days(Day from, int days);
// G(from, months): the first day after a gap of whole months (3月以上).
Day gap_months(Day from, int months);
// The same for n and a half months: half of the month reached is 14, 15, 15 or 16 days when it has
// 28, 29, 30 or 31.
Day gap_half_months(Day from, int months);
int half_month_days(int month_length);

// A year that begins on a day of the calendar (年度: 1 April). `month`, `day` are that first day.
Day year_start(Day on, int month, int day);  // first day of the year that holds `on`
Day year_end(Day on, int month, int day);    // its last day
Day year_next(Day on, int month, int day);   // the first start on or after `on`
int fiscal_year(Day on);                     // 年度: 2026 from 2026-04-01 to 2027-03-31
Day fiscal_year_start(Day on);
Day fiscal_year_end(Day on);

// 就学の始期: the first 1 April on or after the day that follows the day six is attained.
Day school_entry(Day birth);
