// What a page makes of what it is given.
// SPDX-License-Identifier: Apache-2.0
#include "page_made.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static Arena whole;

static void expect_page(Page *page, const char *expected)
{
    Error err = {0};
    Markup markup;
    assert_true(page_end(page, &markup, &err));
    Arena scratch = whole;
    scratch.at += 8 << 20;
    assert_string_equal(str_z(&scratch, markup_bytes(markup)), expected);
}

static void text_stays_text(void **state)
{
    (void)state;
    Arena arena = whole;
    Page *page = page_begin(&arena);
    put_text(page, S("<script>alert('\"&')</script>"));
    expect_page(page, "&lt;script&gt;alert(&#39;&quot;&amp;&#39;)&lt;/script&gt;");
    page = page_begin(&arena);
    put_text(page, S("花\xE2\x80\xAE\x01子\xFF"));  // a direction, a control, no UTF-8
    expect_page(page, "花\\u202E\\x01子\\xFF");
    page = page_begin(&arena);
    put_name(page, S("葛\xF3\xA0\x84\x80城 <b>"));  // a variant stays with its base
    expect_page(page, "<bdi class=\"na\">葛\xF3\xA0\x84\x80城 &lt;b&gt;</bdi>");
}

static void a_number_of_a_person_does_not_leave_and_a_number_with_its_place_does(void **state)
{
    (void)state;
    Arena arena = whole;
    Page *page = page_begin(&arena);
    put_text(page, S("123456789018"));
    put_digits(page, S(" 000000012345678"));
    expect_page(page, "********9018 000000012345678");
}

static void figures_are_written_as_people_and_pictures_want_them(void **state)
{
    (void)state;
    Arena arena = whole;
    Page *page = page_begin(&arena);
    put_count(page, 1234567);
    put_literal(page, S(" "));
    put_count(page, -123);
    put_literal(page, S(" "));
    put_number(page, -5);
    put_literal(page, S(" "));
    put_tenths(page, -2085);
    put_literal(page, S(" "));
    put_tenths(page, 30);
    put_literal(page, S(" "));
    put_era(page, day_of(2026, 11, 24));
    put_literal(page, S(" "));
    put_day(page, day_of(2026, 11, 24));
    expect_page(page, "1,234,567 -123 -5 -208.5 3 令和8年11月24日 2026-11-24");
}

static void a_path_leads_nowhere_else(void **state)
{
    (void)state;
    Arena arena = whole;
    const Str variables[] = {S("a/../b?x=1#y"), S("//evil.example")};
    Path path = path_made("/p/{one}/{two}/x", variables, 2, &arena);
    assert_string_equal(str_z(&arena, path_text(path)),
                        "/p/a%2F..%2Fb%3Fx%3D1%23y/%2F%2Fevil.example/x");
    path = path_at(path_made("/", NULL, 0, &arena), S("d\"1"), &arena);
    assert_string_equal(str_z(&arena, path_text(path)), "/#d%221");
    path = path_with(path_made("/p/{one}", variables, 1, &arena), "said", S("ü&"), &arena);
    assert_string_equal(str_z(&arena, path_text(path)), "/p/a%2F..%2Fb%3Fx%3D1%23y?said=%C3%BC%26");
    assert_true(path_again(path_text(path), &arena, &path));
    static const char *const elsewhere[] = {"", "//evil.example", "http://evil.example", "p", "/\\evil.example", "/a\"b", "/a b", "/<"};
    for (ptrdiff_t i = 0; i < countof(elsewhere); i++)
        assert_false(path_again(str_of(elsewhere[i]), &arena, &path));
}

static void a_page_that_is_too_long_is_refused_at_its_end(void **state)
{
    (void)state;
    Error err = {0};
    Markup markup = NULL;
    Arena arena = whole;
    Page *page = page_begin(&arena);
    for (int i = 0; i < PAGE_MOST / 10 + 1; i++) put_literal(page, S("0123456789"));
    assert_false(page_end(page, &markup, &err));
    assert_int_equal(err.code, E_LIMIT);
    assert_null(markup);
}

int main(void)
{
    whole = arena_reserve(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_stays_text),
        cmocka_unit_test(a_number_of_a_person_does_not_leave_and_a_number_with_its_place_does),
        cmocka_unit_test(figures_are_written_as_people_and_pictures_want_them),
        cmocka_unit_test(a_path_leads_nowhere_else),
        cmocka_unit_test(a_page_that_is_too_long_is_refused_at_its_end),
    };
    return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
