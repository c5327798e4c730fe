// Civil days as numbers.
//
// Units   Day counts civil days, 0 = 1970-01-01, proleptic Gregorian; the whole country is one time
//         zone, so no rule has an hour. DaySpan includes both ends, as the law writes.
// Memory  none: no allocation, no clock, no state.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef int32_t Day;

// "No such day": absent bounds and unknown dates. Sorts before every real day.
#define DAY_NONE INT32_MIN
#define DAY_MIN  ((Day)-719162)  // 0001-01-01
#define DAY_MAX  ((Day)2932896)  // 9999-12-31

typedef struct DaySpan {
    Day first, last;  // last < first: no day at all
} DaySpan;

typedef struct CivilDate {
    int year, month, day;
} CivilDate;

// A date that paper may leave vague (不詳): month and day 0 = unknown; a known day needs a known
// month. {0} = nothing known at all.
typedef struct PartialDate {
    int16_t year;
    int8_t month, day;
} PartialDate;

int month_days(int year, int month);              // 28 to 31; 1 <= month <= 12
bool civil_valid(int year, int month, int day);   // a day of the calendar, years 1 to 9999
Day day_of(int year, int month, int day);         // needs civil_valid (asserted)
CivilDate civil_of(Day day);                      // needs DAY_MIN <= day <= DAY_MAX (asserted)
int weekday_of(Day day);                          // 0 = Sunday

bool partial_date_valid(int year, int month, int day);
bool partial_date_equal(PartialDate a, PartialDate b);
bool partial_date_whole(PartialDate date);        // year, month and day are known
PartialDate partial_of(Day day);
// The days it may mean, both ends included; false when the year is unknown.
bool partial_date_span(PartialDate date, DaySpan *span);

#define DAY_TEXT_SIZE 11
// "YYYY-MM-DD", or "" for DAY_NONE. Returns `text`.
const char *day_text(Day day, char text[DAY_TEXT_SIZE]);
// "YYYY-MM-DD" with 00 for what is unknown. Returns `text`.
const char *partial_date_text(PartialDate date, char text[DAY_TEXT_SIZE]);
// Reads exactly "YYYY-MM-DD" of a whole date; for machine-made text. People's spellings are read by
// adapters/text.
bool day_read(const char *text, int len, Day *day);
