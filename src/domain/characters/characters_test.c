// SPDX-License-Identifier: Apache-2.0
#include "fold.h"
#include "rare_character.h"
#include "utf8.h"

// clang-format off
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
// clang-format on
#include <stdio.h>

static Arena arena;

static void expect_text(Str got, Str wanted)
{
    if (!str_equal(got, wanted)) print_message("got %.*s, wanted %.*s\n", STR(got), STR(wanted));
    assert_true(str_equal(got, wanted));
}

static void every_code_point_survives_writing_and_reading(void **state)
{
    (void)state;
    for (int32_t code = 0; code <= 0x10FFFF; code++) {
        if (code == 0xD800) code = 0xE000;
        char bytes[4];
        Str s = {bytes, utf8_put(bytes, code)};
        ptrdiff_t at = 0;
        assert_int_equal(utf8_next(s, &at), code);
        assert_int_equal(at, s.len);
    }
}

static void bytes_that_are_no_text_are_passed_one_by_one(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",              // a tail without a head
        "\xC0\x80",          // NUL in two bytes
        "\xC1\xBF",          // overlong
        "\xE0\x80\xAF",      // overlong
        "\xED\xA0\x80",      // surrogate D800
        "\xF0\x8F\xBF\xBF",  // overlong
        "\xF4\x90\x80\x80",  // beyond U+10FFFF
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xE3\x81",
        "\xE3\x81(",
    };
    for (int i = 0; i < countof(bad); i++) {
        ptrdiff_t at = 0;
        assert_int_equal(utf8_next(str_of(bad[i]), &at), UTF8_BAD);
        assert_int_equal(at, 1);
        assert_false(utf8_valid(str_of(bad[i])));
    }
    assert_int_equal(utf8_count(S("花\xFF子")), 3);
}

static void both_widths_become_one_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *read, *folded;
        int digits;
    } cases[] = {
        {"", "", 0},
        {"花子", "花子", 0},
        {"１２３４５６７８９０", "1234567890", 10},
        {"Ａ棟１０５　ＴＷＩＮ", "A棟105 TWIN", 3},
        {"！＂＃～", "!\"#~", 0},
        {"ﾊﾅｺ ｶﾞｷﾞｸﾞﾍﾞﾊﾟﾎﾟ", "ハナコ ガギグベパポ", 0},
        {"ｳﾞｧｲｵﾘﾝ", "ヴァイオリン", 0},
        {"ﾜﾞｦﾞ", "ヷヺ", 0},
        {"ﾁﾞﾂﾞﾃﾞﾄﾞ", "ヂヅデド", 0},
        {"ﾅﾞ", "ナ゛", 0},  // nothing to join: both are kept
        {"ｶﾟ", "カ゜", 0},
        {"ﾞ", "゛", 0},
        {"｢ｱｰ｣｡､･", "「アー」。、・", 0},
        {"邉󠄀１", "邉󠄀1", 1},  // a selector stays with its character
        {"〜‖−", "〜‖−", 0},            // other signs are not widths
    };
    for (int i = 0; i < countof(cases); i++) {
        int64_t digits = 0;
        expect_text(fold_width(&arena, str_of(cases[i].read), &digits), str_of(cases[i].folded));
        assert_int_equal(digits, cases[i].digits);
    }
    Str plain = S("馬借 2-6");
    assert_ptr_equal(fold_width(&arena, plain, NULL).at, plain.at);
}

static void blanks_of_every_kind_go(void **state)
{
    (void)state;
    expect_text(fold_blanks_away(&arena, S(" 山田　花子\t\xC2\xA0さん\r\n")), S("山田花子さん"));
    expect_text(fold_trim(S("　 山田　花子 　")), S("山田　花子"));
    expect_text(fold_trim(S("　")), S(""));
    expect_text(fold_trim(S("")), S(""));
}

static void a_rare_character_is_known(void **state)
{
    (void)state;
    static const char *const rare[] = {"葛󠄀城", "渡\xEE\x80\x80", "\xEF\xA8\x91", "𠮷田", "田\xEF\xB8\x80", "㐂"};
    static const char *const plain[] = {"", "渡邊　花子", "髙橋", "ﾔﾏﾀﾞ", "John O'Neil", "々〆ヶ"};
    for (int i = 0; i < countof(rare); i++) assert_true(character_rare(str_of(rare[i])));
    for (int i = 0; i < countof(plain); i++) assert_false(character_rare(str_of(plain[i])));
}

int main(void)
{
    arena = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_survives_writing_and_reading),
        cmocka_unit_test(bytes_that_are_no_text_are_passed_one_by_one),
        cmocka_unit_test(both_widths_become_one_spelling),
        cmocka_unit_test(blanks_of_every_kind_go),
        cmocka_unit_test(a_rare_character_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
