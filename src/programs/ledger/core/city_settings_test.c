// The city's own settings: filled in by the city, read with care.
// SPDX-License-Identifier: Apache-2.0
#include "city_settings.h"

#include "error_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static Arena fresh(void)
{
    static char memory[1 << 20];
    return (Arena){memory, memory + sizeof memory};
}

// A file that is filled in, with one place of it changed.
static bool read_with(const char *old, const char *new, CitySettings *settings, Error *err)
{
    static char memory[1 << 18];
    Arena arena = {memory, memory + sizeof memory};
    CitySettings full = city_settings_blank(true);
    full.sender = (PaperSender){S("宗像市"), S("健康課 予防接種係"), S("0940-11-1111"), S("宗像市長"),
                                S("https://www.example.lg.jp/yobousesshu")};
    Str text = city_settings_text(&full, &arena);
    text = str_join(&arena, S("{"), str_from(text, str_find(text, S("],")) + 2));  // without the guide
    ptrdiff_t place = str_find(text, str_of(old));
    assert_true(place >= 0);
    Str rest = str_from(text, place + (ptrdiff_t)strlen(old));
    Str changed = str_join(&arena, str_join(&arena, str_first(text, place), str_of(new)), rest);
    return city_settings_parse(changed, &arena, settings, err);
}

static void the_first_file_has_blanks_and_says_how_to_fill_them_in(void **state)
{
    (void)state;
    Arena arena = fresh();
    CitySettings first, again;
    Error err;
    bool there;
    char folder[] = "/tmp/city-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/city.json", folder);
    assert_true(city_settings_read(path, &arena, &first, &there, &err));
    assert_false(there);
    first = city_settings_blank(false);
    assert_true(city_settings_write(path, &first, arena, &err));
    assert_true(city_settings_read(path, &arena, &again, &there, &err));
    assert_true(there);
    assert_int_equal(again.sender.city.len, 0);
    assert_false(again.synthetic);
    assert_int_equal(again.form_parts, 1);
    Str text = city_settings_text(&first, &arena);
    for (const char *const *name = (const char *const[]){"city", "copy_days", "copay", "synthetic", NULL}; *name; name++)
        assert_true(str_find(text, str_format(&arena, "\"%s: ", *name)) > 0);
    (void)unlink(path);
    assert_int_equal(rmdir(folder), 0);  // no draft stayed
}

static void what_a_letter_needs_and_is_blank_is_named(void **state)
{
    (void)state;
    // clang-format off
    static const struct { const char *old, *new, *missing; } cases[] = {
        {"\"宗像市\"", "\"宗像市\"", ""},
        {"\"宗像市\"", "\"\"", "city (市の名前)"},
        {"\"宗像市\"", "\" 　\"", "city (市の名前)"},
        {"健康課 予防接種係", "", "section (担当の係)"},
        {"健康課 予防接種係", "見本課 予防接種係", "section (担当の係)"},
        {"0940-11-1111", "", "telephone (問い合わせの電話)"},
        {"0940-11-1111", "093-000-0000", "telephone (問い合わせの電話)"},
        {"\"宗像市長\"", "\"\"", "mayor (差出人の市長)"},
        {"\"宗像市長\"", "\"見本市長\"", "mayor (差出人の市長)"},
        {"https://www.example.lg.jp/yobousesshu", "", ""},
        {"\"宗像市\",\n \"section\": \"健康課 予防接種係\"", "\"\",\n \"section\": \"\"", "city (市の名前)、section (担当の係)"},
    };
    // clang-format on
    for (int i = 0; i < countof(cases); i++) {
        Error err = {0};
        CitySettings settings;
        Arena arena = fresh();
        assert_true(read_with(cases[i].old, cases[i].new, &settings, &err));
        Str missing = city_settings_missing(&settings, &arena);
        assert_true(str_equal(missing, str_of(cases[i].missing)));
        city_settings_make_up(&settings, S("宗像市"), &arena);
        assert_true(settings.sender.section.len && settings.sender.telephone.len);
        assert_true(str_equal(settings.sender.city, S("宗像市")));
    }
}

static void the_office_puts_its_own_in(void **state)
{
    (void)state;
    CitySettings settings;
    Error err;
    assert_true(read_with("\"https://www.example.lg.jp/yobousesshu\"", "\"\"", &settings, &err));
    assert_int_equal(settings.sender.public_url.len, 0);
    assert_true(read_with("true", "false", &settings, &err));
    assert_false(settings.synthetic);
    assert_true(read_with("0940-11-1111", "", &settings, &err));
    assert_int_equal(settings.sender.telephone.len, 0);
    assert_true(read_with("\"form_parts\": 1", "\"form_parts\": 3", &settings, &err));
    assert_int_equal(settings.form_parts, 3);
    assert_true(
        read_with("\"copay\": {}", "\"copay\": {\"INF\": 1500, \"HZ\": 0}", &settings, &err));
    assert_int_equal(city_copay(&settings, S("INF"))->yen, 1500);
    assert_int_equal(city_copay(&settings, S("HZ"))->yen,
                     0);  // the city pays all: said, not assumed
    assert_null(city_copay(&settings, S("COVID")));
    // Files of before had no such item.
    assert_true(read_with(",\n \"copay\": {}", "", &settings, &err));
    assert_int_equal(settings.copay_count, 0);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *old, *new, *item;
        ErrorCode code;
    } cases[] = {
        {"{", "[", "", E_FILE_LAYOUT},
        {"\"telephone\"", "\"telefone\"", "telefone", E_CODE_UNKNOWN},
        {" \"mayor\": \"宗像市長\",\n", "", "mayor", E_MISSING},
        {"健康課 予防接種係", "一二三四五六七八九十一二三四五六七八九", "section", E_LENGTH},
        {"健康課 予防接種係", "感染症\\n対策課", "section", E_CHARSET},
        {"https:", "http:", "public_url", E_CHARSET},
        {"yobousesshu", "予防接種", "public_url", E_CHARSET},
        {"\"form_parts\": 1", "\"form_parts\": 4", "form_parts", E_NUMBER_FORMAT},
        {"\"form_parts\": 1", "\"form_parts\": \"1\"", "form_parts", E_NUMBER_FORMAT},
        {"true", "\"yes\"", "synthetic", E_CHARSET},
        {"\"copay\": {}", "\"copay\": 1500", "copay", E_CHARSET},
        {"\"copay\": {}", "\"copay\": {\"INF\": -1}", "copay", E_NUMBER_FORMAT},
        {"\"copay\": {}", "\"copay\": {\"INF\": \"1500\"}", "copay", E_NUMBER_FORMAT},
        {"\"copay\": {}",
         "\"copay\": {\"S0\":0,\"S1\":1,\"S2\":2,\"S3\":3,\"S4\":4,\"S5\":5,\"S6\":6,\"S7\":7,\"S8\":8,\"S9\":9,\"S10\":10,\"S11\":11,\"S12\":12,\"S13\":13,\"S14\":14,\"S15\":15,\"S16\":16}",
         "copay", E_LENGTH},
        {"\"0940-11-1111\"", "93", "telephone", E_CHARSET},
    };
    for (int i = 0; i < countof(cases); i++) {
        CitySettings settings;
        Error err = {0};
        assert_false(read_with(cases[i].old, cases[i].new, &settings, &err));
        assert_int_equal(err.code, cases[i].code);
        assert_true(str_equal(error_item(&err), str_of(cases[i].item)) || !cases[i].item[0]);
        assert_true(error_words(&err).len > 0);
    }
}

static void a_file_that_cannot_be_read_or_written_is_told(void **state)
{
    (void)state;
    Arena arena = fresh();
    CitySettings settings;
    bool there;
    Error err = {0};
    static char much[(1 << 16) + 1];
    char folder[] = "/tmp/city-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/none/city.json", folder);
    settings = city_settings_blank(false);
    assert_false(city_settings_write(path, &settings, arena, &err));
    assert_int_equal(err.code, E_FILE_WRITE);
    assert_false(city_settings_read(folder, &arena, &settings, &there, &err));  // no file
    assert_int_equal(err.code, E_FILE_OPEN);
    (void)snprintf(path, sizeof path, "%s/city.json", folder);
    assert_int_equal(symlink("city.json", path), 0);  // leads to itself
    assert_false(city_settings_read(path, &arena, &settings, &there, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    assert_int_equal(unlink(path), 0);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(much, 1, sizeof much, file), sizeof much);
    assert_int_equal(fclose(file), 0);
    assert_false(city_settings_read(path, &arena, &settings, &there, &err));
    assert_int_equal(err.code, E_FILE_READ);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_file_has_blanks_and_says_how_to_fill_them_in),
        cmocka_unit_test(what_a_letter_needs_and_is_blank_is_named),
        cmocka_unit_test(the_office_puts_its_own_in),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(a_file_that_cannot_be_read_or_written_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
