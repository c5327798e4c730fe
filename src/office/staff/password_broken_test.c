// What is tried first is refused, and a sentence of one's own is not. Proves C-3.3-07.
// SPDX-License-Identifier: Apache-2.0
#include "password_broken.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct {
    const char *typed;
    bool broken;
} passwords[] = {
    {"password1234", true},
    {"Password1234!", true},
    {"P@ssw0rd2026", true},
    {"p@$$w0rdp@$$w0rd", true},
    {"passwordpassword", true},
    {"adminpassword", true},
    {"qwertyuiop123", true},
    {"1qaz2wsx3edc", true},
    {"123456789012", true},
    {"987654321098", true},
    {"abcdefghijkl", true},
    {"aaaaaaaaaaaaaaaa", true},
    {"121212121212", true},
    {"sesshu2026!!", true},
    {"YobouSesshu1", true},
    {"kenkou-suishin-1", true},
    {"welcome12345", true},
    {"iloveyou2026", true},
    {"sakura sakura", true},
    {"あああああああああああああ", true},
    {"correct horse battery", false},
    {"another horse battery", false},
    {"kaeru no uta ga 3kai", false},
    {"zT4#qLw9-vRx", false},
    {"雨の日は窓口がすこし静か", false},
    {"password of my grandmother's cat", false},  // long enough of its own
};

static void what_is_tried_first_is_broken_and_a_sentence_of_ones_own_is_not(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof passwords / sizeof *passwords; i++)
        if (password_broken(str_of(passwords[i].typed)) != passwords[i].broken)
            fail_msg("%s", passwords[i].typed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_tried_first_is_broken_and_a_sentence_of_ones_own_is_not),
    };
    return cmocka_run_group_tests_name("broken passwords", tests, NULL, NULL);
}
