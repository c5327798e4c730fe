// What a clerk reads in place of names and codes. Proves files.md 3 (lists that leave: --format excel).
// SPDX-License-Identifier: Apache-2.0
#include "list_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const ListCode states[] = {{"due", "対象"}, {"late", "標準超過"}, {"standard_to", "標準の期間の末日"}, {NULL, NULL}};
static const ListColumn columns[] = {{"status", "状況", states}, {"last", "受けられる最後の日", NULL}};

// Only `series` has words that are not known before the run.
static Str of_series(const void *context, Str column, Str value, Arena *arena)
{
    (void)arena;
    bool known = str_equal(column, S("series")) && str_equal(value, S("MR1"));
    return known ? str_of(context) : (Str){0};
}

static const ListWords words = {columns, 2, of_series, "麻しん風しん 第1期"};

static void expect_cell(const ListWords *list, const char *column, const char *value, const char *shown)
{
    Arena arena = arena_reserve(1 << 16);
    assert_string_equal(str_z(&arena, list_cell_shown(list, column, str_of(value), &arena)), shown);
    arena_release(arena);
}

static void heads_are_words_where_there_are_any(void **state)
{
    (void)state;
    assert_string_equal(list_head_shown(&words, "status"), "状況");
    assert_string_equal(list_head_shown(&words, "氏名"), "氏名");
    assert_string_equal(list_head_shown(NULL, "status"), "status");
}

static void codes_are_words_and_values_stay(void **state)
{
    (void)state;
    expect_cell(&words, "status", "late", "標準超過");
    expect_cell(&words, "status", "due late", "対象 標準超過");
    expect_cell(&words, "status", "standard_to 2026-05-31", "標準の期間の末日 2026-05-31");
    expect_cell(&words, "status", "", "");
    expect_cell(&words, "status", "lately", "lately");  // no code of ours: shown as it is
    expect_cell(&words, "last", "due", "due");          // another column's code is none here
    expect_cell(&words, "氏名", "due", "due");
    expect_cell(NULL, "status", "due", "due");
}

static void what_is_known_only_in_the_run_goes_first(void **state)
{
    (void)state;
    expect_cell(&words, "series", "MR1", "麻しん風しん 第1期");
    expect_cell(&words, "series", "XX", "XX");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_words_where_there_are_any),
        cmocka_unit_test(codes_are_words_and_values_stay),
        cmocka_unit_test(what_is_known_only_in_the_run_goes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
