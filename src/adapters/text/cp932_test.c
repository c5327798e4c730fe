// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <unicode/ucnv.h>

#include "cp932.h"

static const Cp932 *table;

static int32_t code_of(int first, int second)
{
    char bytes[2] = {(char)first, (char)second};
    ptrdiff_t at = 0;
    return cp932_next(table, (Str){bytes, 2}, &at);
}

// ICU keeps a table of its own, by IBM: two witnesses agree on each of the 60 x 188 codes.
static void every_code_means_what_another_library_says_and_survives_the_way_back(void **state)
{
    (void)state;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *icu = ucnv_open("ibm-943_P15A-2003", &status);
    assert_true(U_SUCCESS(status));
    int characters = 0, gaiji = 0;
    for (int first = 0x81; first <= 0xFC; first++) {
        if (first > 0x9F && first < 0xE0) continue;
        for (int second = 0x40; second <= 0xFC; second++) {
            if (second == 0x7F) continue;
            int32_t code = code_of(first, second);
            if (code == CP932_GAIJI) {
                gaiji++;
                continue;
            }
            assert_true(code >= 0x80);
            characters++;
            UChar wide = (UChar)code;
            char back[4];
            status = U_ZERO_ERROR;
            int32_t len = ucnv_fromUChars(icu, back, sizeof back, &wide, 1, &status);
            assert_true(U_SUCCESS(status));
            assert_int_equal(len, 2);
            // Of two codes for one character (NEC and IBM extensions) the way back takes one.
            assert_int_equal(code_of((unsigned char)back[0], (unsigned char)back[1]), code);
        }
    }
    ucnv_close(icu);
    // JIS X 0208 6,879, NEC row 13 83, NEC selected IBM 374, IBM extensions 388.
    assert_int_equal(characters, 6879 + 83 + 374 + 388);
    assert_int_equal(gaiji, 60 * 188 - characters);
}

static void vendors_codes_are_never_private_use_characters(void **state)
{
    (void)state;
    for (int first = 0xF0; first <= 0xF9; first++)
        for (int second = 0x40; second <= 0xFC; second++)
            assert_int_equal(code_of(first, second), second == 0x7F ? CP932_BAD : CP932_GAIJI);
}

static void known_codes_by_hand(void **state)
{
    (void)state;
    static const struct {
        int first, second;
        int32_t code;
    } cases[] = {
        {0x83, 0x5C, u'ソ'},  {0x95, 0x5C, u'表'},  {0x94, 0x5C, u'能'},  {0x97, 0x5C, u'予'},
        {0x83, 0x7C, u'ポ'},  {0x87, 0x40, u'①'},   {0x87, 0x8A, u'㈱'},  {0xFB, 0xFC, u'髙'},
        {0xFA, 0xB1, u'﨑'},  {0xED, 0x95, u'﨑'},  // IBM extension, and NEC's code for the same
        {0x81, 0x60, 0xFF5E}, {0x81, 0x61, 0x2225}, {0x81, 0x7C, 0xFF0D}, {0x81, 0x91, 0xFFE0},
        {0x81, 0xCA, 0xFFE2}, {0xEE, 0xE0, u'髙'},  {0x88, 0x9F, u'亜'},  {0xEA, 0xA4, u'熙'},
    };
    for (int i = 0; i < countof(cases); i++)
        if (code_of(cases[i].first, cases[i].second) != cases[i].code)
            fail_msg("%02X%02X is U+%04X", cases[i].first, cases[i].second,
                     (unsigned)code_of(cases[i].first, cases[i].second));
}

static void single_bytes_are_ascii_half_width_kana_or_nothing(void **state)
{
    (void)state;
    for (int c = 0; c < 256; c++) {
        char byte = (char)c;
        ptrdiff_t at = 0;
        int32_t code = cp932_next(table, (Str){&byte, 1}, &at);
        bool kana = c >= 0xA1 && c <= 0xDF;
        assert_int_equal(code, c < 0x80 ? c : kana ? 0xFF61 + c - 0xA1 : CP932_BAD);
    }
}

int main(void)
{
    Arena arena = arena_reserve(1 << 20);
    Error err = {0};
    if (!cp932_load(&arena, &table, &err)) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_means_what_another_library_says_and_survives_the_way_back),
        cmocka_unit_test(vendors_codes_are_never_private_use_characters),
        cmocka_unit_test(known_codes_by_hand),
        cmocka_unit_test(single_bytes_are_ascii_half_width_kana_or_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
