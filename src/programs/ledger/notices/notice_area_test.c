// Codes and towns of the master that the city uses.
// SPDX-License-Identifier: Apache-2.0
#include "notice_area.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void an_area_is_what_code_and_address_agree_on(void **state)
{
    (void)state;
    static const struct {
        const char *code, *address, *area;
    } cases[] = {
        {"8020001", "福岡県北九州市小倉北区浅野三丁目8番1号", "福岡県北九州市小倉北区浅野"},
        {"802-0001", "北九州市小倉北区浅野三丁目8番1号", "北九州市小倉北区浅野"},
        {"8070825", "北九州市八幡西区大字折尾1234番地の56", "北九州市八幡西区大字折尾"},
        {"8000003", "福岡県北九州市小倉北区中井二丁目1番1号", ""},  // another ward
        {"8020006", "福岡県北九州市小倉北区浅野三丁目8番1号", ""},  // another town
        {"8020001", "福岡県北九州市小倉北区", ""},
        {"1000001", "福岡県北九州市小倉北区浅野三丁目8番1号", ""},  // not of this city
        {"8020000", "福岡県北九州市小倉北区浅野三丁目8番1号", ""},  // of no town at all
        {"80200", "福岡県北九州市小倉北区浅野三丁目8番1号", ""},
        {"", "福岡県北九州市小倉北区浅野三丁目8番1号", ""},
        {"8000208", "福岡県北九州市小倉南区沼本町一丁目1番1号", "福岡県北九州市小倉南区沼本町"},
    };
    Arena whole = arena_reserve(1 << 24), arena = whole;
    PostalTowns all;
    Error err;
    assert_true(postal_load(&arena, &all, &err));
    for (int i = 0; i < countof(cases); i++) {
        Str area = notice_area(all, str_of(cases[i].code), str_of(cases[i].address));
        if (!str_equal(area, str_of(cases[i].area)))
            fail_msg("%s %s: %.*s", cases[i].code, cases[i].address, STR(area));
    }
    arena_release(whole);
}

// The shorter of two names with one beginning stands for its own code only.
static void a_town_is_not_the_beginning_of_another(void **state)
{
    (void)state;
    static const PostalTown towns[] = {
        {{"8000001"}, {"401072"}, {"小倉南区", 12}, {"沼", 3}},
        {{"8000002"}, {"401072"}, {"小倉南区", 12}, {"沼新町", 9}},
    };
    PostalTowns all = {towns, 2};
    Str address = S("小倉南区沼新町1番");
    assert_int_equal(notice_area(all, S("8000001"), address).len, 0);
    assert_int_equal(notice_area(all, S("8000002"), address).len, 21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_area_is_what_code_and_address_agree_on),
        cmocka_unit_test(a_town_is_not_the_beginning_of_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
