// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "graphemes.h"

static void a_character_is_what_a_person_counts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int count;
        const char *first_two;
    } cases[] = {
        {"", 0, ""},
        {"山田　花子", 5, "山田"},
        {"邉\U000E0102子", 2, "邉\U000E0102子"},  // a variant selector
        {"𠮷\U000E0100野家", 3, "𠮷\U000E0100野"},
        {"か\u3099き", 2, "か\u3099き"},  // a combining voice mark
        {"ｶﾞｷ", 2, "ｶﾞｷ"},                // a half-width one joins as well
        {"ab\r\nc", 4, "ab"},             // CRLF is one
        {"e\u0301te", 3, "e\u0301t"},
        {"a\xFF"
         "b",
         3, "a\xFF"},
    };
    for (int i = 0; i < countof(cases); i++) {
        Str text = str_of(cases[i].text);
        assert_int_equal(grapheme_count(text), cases[i].count);
        assert_true(str_equal(grapheme_first(text, 2), str_of(cases[i].first_two)));
        assert_true(str_equal(grapheme_first(text, 100), text));
    }
}

static void marks_are_counted_on_the_longest_character(void **state)
{
    (void)state;
    Text heap = {0};
    char room[1 << 15];
    Arena arena = {room, room + sizeof room};
    text_add(&heap, &arena, S("山か"));
    for (int i = 0; i < 3000; i++) text_add(&heap, &arena, S("\u3099"));
    assert_int_equal(grapheme_count(text_str(&heap)), 2);
    assert_int_equal(grapheme_marks_most(text_str(&heap)), 3000);
    assert_int_equal(grapheme_marks_most(S("邉\U000E0102子")), 1);
    assert_int_equal(grapheme_marks_most(S("山田　花子")), 0);
    assert_int_equal(grapheme_marks_most(S("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_character_is_what_a_person_counts),
        cmocka_unit_test(marks_are_counted_on_the_longest_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
