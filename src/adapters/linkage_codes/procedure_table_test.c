// The procedures of the house are read, and a table that cannot be right is refused with its line.
// SPDX-License-Identifier: Apache-2.0
#include "procedure_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Arena arena;

static void the_inquiry_about_who_moved_in_is_item_25(void **state)
{
    (void)state;
    Procedures rows;
    Error err = {0};
    assert_true(procedure_table(&arena, &rows, &err));
    const Procedure *p1 = procedure_named(&rows, S("P1"));
    assert_non_null(p1);
    assert_int_equal(p1->item, 25);
    assert_string_equal(p1->dataset.at, "TM9000000000YB01");
    assert_null(procedure_named(&rows, S("P9")));
}

static void a_row_that_cannot_be_right_is_told_with_its_line(void **state)
{
    (void)state;
#define HEAD "name\titem\taffair\tprocedure\tdataset\twords\n"
#define GOOD "P1\t25\tJM90000000000025\tJT90000000002501\tTM9000000000YB01\tx\n"
    static const char *const wrong[] = {
        HEAD "P1\t0\tJM90000000000025\tJT90000000002501\tTM9000000000YB01\tx\n",
        HEAD "P1\t25\tXX90000000000025\tJT90000000002501\tTM9000000000YB01\tx\n",
        HEAD "P1\t25\tJM90000000000025\tJM90000000002501\tTM9000000000YB01\tx\n",
        HEAD "P1\t25\tJM90000000000025\tJT90000000002501\tTM9000000000YB0\tx\n",
        HEAD "P1\t25\tJM90000000000025\tJT90000000002501\tTM9000000000YB01\n",
        HEAD "\t25\tJM90000000000025\tJT90000000002501\tTM9000000000YB01\tx\n",
        HEAD GOOD GOOD,
    };
    Procedures rows;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Error err = {0};
        assert_false(procedure_table_read(str_of(wrong[i]), &arena, &rows, &err));
        assert_int_equal(err.code, E_FILE_LAYOUT);
        assert_int_equal(err.row, i == 6 ? 3 : 2);
    }
}

int main(void)
{
    arena = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inquiry_about_who_moved_in_is_item_25),
        cmocka_unit_test(a_row_that_cannot_be_right_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
