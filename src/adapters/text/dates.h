// Dates as people and systems write them, and as our papers print them.
//
// Read    2025-10-01, 20251001, 2025/10/1, 2025年10月1日, R7.10.1, R07/10/01, 令和7年10月1日, 令和元年5月1日,
//         also in full-width; blanks around and inside are ignored. Month and day 00 (不詳) in the forms with
//         digits: 2019-04-00, 2019-00-00; 平成31年4月不詳, 平成31年不詳 in words. What stops at the month or the year says
//         no more: 2019-04, 2019/4, 平成31年4月, H31.4; 2019, 2019年, 平成31年, H31. What a spreadsheet adds to a day,
//         midnight (2025-10-01 00:00:00) or a decimal of nothing (20251001.0), is passed over; another time is not.
//         Not read: 201904 (a day of another order, 20-19-04, looks the same), 2019.4 (a spreadsheet's 2019.40).
// Law     eras by the Emperor's accession (元号法 and its orders). 明治 from 6 (1873-01-01; before it the
//         old calendar, refused), 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01.
//         The day of the first two changes belongs to both eras. A day before its era is refused. A day
//         behind it (平成31年5月1日, 昭和64年1月8日), which papers printed in advance and old systems still
//         carry, is counted on and flagged: whoever reads a file tells it as a warning (date_era_warning).
// Errors  E_MISSING empty, E_DATE_FORMAT unreadable or not in the calendar, E_DATE_PARTIAL where a
//         whole date is needed. `value` is the text as read.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "errors.h"

typedef struct DateNotes {
    bool era;             // written in an era
    bool era_converted;   // a day after the era's last, counted on: date_era_warning
    int64_t wide_digits;  // full-width digits folded; grows, so that one struct serves a whole file
} DateNotes;

// `notes` may be NULL; its two bools are set, its count grows.
MUST bool date_parse(Str text, PartialDate *date, DateNotes *notes, Error *err);
MUST bool date_parse_day(Str text, Day *day, DateNotes *notes, Error *err);
// The day of `date`, which was read from `text`, where nothing less will do.
MUST bool date_whole(Str text, PartialDate date, Day *day, Error *err);

// What to tell about `text` that was read with era_converted: E_DATE_FORMAT with the value and the date
// that it was taken for. The caller adds item and row; the value is taken all the same.
Error date_era_warning(Str text, PartialDate read, Arena *arena);
Str date_era_words(PartialDate read, Arena *arena);  // its words alone

// For papers. Unknown parts print as 「月日不詳」「日不詳」, nothing known at all as 「年月日不詳」.
Str date_era_text(Arena *arena, Day day);   // 令和8年10月31日; 令和元年5月1日
Str date_both_text(Arena *arena, Day day);  // 令和8年10月31日（2026-10-31）
Str date_last_day_text(Arena *arena, Day day);  // 令和8年10月31日（土）まで（当日を含む）
Str date_partial_era_text(Arena *arena, PartialDate date);  // 平成31年4月（日不詳）
Str date_month_text(Arena *arena, int year, int month);     // R8.10, by the month's first day
Str date_weekday_text(Day day);                             // 土
Str date_age_text(Arena *arena, Day birth, Day on);                // 4歳11か月, 2か月, 5歳; "" before birth
