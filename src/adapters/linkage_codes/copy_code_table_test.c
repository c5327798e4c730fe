// The table of codes that the program carries, and what a city's own may not say.
// SPDX-License-Identifier: Apache-2.0
#include "copy_code_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static Arena arena;

static void every_code_has_the_form_that_its_item_wants(void **state)
{
    (void)state;
    CopyCodes codes;
    Error err = {0};
    DatasetCode dataset = {"TM9000000000YB01"};
    const CopyLayout *layout = copy_layout(&dataset);
    assert_true(copy_code_table(&arena, &codes, &err));
    assert_true(codes.count > 50);
    for (int i = 0; i < layout->count; i++) {
        const LayoutItem *item = &layout->items[i];
        int of_item = 0;
        VEC_EACH (CopyCode, code, codes) {
            if (!item->table || !str_equal(code->table, str_of(item->table))) continue;
            assert_int_equal(code->code.len, item->length);
            of_item++;
        }
        assert_int_equal(of_item > 0, item->table != NULL);
    }
}

static void a_dose_of_the_house_has_a_code_and_its_place_in_the_series(void **state)
{
    (void)state;
    CopyCodes codes;
    Error err = {0};
    assert_true(copy_code_table(&arena, &codes, &err));
    const CopyCode *second = copy_code_of_ours(&codes, S("dose"), S("P2")),
                   *booster = copy_code_of_ours(&codes, S("dose"), S("B"));
    assert_true(second->order < booster->order);
    assert_non_null(copy_code_of_ours(&codes, S("vaccine"), S("BCG")));
    assert_null(copy_code_of_ours(&codes, S("vaccine"), S("P2")));
    assert_null(copy_code_of_ours(&codes, S("vaccine"), S("")));
}

static void a_row_that_is_none_is_refused_with_its_line(void **state)
{
    (void)state;
    static const char *const bad[] = {"dose\t001\t1\t1", "dose\t001\tx\t1\t1回目", "dose\t\t1\t1\t1回目",
                                      "\t001\t1\t1\t1回目", "dose\t001\t1\t1\t1回目\tmore",
                                      "dose\t000\t1\t1\tagain"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CopyCodes codes;
        Error err = {0};
        Str text = str_format(&arena, "table\tcode\torder\tours\twords\ndose\t000\t0\t\tnone\n%s\n", bad[i]);
        assert_false(copy_code_table_read(text, &arena, &codes, &err));
        assert_int_equal(err.row, 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_the_form_that_its_item_wants),
        cmocka_unit_test(a_dose_of_the_house_has_a_code_and_its_place_in_the_series),
        cmocka_unit_test(a_row_that_is_none_is_refused_with_its_line),
    };
    arena = arena_reserve(4 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
