// Words where codes belong.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "coded_word.h"

static void usual_spellings_are_read_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        CodedItem item;
        const char *allowed, *text;
        int32_t code;  // -1: refused
    } cases[] = {
        {CODED_SEX, "129", "女", 2},
        {CODED_SEX, "129", "Ｆ", 2},
        {CODED_SEX, "129", "f", 2},
        {CODED_SEX, "129", " 女性　", 2},
        {CODED_SEX, "129", "Male", 1},
        {CODED_SEX, "129", "ｵﾄｺ", 1},
        {CODED_SEX, "129", "２", 2},
        {CODED_SEX, "129", "02", 2},
        {CODED_SEX, "129", "1.0", 1},
        {CODED_SEX, "129", "不明", 9},
        {CODED_SEX, "12", "不明", -1},
        {CODED_SEX, "129", "女児", -1},
        {CODED_SEX, "129", "0", -1},
        {CODED_SEX, "129", "1.5", -1},
        {CODED_SEX, "129", "1.", -1},
        {CODED_SEX, "129", "12", -1},
        {CODED_SEX, "129", "", -1},
        {CODED_SEX, "129", "　", -1},
        {CODED_YES, "01", "○", 1},
        {CODED_YES, "01", "〇", 1},
        {CODED_YES, "01", "1.0", 1},
        {CODED_YES, "01", "あり", 1},
        {CODED_YES, "01", "ＹＥＳ", 1},
        {CODED_YES, "01", "0", 0},
        {CODED_YES, "01", "無", 0},
        {CODED_YES, "01", "2", -1},
        {CODED_KIND, "12", "外国人", 2},
        {CODED_STATUS, "1239", "死亡", 3},
        {CODED_STATUS, "1239", "転出", 2},
        {CODED_PRINTED_NAME, "12", "通称", 2},
        {CODED_NONE, "12", "女", -1},
        {CODED_NONE, "12", "2", 2},
        {CODED_SEX, "129", "女女女女女女女女女女女女女女女女女女女女女女女女女女女", -1},
        {CODED_SEX, "129", "ｵﾄｺｵﾄｺｵﾄｺｵﾄｺｵﾄｺｵﾄｺｵﾄｺｵﾄｺ", -1},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        int32_t code = -1;
        bool read = coded_read(cases[i].item, cases[i].allowed, str_of(cases[i].text), &code);
        if (read != (cases[i].code >= 0) || code != cases[i].code)
            fail_msg("%s: %d", cases[i].text, (int)code);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(usual_spellings_are_read_and_nothing_else)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
