// Who may be told which items of the register: what nobody may be given, and what nobody can do without.
// SPDX-License-Identifier: Apache-2.0
#include "consumer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static Arena arena;

static void every_item_has_one_name_and_one_word(void **state)
{
    (void)state;
    for (int i = 0; i < TOLD_ITEM_COUNT; i++) {
        int by_name = -1, by_words = -1;
        assert_true(told_item_named(str_of(told_item_name(i)), &by_name));
        assert_true(told_item_named(str_of(told_item_words(i)), &by_words));
        assert_int_equal(by_name, i);
        assert_int_equal(by_words, i);
    }
    int none;
    assert_false(told_item_named(S("住所の一部"), &none));
    assert_false(told_item_named(S(""), &none));
}

static void what_is_kept_is_read_again(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 4000; n++) {
        Arena scratch = arena;
        ToldItems items = (n * 2654435761) & (TOLD(TOLD_ITEM_COUNT) - 1), read;
        assert_true(told_items_of(told_items_text(items, &scratch), &read));
        assert_int_equal(read, items);
    }
    ToldItems read;
    assert_false(told_items_of(S("name  birth"), &read));
    assert_false(told_items_of(S("name shoe_size"), &read));
}

// Proves F-2-04, L-1: nobody but unified can be given an Individual Number, and it is given by nobody's mistake.
static void a_number_is_for_unified_alone(void **state)
{
    (void)state;
    for (int i = 0; i < CONSUMER_COUNT; i++) {
        Error err = {0};
        const Consumer *c = &consumers[i];
        bool unified = str_equal(str_of(c->role), S("unified"));
        assert_ptr_equal(consumer_of_role(str_of(c->role)), c);
        assert_int_equal(consumer_possible(c, consumer_needs(c) | TOLD(TOLD_NUMBER), &arena, &err), unified);
        assert_true(consumer_possible(c, consumer_most(c), &arena, &err));
        assert_true(consumer_possible(c, consumer_needs(c), &arena, &err));
        if (!consumer_needs(c)) continue;
        assert_false(consumer_possible(c, 0, &arena, &err));
        assert_int_equal(err.code, E_CONFLICT);
        assert_true(str_find((Str){err.value.own, err.value.len}, S("住民状態")) >= 0);
    }
    assert_null(consumer_of_role(S("intermediate-0220140100500000")));
    assert_null(consumer_of_role(S("")));
}

static void whoever_is_new_is_given_nothing(void **state)
{
    (void)state;
    assert_int_equal(consumer_founding(consumer_of_role(S("ledger"))), TOLD_BY_DIFFERENCE);
    assert_int_equal(consumer_founding(consumer_of_role(S("payments"))), 0);
    assert_int_equal(consumer_founding(consumer_of_role(S("tax"))), 0);
}

int main(void)
{
    arena = arena_reserve((ptrdiff_t)1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_has_one_name_and_one_word),
        cmocka_unit_test(what_is_kept_is_read_again),
        cmocka_unit_test(a_number_is_for_unified_alone),
        cmocka_unit_test(whoever_is_new_is_given_nothing),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(arena);
    return failed;
}
