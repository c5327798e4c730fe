// SPDX-License-Identifier: Apache-2.0
#include "dates.h"

#include <assert.h>

#include "calendar.h"
#include "eras.h"
#include "fold.h"
#include "utf8.h"

enum { SPELLING_MAX = 64 };

static bool unreadable(Str text, Error *err)
{
    return FAIL(
        err, E_DATE_FORMAT, .value = text,
        .words =
            S("日付として読めません。2025-10-01 または 令和7年10月1日 のように入力してください。日が分からなくてもよい項目では、"
              "2025-10-00 (月も分からなければ 2025-00-00) と書きます。"));
}

static bool dash(int32_t code)
{
    return code == 0x2010 || code == 0x2011 || code == 0x2013 || code == 0x2212 || code == 0xFF0D ||
           code == 0x30FC;
}

// Half width, blanks away, every dash the same, so that one grammar reads every spelling. {0}: too long.
static Str spelling(Str text, char room[SPELLING_MAX], int64_t *wide_digits)
{
    ptrdiff_t len = 0;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        int digit = fold_digit(code);
        if (code == ' ' || code == 0x3000 || code == '\t' || code == 0xA0) continue;
        if (code < 0 || len > SPELLING_MAX - 4) return (Str){0};
        if (digit >= 0 && at - here > 1) ++*wide_digits;
        if (digit >= 0)
            code = '0' + digit;
        else if (dash(code))
            code = '-';
        else if (code >= 0xFF01 && code <= 0xFF5E)
            code -= 0xFF01 - '!';
        len += utf8_put(room + len, code);
    }
    return (Str){room, len};
}

static bool is_zeros(Str digits)
{
    for (ptrdiff_t i = 0; i < digits.len; i++)
        if (digits.at[i] != '0') return false;
    return true;
}

// 0:00, 00:00:00, 00:00:00.000
static bool is_midnight(Str time)
{
    ptrdiff_t colons = 0;
    for (ptrdiff_t i = 0; i < time.len; i++) {
        char c = time.at[i];
        if (c != '0' && c != ':' && c != '.') return false;
        colons += c == ':';
    }
    return colons && time.at[0] == '0' && time.at[time.len - 1] == '0';
}

// Without the midnight that a spreadsheet writes behind a day.
static Str without_midnight(Str text)
{
    int64_t ignored = 0;
    char room[SPELLING_MAX];
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        bool between = code == ' ' || code == 0x3000 || code == 'T';
        if (between && is_midnight(spelling(str_from(text, at), room, &ignored))) return str_first(text, here);
    }
    return text;
}

static bool take(Str *rest, Str word)
{
    if (!str_starts(*rest, word)) return false;
    *rest = str_from(*rest, word.len);
    return true;
}

static bool take_number(Str *rest, int min, int max, int *number)
{
    ptrdiff_t len = 0;
    while (len < rest->len && len < max && rest->at[len] >= '0' && rest->at[len] <= '9') len++;
    if (!str_digits(str_first(*rest, len), min, max, number)) return false;
    *rest = str_from(*rest, len);
    return true;
}

typedef struct Parts {
    int year, month, day;
} Parts;

// …年10月1日, …年10月, …年10月（日）不詳, …年, …年（月日）不詳; `rest` stands behind 年.
static bool read_in_words(Str rest, Parts *parts)
{
    if (!rest.len || str_equal(rest, S("不詳")) || str_equal(rest, S("月日不詳"))) return true;
    if (!take_number(&rest, 1, 2, &parts->month) || !take(&rest, S("月"))) return false;
    if (!rest.len || str_equal(rest, S("不詳")) || str_equal(rest, S("日不詳"))) return parts->month != 0;
    return take_number(&rest, 1, 2, &parts->day) && str_equal(rest, S("日"));
}

// -10-01, /10/1, .10.1: the same sign twice. -10, /10, and .10 behind an era's year: to a spreadsheet 2025.10 is 2025.1.
static bool read_with_signs(Str rest, const Era *era, Parts *parts)
{
    Str sign = str_first(rest, 1);
    bool dot = str_equal(sign, S("."));
    if (!dot && !str_equal(sign, S("-")) && !str_equal(sign, S("/"))) return false;
    if (!take(&rest, sign) || !take_number(&rest, 1, 2, &parts->month)) return false;
    if (!rest.len) return parts->month != 0 && (era || !dot);
    return take(&rest, sign) && take_number(&rest, 1, 2, &parts->day) && rest.len == 0;
}

// 20251001
static bool read_closed_up(Str rest, Parts *parts)
{
    int digits = 0;
    if (!str_digits(rest, 8, 8, &digits)) return false;
    *parts = (Parts){digits / 10000, digits / 100 % 100, digits % 100};
    return true;
}

// Without the decimal of nothing that a spreadsheet writes behind what it took for a number.
static Str without_decimal(Str text)
{
    Cut cut = str_cut(text, '.');
    return cut.tail.len && is_zeros(cut.tail) ? cut.head : text;
}

// Four digits that stand alone are a year only where somebody can have lived or will.
static bool is_year(const Era *era, int year)
{
    enum { FIRST = 1868, LAST = 2199 };
    return era || (year >= FIRST && year <= LAST);
}

static bool read_parts(Str rest, const Era *era, Parts *parts)
{
    if (!era) rest = without_decimal(rest);
    if (!era && read_closed_up(rest, parts)) return true;
    if (era) {
        if (take(&rest, S("元")))
            parts->year = 1;
        else if (!take_number(&rest, 1, 2, &parts->year))
            return false;
        parts->year += era->year_before;
    } else if (!take_number(&rest, 4, 4, &parts->year)) {
        return false;
    }
    if (!rest.len) return is_year(era, parts->year);
    return take(&rest, S("年")) ? read_in_words(rest, parts) : read_with_signs(rest, era, parts);
}

bool date_parse(Str text, PartialDate *date, DateNotes *notes, Error *err)
{
    char room[SPELLING_MAX];
    Parts parts = {0};
    int64_t wide_digits = 0;
    if (fold_trim(text).len == 0)
        return FAIL(err, E_MISSING, .words = S("日付がありません。ご記入ください。"));
    Str rest = spelling(without_midnight(text), room, &wide_digits);
    const Era *era = era_take(&rest);
    if (!read_parts(rest, era, &parts)) return unreadable(text, err);
    if (parts.year == 0 || !partial_date_valid(parts.year, parts.month, parts.day))
        return FAIL(err, E_DATE_FORMAT, .value = text,
                    .words = S("暦にない日付です。年月日をお確かめください。"));
    PartialDate read = {(int16_t)parts.year, (int8_t)parts.month, (int8_t)parts.day};
    EraFit fit = era ? era_fit(era, read) : ERA_INSIDE;
    if (fit == ERA_OUTSIDE)
        return FAIL(err, E_DATE_FORMAT, .value = text,
                    .words = S("その元号にない日付です。元号と年月日をお確かめください。"));
    if (notes) {
        notes->era = era != NULL;
        notes->era_converted = fit == ERA_CONVERTED;
        notes->wide_digits += wide_digits;
    }
    *date = read;
    return true;
}

bool date_whole(Str text, PartialDate date, Day *day, Error *err)
{
    if (!partial_date_whole(date))
        return FAIL(err, E_DATE_PARTIAL, .value = text,
                    .words = S("この項目には日まで必要です。2025-10-01 または 令和7年10月1日 のように、年月日のすべてを入力してください。"));
    *day = day_of(date.year, date.month, date.day);
    return true;
}

bool date_parse_day(Str text, Day *day, DateNotes *notes, Error *err)
{
    PartialDate date;
    if (!date_parse(text, &date, notes, err)) return false;
    return date_whole(text, date, day, err);
}

Str date_era_words(PartialDate read, Arena *arena)
{
    return str_format(arena,
                      "終わった元号のあとの日付です。%.*sと読みました。元号と年月日をお確かめください。",
                      STR(date_partial_era_text(arena, read)));
}

Error date_era_warning(Str text, PartialDate read, Arena *arena)
{
    Error warning = {0};
    (void)FAIL(&warning, E_DATE_FORMAT, .value = text, .words = date_era_words(read, arena));
    return warning;
}

// 令和8年, 令和元年; without an era the western year.
static Str era_year_text(Arena *arena, Day day)
{
    const Era *era = era_of(day);
    int year = civil_of(day).year;
    if (!era) return str_format(arena, "%d年", year);
    if (year == era->year_before + 1) return str_format(arena, "%s元年", era->name);
    return str_format(arena, "%s%d年", era->name, year - era->year_before);
}

Str date_era_text(Arena *arena, Day day)
{
    CivilDate date = civil_of(day);
    return str_format(arena, "%.*s%d月%d日", STR(era_year_text(arena, day)), date.month, date.day);
}

Str date_both_text(Arena *arena, Day day)
{
    char iso[DAY_TEXT_SIZE];
    return str_format(arena, "%.*s（%s）", STR(date_era_text(arena, day)), day_text(day, iso));
}

Str date_last_day_text(Arena *arena, Day day)
{
    return str_format(arena, "%.*s（%.*s）まで（当日を含む）", STR(date_era_text(arena, day)),
                      STR(date_weekday_text(day)));
}

Str date_month_text(Arena *arena, int year, int month)
{
    const Era *era = era_of(day_of(year, month, 1));
    return era ? str_format(arena, "%c%d.%d", era->letter, year - era->year_before, month)
               : str_format(arena, "%d.%d", year, month);
}

Str date_weekday_text(Day day)
{
    static const Str names[] = {S("日"), S("月"), S("火"), S("水"), S("木"), S("金"), S("土")};
    return names[weekday_of(day)];
}

Str date_partial_era_text(Arena *arena, PartialDate date)
{
    DaySpan span;
    if (!partial_date_span(date, &span)) return S("年月日不詳");
    if (partial_date_whole(date)) return date_era_text(arena, span.first);
    // A year or month in which the era changed has two names, and we do not know which applied.
    Str year = era_year_text(arena, span.first), last_year = era_year_text(arena, span.last);
    if (!str_equal(year, last_year))
        year = str_format(arena, "%.*s・%.*s", STR(year), STR(last_year));
    if (!date.month) return str_format(arena, "%.*s（月日不詳）", STR(year));
    return str_format(arena, "%.*s%d月（日不詳）", STR(year), date.month);
}

Str date_age_text(Arena *arena, Day birth, Day on)
{
    assert(birth != DAY_NONE && on != DAY_NONE);
    int months = age_completed_months(birth, on);
    if (months < 0) return S("");
    if (months < 12) return str_format(arena, "%dか月", months);
    return months % 12 ? str_format(arena, "%d歳%dか月", months / 12, months % 12)
                       : str_format(arena, "%d歳", months / 12);
}
