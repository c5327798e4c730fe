// Every spelling of files.md 1, and the days on which eras change (immunization.md 2.7).
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dates.h"

#include "error_texts.h"

static Arena arena;

static void every_accepted_spelling_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *iso;
    } cases[] = {
        {"2025-10-01", "2025-10-01"},
        {"20251001", "2025-10-01"},
        {"2025/10/01", "2025-10-01"},
        {"2025/10/1", "2025-10-01"},
        {"2025.1.8", "2025-01-08"},
        {"2025年10月1日", "2025-10-01"},
        {"R7.10.1", "2025-10-01"},
        {"r7.10.1", "2025-10-01"},
        {"R07/10/01", "2025-10-01"},
        {"令和7年10月1日", "2025-10-01"},
        {"令和７年１０月１日", "2025-10-01"},
        {"令和元年5月1日", "2019-05-01"},
        {"R元.5.1", "2019-05-01"},
        {"令和1年12月31日", "2019-12-31"},
        {"㋿7年10月1日", "2025-10-01"},
        {"H30.1.8", "2018-01-08"},
        {"Ｈ３０．１．８", "2018-01-08"},
        {"㍻30年1月8日", "2018-01-08"},
        {"平成30年 1月 8日", "2018-01-08"},
        {"　2025－10－01 ", "2025-10-01"},
        {"2025−10−01", "2025-10-01"},
        {"S64.1.7", "1989-01-07"},
        {"昭和元年12月25日", "1926-12-25"},
        {"T15.12.25", "1926-12-25"},
        {"大正元年7月30日", "1912-07-30"},
        {"M45.7.30", "1912-07-30"},
        {"明治6年1月1日", "1873-01-01"},
        {"2024-02-29", "2024-02-29"},
        {"2019-04-00", "2019-04-00"},
        {"20190400", "2019-04-00"},
        {"2019/04/00", "2019-04-00"},
        {"2019-00-00", "2019-00-00"},
        {"20190000", "2019-00-00"},
        {"H31.4.0", "2019-04-00"},
        {"平成31年4月不詳", "2019-04-00"},
        {"平成31年4月日不詳", "2019-04-00"},
        {"平成31年不詳", "2019-00-00"},
        {"昭和64年月日不詳", "1989-00-00"},
        {"2019年不詳", "2019-00-00"},
        {"2019", "2019-00-00"},
        {"２０１９", "2019-00-00"},
        {" 2019 年", "2019-00-00"},
        {"2019.0", "2019-00-00"},
        {"H31", "2019-00-00"},
        {"R7", "2025-00-00"},
        {"Ｒ７", "2025-00-00"},
        {"令和7", "2025-00-00"},
        {"令和7年", "2025-00-00"},
        {"令和７年", "2025-00-00"},
        {"令和元年", "2019-00-00"},
        {"昭和64年", "1989-00-00"},
        {"2025-10", "2025-10-00"},
        {"2025/4", "2025-04-00"},
        {"2025年10月", "2025-10-00"},
        {"令和7年10月", "2025-10-00"},
        {"R7.10", "2025-10-00"},
        {"R7/4", "2025-04-00"},
        {"㋿7.4", "2025-04-00"},
        {"2026-09-30 00:00:00", "2026-09-30"},
        {"2026-09-30T00:00:00.000", "2026-09-30"},
        {"2026/9/3 0:00", "2026-09-03"},
        {"２０２６／９／３　０：００：００", "2026-09-03"},
        {"R8.9.30 0:00:00 ", "2026-09-30"},
        {"20260930.0", "2026-09-30"},
        {"２０２６０９３０．００", "2026-09-30"},
    };
    for (int i = 0; i < countof(cases); i++) {
        PartialDate date = {0};
        Error err = {0};
        char text[DAY_TEXT_SIZE];
        DateNotes notes = {0};
        if (!date_parse(str_of(cases[i].text), &date, &notes, &err)) fail_msg("%s", cases[i].text);
        assert_string_equal(partial_date_text(date, text), cases[i].iso);
        assert_false(notes.era_converted);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "2025-02-29",
        "2025-13-01",
        "2025-00-01",
        "2025-10-32",
        "20251301",
        "2025-1-",
        "2025-00",
        "202510",
        "2025.10",
        "2025.1",
        "2510",
        "1867",
        "2200",
        "2025年度",
        "2025年頃",
        "2025年10月頃",
        "2025年0月",
        "2025-",
        "令和年",
        "令和",
        "R0",
        "R100",
        "7年",
        "25",
        "2025/10-01",
        "25-10-01",
        "10/1/2025",
        "2025-10-01x",
        "2025-10-001",
        "0000-00-00",
        "00000000",
        "202510011",
        "2025100",
        "R0.1.1",
        "令和7年10月1",
        "令和７年13月1日",
        "X7.10.1",
        "令和平成7年1月1日",
        "今日",
        "2025年0月不詳",
        "2025-10-01 09:00",
        "2025-10-01 00:00:01",
        "2025-10-01 00",
        "T00:00:00",
        "20251001.5",
        "20251001.",
        "\xFF",
        "元年5月1日",
        "R100.1.1",
        "-2025-10-01",
        "2025年10月1日の午前中に接種したと保護者が申し出たもの",
    };
    for (int i = 0; i < countof(cases); i++) {
        PartialDate date = {1, 1, 1};
        Error err = {0};
        if (date_parse(str_of(cases[i]), &date, NULL, &err)) fail_msg("%s", cases[i]);
        assert_int_equal(err.code, E_DATE_FORMAT);
        assert_true(str_equal(error_value(&err), str_of(cases[i])));
        assert_int_equal(date.year, 1);
    }
    PartialDate date;
    Error err = {0};
    assert_false(date_parse(S(" 　"), &date, NULL, &err));
    assert_int_equal(err.code, E_MISSING);
}

static void a_day_behind_its_era_is_counted_on_and_flagged(void **state)
{
    (void)state;
    static const struct {
        const char *text, *iso;  // NULL: refused
        bool converted;
    } cases[] = {
        {"平成31年4月30日", "2019-04-30", false},
        {"平成31年5月1日", "2019-05-01", true},
        {"H31.12.31", "2019-12-31", true},
        {"平成31年5月不詳", "2019-05-00", true},
        {"平成32年1月1日", "2020-01-01", true},
        {"令和元年5月1日", "2019-05-01", false},
        {"令和元年4月30日", NULL, false},
        {"R1.4.0", NULL, false},
        {"昭和64年1月7日", "1989-01-07", false},
        {"昭和64年1月8日", "1989-01-08", true},
        {"S65.1.1", "1990-01-01", true},
        {"平成元年1月8日", "1989-01-08", false},
        {"平成元年1月7日", NULL, false},
        {"平成元年1月不詳", "1989-01-00", false},  // it may be the 8th
        {"昭和64年2月不詳", "1989-02-00", true},
        {"昭和元年12月24日", NULL, false},
        {"大正15年12月26日", "1926-12-26", true},
        {"大正元年7月29日", NULL, false},
        {"明治45年7月31日", "1912-07-31", true},
        {"平成31年2月30日", NULL, false},
        {"明治5年12月2日", NULL, false},  // the last day of the old calendar
    };
    for (int i = 0; i < countof(cases); i++) {
        PartialDate date = {0};
        Error err = {0};
        DateNotes notes = {0};
        char text[DAY_TEXT_SIZE];
        bool read = date_parse(str_of(cases[i].text), &date, &notes, &err);
        if (read != (cases[i].iso != NULL)) fail_msg("%s", cases[i].text);
        assert_int_equal(notes.era_converted, cases[i].converted);
        if (read)
            assert_string_equal(partial_date_text(date, text), cases[i].iso);
        else
            assert_int_equal(err.code, E_DATE_FORMAT);
    }
}

static void full_width_digits_are_counted_over_a_file(void **state)
{
    (void)state;
    DateNotes notes = {0};
    PartialDate date;
    Day day;
    Error err = {0};
    assert_true(date_parse(S("２０２５-１０-01"), &date, &notes, &err));
    assert_false(notes.era);
    assert_true(date_parse_day(S("令和７年10月1日"), &day, &notes, &err));
    assert_int_equal(day, day_of(2025, 10, 1));
    assert_true(notes.era);
    assert_int_equal(notes.wide_digits, 7);
    assert_false(date_parse_day(S("2025-10-00"), &day, NULL, &err));
    assert_int_equal(err.code, E_DATE_PARTIAL);
    assert_true(str_find(error_words(&err), S("2025-10-01 または 令和7年10月1日")) >= 0);
}

static void expect(Str got, const char *wanted)
{
    if (!str_equal(got, str_of(wanted))) fail_msg("%.*s, wanted %s", STR(got), wanted);
}

static void papers_print_the_era_the_weekday_and_what_is_not_known(void **state)
{
    (void)state;
    Day end = day_of(2026, 10, 31);  // a Saturday
    expect(date_era_text(&arena, end), "令和8年10月31日");
    expect(date_both_text(&arena, end), "令和8年10月31日（2026-10-31）");
    expect(date_last_day_text(&arena, end), "令和8年10月31日（土）まで（当日を含む）");
    expect(date_weekday_text(day_of(2026, 11, 1)), "日");
    expect(date_month_text(&arena, 2026, 10), "R8.10");
    expect(date_month_text(&arena, 2019, 5), "R1.5");
    expect(date_month_text(&arena, 2019, 4), "H31.4");
    expect(date_era_text(&arena, day_of(2019, 5, 1)), "令和元年5月1日");
    expect(date_era_text(&arena, day_of(2019, 4, 30)), "平成31年4月30日");
    expect(date_era_text(&arena, day_of(1989, 1, 7)), "昭和64年1月7日");
    expect(date_era_text(&arena, day_of(1989, 1, 8)), "平成元年1月8日");
    expect(date_era_text(&arena, day_of(1926, 12, 25)), "昭和元年12月25日");
    expect(date_era_text(&arena, day_of(1912, 7, 29)), "明治45年7月29日");
    expect(date_era_text(&arena, day_of(1872, 12, 31)), "1872年12月31日");
    expect(date_partial_era_text(&arena, (PartialDate){2020, 4, 0}), "令和2年4月（日不詳）");
    expect(date_partial_era_text(&arena, (PartialDate){2020, 0, 0}), "令和2年（月日不詳）");
    expect(date_partial_era_text(&arena, (PartialDate){2019, 0, 0}),
           "平成31年・令和元年（月日不詳）");
    expect(date_partial_era_text(&arena, (PartialDate){1989, 1, 0}),
           "昭和64年・平成元年1月（日不詳）");
    expect(date_partial_era_text(&arena, (PartialDate){0}), "年月日不詳");
    expect(date_partial_era_text(&arena, (PartialDate){2026, 10, 31}), "令和8年10月31日");
}

static void what_is_printed_is_read_back(void **state)
{
    (void)state;
    for (Day day = day_of(1873, 1, 1); day < day_of(2100, 1, 1); day++) {
        Arena notes = arena;
        Day again = DAY_NONE;
        Error err = {0};
        DateNotes read = {0};
        assert_true(date_parse_day(date_era_text(&notes, day), &again, &read, &err));
        assert_int_equal(again, day);
        assert_false(read.era_converted);
    }
}

int main(void)
{
    arena = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_accepted_spelling_is_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_day_behind_its_era_is_counted_on_and_flagged),
        cmocka_unit_test(full_width_digits_are_counted_over_a_file),
        cmocka_unit_test(papers_print_the_era_the_weekday_and_what_is_not_known),
        cmocka_unit_test(what_is_printed_is_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
