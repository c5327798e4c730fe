// The worked examples N1 to N4 of forms.md 5.1, read back by a scanner's library.
// SPDX-License-Identifier: Apache-2.0
#include "nw7.h"

#include "code_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    BarKind kind;
    const char *digits, *contents;
} examples[] = {
    {BAR_PERSON, "410000000083141", "A4100000000831413A"},
    {BAR_PERSON, "000005040767686", "A0000050407676860A"},
    {BAR_PAPER, "2026100300417", "B20261003004177B"},
    {BAR_INSTITUTION, "4010198762", "C40101987622C"},
};

static void contents_carry_the_luhn_digit(void **state)
{
    (void)state;
    for (int i = 0; i < countof(examples); i++)
        assert_string_equal(nw7_of(examples[i].kind, str_of(examples[i].digits)).contents,
                            examples[i].contents);
}

// 16 digits of 11 X, two letters of 12.5 X, no gap after the last: 200 X of 6 dots (forms.md 5.1).
static void a_person_is_fifty_millimetres_wide(void **state)
{
    (void)state;
    assert_int_equal(nw7_of(BAR_PERSON, S("410000000083141")).dots, 200 * 6);
}

// A third of the 600 dpi dots: what an office scanner at 200 dpi sees.
static void a_scanner_reads_what_was_meant(void **state)
{
    (void)state;
    enum { WIDTH = 520, HEIGHT = 40, QUIET = 40 };
    static unsigned char picture[WIDTH * HEIGHT];
    for (int i = 0; i < countof(examples); i++) {
        Nw7 code = nw7_of(examples[i].kind, str_of(examples[i].digits));
        memset(picture, 255, sizeof picture);
        int dots = 0;
        for (int k = 0; k < code.count; k++) {
            for (int dot = dots; dot < dots + code.widths[k] && k % 2 == 0; dot += 3)
                for (int y = 2; y < HEIGHT - 2; y++) picture[y * WIDTH + QUIET + dot / 3] = 0;
            dots += code.widths[k];
        }
        CodesRead read = codes_read((GreyPicture){picture, WIDTH, HEIGHT});
        assert_int_equal(read.count, 1);
        assert_int_equal(read.codes[0].kind, CODE_NW7);
        assert_string_equal(read.codes[0].text, examples[i].contents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contents_carry_the_luhn_digit),
        cmocka_unit_test(a_person_is_fifty_millimetres_wide),
        cmocka_unit_test(a_scanner_reads_what_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
