// The help of a page is what the page says: its keys, and those of its words that the list of terms explains.
// SPDX-License-Identifier: Apache-2.0
#include "help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena whole;

static Str words_of(HelpKeyRows keys, const char *key)
{
    VEC_EACH (const HelpKey, row, keys)
        if (str_equal(row->key, str_of(key))) return row->words;
    return (Str){0};
}

static void keys_are_those_of_the_buttons(void **state)
{
    (void)state;
    Arena arena = whole;
    HelpKeyRows keys = help_keys(
        S("<p>残り <b>3</b></p><button class=\"primary\" data-primary>照合を始める（18件）<kbd>F9</kbd></button>"
          "<a href=\"/x\"> A&amp;B &lt;見る&gt; <kbd>i</kbd></a><kbd>?</kbd><button>二つ目<kbd>F9</kbd></button>"),
        &arena);
    assert_int_equal(keys.count, 2);  // a key that nothing names is none, and the first of two is meant
    assert_true(str_equal(words_of(keys, "F9"), S("照合を始める（18件）")));
    assert_true(str_equal(words_of(keys, "i"), S("A&B <見る>")));
}

static void a_list_and_a_picture_have_theirs(void **state)
{
    (void)state;
    Arena arena = whole;
    assert_int_equal(help_keys(S("<p>x</p>"), &arena).count, 0);
    assert_int_equal(help_keys((Str){0}, &arena).count, 0);
    assert_int_equal(help_keys(S("<p"), &arena).count, 0);
    assert_int_equal(help_keys(S("<a data-row>"), &arena).count, 2);
    assert_int_equal(help_keys(S("<svg class=\"ll\"></svg>"), &arena).count, 1);
}

static bool explained(HelpTermRows terms, const char *words)
{
    VEC_EACH (const HelpTerm, row, terms)
        if (str_equal(row->words, str_of(words))) return row->meaning.len > 0;
    return false;
}

static void terms_are_those_of_labels(void **state)
{
    (void)state;
    Arena arena = whole;
    HelpTermRows terms = help_terms(S("<h1>対象<b>者</b></h1><table><th scope=\"col\">最終安全日</th><td>支援措置</td></table><label>宛名番号</label>"), &arena);
    assert_true(explained(terms, "対象者"));  // over two pieces
    assert_true(explained(terms, "最終安全日"));
    assert_true(explained(terms, "宛名番号"));
    assert_false(explained(terms, "支援措置"));  // what stands in a cell is somebody's
    assert_false(explained(terms, "証跡"));
}

static void the_list_has_every_term_once(void **state)
{
    (void)state;
    Arena arena = whole;
    HelpTermRows all = help_all_terms(&arena);
    assert_true(all.count > 30);
    for (ptrdiff_t i = 0; i < all.count; i++) {
        assert_true(all.at[i].words.len > 0 && all.at[i].meaning.len > 0);
        for (ptrdiff_t j = 0; j < i; j++) assert_false(str_equal(all.at[i].words, all.at[j].words));
    }
    assert_false(explained(all, "言葉"));  // the head of the table
}

int main(void)
{
    whole = arena_reserve(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_of_the_buttons),
        cmocka_unit_test(a_list_and_a_picture_have_theirs),
        cmocka_unit_test(terms_are_those_of_labels),
        cmocka_unit_test(the_list_has_every_term_once),
    };
    return cmocka_run_group_tests_name("help", tests, NULL, NULL);
}
