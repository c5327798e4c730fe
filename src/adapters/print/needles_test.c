// Against plain search: every text at every place, also those inside and across each other.
// SPDX-License-Identifier: Apache-2.0
#include "needles.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool count_one(void *context, Str needle)
{
    (void)needle;
    ++*(int *)context;
    return true;
}

static int places(Str hay, Str needle)
{
    int count = 0;
    for (ptrdiff_t i = 0; i + needle.len <= hay.len; i++)
        count += str_starts(str_from(hay, i), needle);
    return count;
}

static void texts_inside_and_across_each_other_are_all_found(void **state)
{
    (void)state;
    static char memory[1 << 16];
    Arena arena = {memory, memory + sizeof memory};
    static const Str texts[] = {
        {"he", 2},        {"she", 3}, {"his", 3},       {"hers", 4}, {"410000000083141", 15},
        {"000083141", 9}, {"", 0},    {"山田花子", 12}, {"田花", 6}};
    Needles *needles = needles_of(texts, countof(texts), &arena);
    static const char *const hays[] = {
        "ushers", "shishers", "x410000000083141y", "410000000083142", "山田花子様", "山田太郎",
        "",       "hehehe"};
    for (int h = 0; h < countof(hays); h++) {
        int expected = 0, count = 0;
        for (int i = 0; i < countof(texts); i++)
            if (texts[i].len) expected += places(str_of(hays[h]), texts[i]);
        assert_true(needles_find(needles, str_of(hays[h]), count_one, &count));
        if (count != expected) fail_msg("%s: %d, expected %d", hays[h], count, expected);
    }
}

static bool stop(void *context, Str needle)
{
    *(Str *)context = needle;
    return false;
}

static void the_search_ends_when_told(void **state)
{
    (void)state;
    static char memory[1 << 12];
    Arena arena = {memory, memory + sizeof memory};
    static const Str texts[] = {{"abc", 3}, {"bc", 2}};
    Str found = {0};
    assert_false(needles_find(needles_of(texts, 2, &arena), S("xxabcbc"), stop, &found));
    assert_true(str_equal(found, S("abc")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_inside_and_across_each_other_are_all_found),
        cmocka_unit_test(the_search_ends_when_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
