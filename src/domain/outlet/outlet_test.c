// What leaves: no Individual Number, no sign that moves a terminal, no cell that runs.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "outlet.h"

static Arena arena;

typedef struct Shown {
    const char *text, *shown;
} Shown;

static void expect_all(Outlet to, const Shown *rows, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++) {
        Str text = str_of(rows[i].text), got = outlet_text(to, &arena, text);
        if (!str_equal(got, str_of(rows[i].shown)))
            fail_msg("%s -> %.*s, not %s", rows[i].text, STR(got), rows[i].shown);
        assert_int_equal(outlet_clean(to, text, false), str_equal(text, got));
        assert_true(outlet_clean(to, got, false));
    }
}

static void a_terminal_is_never_moved_by_a_text(void **state)
{
    (void)state;
    static const Shown rows[] = {
        {"花子 山田", "花子 山田"},
        {"\x1B[2J\x1B[1;1H全件正常に取り込みました", "\\x1B[2J\\x1B[1;1H全件正常に取り込みました"},
        {"a\rb\nc\td\x7F", "a\\x0Db\\x0Ac\\x09d\\x7F"},
        {"\xC2\x9B" "31m", "\\u009B31m"},
        {"abc\u202Efdp.exe\u2066x\u2069", "abc\\u202Efdp.exe\\u2066x\\u2069"},
        {"a\u200Bb\u2028c", "a\\u200Bb\\u2028c"},
        {"\xFF壊れた", "\\xFF壊れた"},
        {"葛\U000E0100か\u3099", "葛\U000E0100か\u3099"},  // a variant and a voice mark belong to names
        {"=1+1", "=1+1"},
        {"4779 1912 7652", "**** **** 7652"},
    };
    expect_all(OUTLET_TERMINAL, rows, countof(rows));
    expect_all(OUTLET_TRAIL, rows, countof(rows));
}

static void no_cell_is_a_formula(void **state)
{
    (void)state;
    static const Shown rows[] = {
        {"=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"},
        {"+1+1", "'+1+1"},
        {"@SUM(1)", "'@SUM(1)"},
        {"-2+3", "'-2+3"},
        {"＝1+1", "'＝1+1"},
        {"＋1", "'＋1"},
        {"－1+2", "'－1+2"},
        {"＠SUM(1)", "'＠SUM(1)"},
        {"\t=1", "'\t=1"},
        {"\r=1", "'\r=1"},
        {"左\r\n右\x1B", "左\r\n右\\x1B"},  // a cell may have lines
        {"-", "'-"},
        {"-12", "-12"},  // a number
        {"-0.5", "-0.5"},
        {"1-2-3", "1-2-3"},
        {"花子=山田", "花子=山田"},
        {"", ""},
    };
    expect_all(OUTLET_SHEET, rows, countof(rows));
}

static void a_program_that_reads_json_gets_the_text_without_the_number(void **state)
{
    (void)state;
    static const Shown rows[] = {
        {"=1\t花子\u202E", "=1\t花子\u202E"},
        {"番号477919127652", "番号********7652"},
    };
    expect_all(OUTLET_JSON, rows, countof(rows));
}

static void long_numbers_leave_where_they_have_their_place(void **state)
{
    (void)state;
    assert_true(outlet_takes_digits(S("宛名番号")));
    assert_false(outlet_takes_digits(S("住所")));
    Str two = S("410000000083141;410000000083142");
    assert_true(str_equal(outlet_digits(OUTLET_SHEET, &arena, two), two));
    assert_true(outlet_clean(OUTLET_SHEET, two, true));
    assert_false(outlet_clean(OUTLET_SHEET, two, false));
    assert_true(str_equal(outlet_digits(OUTLET_SHEET, &arena, S("=1\x1B")), S("'=1\\x1B")));
}

static void an_error_reads_like_a_sentence_with_its_place(void **state)
{
    (void)state;
    Error err = {0};
    assert_false(FAIL(&err, E_DATE_FORMAT, .row = 7, .item = S("接種日"), .value = S("2026-13-01"),
                      .words = S("日付として読めません。")));
    assert_true(str_equal(outlet_error(OUTLET_TERMINAL, &arena, &err),
                          S("7行目 接種日「2026-13-01」: 日付として読めません。 [E_DATE_FORMAT]")));
    assert_true(str_equal(outlet_error_message(OUTLET_SHEET, &arena, &err),
                          S("日付として読めません。 (2026-13-01)")));
}

static void no_part_of_an_error_carries_a_number_out(void **state)
{
    (void)state;
    Error err = {0};
    assert_false(FAIL(&err, E_CONFLICT, .row = 1234, .item = S("477919127652"),
                      .value = S("4779 1912 7652\x1B"), .words = S("=477919127652")));
    assert_true(str_equal(outlet_error(OUTLET_TERMINAL, &arena, &err),
                          S("1234行目 ********7652「**** **** 7652\\x1B」: =********7652 [E_CONFLICT]")));
    assert_true(str_equal(outlet_error_item(OUTLET_SHEET, &arena, &err), S("********7652")));
    assert_true(str_equal(outlet_error_message(OUTLET_SHEET, &arena, &err),
                          S("'=********7652 (**** **** 7652\\x1B)")));
}

static void a_number_that_nobody_has_is_told_as_it_was_typed(void **state)
{
    (void)state;
    Error err = {0};
    assert_false(FAIL(&err, E_NOT_FOUND, .item = S("宛名番号"), .value = S("410000000083141"),
                      .words = S("住民がいません。")));
    assert_true(str_equal(outlet_error(OUTLET_TERMINAL, &arena, &err),
                          S("宛名番号「410000000083141」: 住民がいません。 [E_NOT_FOUND]")));
    error_set_value(&err, S("477919127652"));
    assert_true(str_equal(outlet_error(OUTLET_TERMINAL, &arena, &err),
                          S("宛名番号「********7652」: 住民がいません。 [E_NOT_FOUND]")));
}

int main(void)
{
    arena = arena_reserve(1 << 24);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_is_never_moved_by_a_text),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(a_program_that_reads_json_gets_the_text_without_the_number),
        cmocka_unit_test(long_numbers_leave_where_they_have_their_place),
        cmocka_unit_test(an_error_reads_like_a_sentence_with_its_place),
        cmocka_unit_test(a_number_that_nobody_has_is_told_as_it_was_typed),
        cmocka_unit_test(no_part_of_an_error_carries_a_number_out),
    };
    return cmocka_run_group_tests_name("outlet", tests, NULL, NULL);
}
