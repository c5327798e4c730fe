// What is typed into the one box, and what is understood.
// SPDX-License-Identifier: Apache-2.0
#include "search_text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

typedef struct Typed {
    const char *typed, *name, *birth, *number, *other;
} Typed;

// Asked on 2026-11-24, in 令和8年.
// clang-format off
static const Typed rows[] = {
    {"カツラギ ヒナタ 3.12.20",       "カツラギ ヒナタ", "2021-12-20", "", "H3.12.20"},
    {"葛城　ひなた",                  "葛城 ひなた",     "", "", ""},
    {"R3.12.20 葛城",                 "葛城",            "2021-12-20", "", ""},
    {"令和3年12月20日",               "",                "2021-12-20", "", ""},
    {"20211220",                      "",                "2021-12-20", "000000020211220", ""},
    {"2021/12/20",                    "",                "2021-12-20", "", ""},
    {"2021.12",                       "",                "2021-12-00", "", ""},
    {"3.12",                          "",                "2021-12-00", "", "H3.12"},
    {"30.4.1",                        "",                "2018-04-01", "", "S30.4.1"},
    {"８.１.５ 見本",                 "見本",            "2026-01-05", "", "H8.1.5"},
    {"8.12.1",                        "",                "1996-12-01", "", "S8.12.1"},  // 令和8年12月1日 has not come
    {"2022",                          "",                "2022-00-00", "", ""},
    {"000000012345678",               "",                "", "000000012345678", ""},
    {"12345678",                      "",                "", "000000012345678", ""},
    {"3.13.40",                       "",                "", "", ""},  // and told: unread
    {"",                              "",                "", "", ""},
    {"    ",                          "",                "", "", ""},
    {"Nguyen Minh",                   "Nguyen Minh",     "", "", ""},
};
// clang-format on

static Arena whole;

static void what_is_typed_is_understood(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        char birth[DAY_TEXT_SIZE] = "";
        Arena arena = whole;
        const Typed *t = &rows[i];
        SearchAsked asked = search_text_read(str_of(t->typed), day_of(2026, 11, 24), &arena);
        if (asked.birth.year) (void)partial_date_text(asked.birth, birth);
        bool number =
            asked.numbered ? str_equal(addressee_text(&asked.who), str_of(t->number)) : !*t->number;
        if (!str_equal(asked.name, str_of(t->name)) ||
            !str_equal(str_of(birth), str_of(t->birth)) || !number ||
            !str_equal(asked.birth_other, str_of(t->other)))
            fail_msg("%s: %.*s %s %s %.*s", t->typed, STR(asked.name), birth, asked.who.digits,
                     STR(asked.birth_other));
    }
}

int main(void)
{
    whole = arena_reserve(16 << 20);
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_typed_is_understood)};
    return cmocka_run_group_tests_name("search_text", tests, NULL, NULL);
}
