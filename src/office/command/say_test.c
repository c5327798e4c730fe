// What a program says: no Individual Number, no sign that moves a terminal, whatever a text held.
// SPDX-License-Identifier: Apache-2.0
#include "say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void texts_pass_the_outlet_each_by_itself(void **state)
{
    (void)state;
    char *told = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&told, &size);
    assert_non_null(to);
    say(to, "%s %.*s (%.*s)\n", "410000000083141", STR(S("\x1B[2J花子\u202E\n")),
        STR(S("477919127652")));
    say(to, "%d%% %lld %td %s%.*s\n", -1, 1LL << 40, (ptrdiff_t)2, "\x9B\r", STR((Str){0}));
    assert_int_equal(fclose(to), 0);
    assert_string_equal(told, "410000000083141 \\x1B[2J花子\\u202E\\x0A (********7652)\n"
                              "-1% 1099511627776 2 \\x9B\\x0D\n");
    free(told);
}

static json_t *object(Str name)
{
    json_t *o = json_object();
    assert_int_equal(json_object_set_new(o, "氏名", json_item(S("氏名"), name)), 0);
    return o;
}

static void json_says_the_same_to_a_program_and_nothing_to_a_terminal(void **state)
{
    (void)state;
    char *told = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&told, &size);
    assert_non_null(to);
    Str name = S("\x1B[2J\u202E花子\U000E0001\x7F\xC2\x9B\t\"");
    json_t *o = object(name);
    assert_true(say_json(to, o, JSON_INDENT(1)));
    assert_int_equal(fclose(to), 0);
    assert_string_equal(
        told, "{\n \"氏名\": \"\\u001B[2J\\u202E花子\\uDB40\\uDC01\\u007F\\u009B\\t\\\"\"\n}");
    json_t *read = json_loads(told, 0, NULL);
    assert_true(json_equal(read, o));
    json_decref(read);
    json_decref(o);
    free(told);
}

static void an_item_holds_a_long_number_only_where_it_has_its_place(void **state)
{
    (void)state;
    static const struct {
        Str item, text;
        const char *value;
    } rows[] = {
        {S("宛名番号"), S("410000000083141"), "410000000083141"},
        {S("宛名番号"), S("477919127652"), "********7652"},
        {S("氏名"), S("410000000083141"), "***************"},
        {S("氏名"), S("見本　花子"), "見本　花子"},
        {S(""), S("4779-1912-7652"), "****-****-7652"},
        {S("氏名"), {0}, NULL},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        json_t *value = json_item(rows[i].item, rows[i].text);
        if (rows[i].value)
            assert_string_equal(json_string_value(value), rows[i].value);
        else
            assert_true(json_is_null(value));
        json_decref(value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_pass_the_outlet_each_by_itself),
        cmocka_unit_test(json_says_the_same_to_a_program_and_nothing_to_a_terminal),
        cmocka_unit_test(an_item_holds_a_long_number_only_where_it_has_its_place),
    };
    return cmocka_run_group_tests_name("say", tests, NULL, NULL);
}
