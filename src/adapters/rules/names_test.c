// One engine: its sources name no product, no group, no brand and no country. The names are those of
// the rules themselves, so that a vaccine of tomorrow is watched as well.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>

#include "rules.h"

static const char *folder;

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

// The word stands by itself; ids of one letter (M, R) are the parameters of everybody's macros.
static bool names(Str text, Str word)
{
    if (word.len < 2) return false;
    for (ptrdiff_t from = 0;;) {
        ptrdiff_t at = str_find(str_from(text, from), word);
        if (at < 0) return false;
        ptrdiff_t begin = from + at, end = begin + word.len;
        bool before = begin > 0 && is_word(text.at[begin - 1]);
        bool after = end < text.len && is_word(text.at[end]);
        if (!before && !after) return true;
        from = end;
    }
}

static Str file_text(Arena *arena, const char *name)
{
    Text text = {0};
    char part[4096];
    size_t n;
    FILE *file = fopen(str_z(arena, str_format(arena, "%s/%s", folder, name)), "rb");
    assert_non_null(file);
    while ((n = fread(part, 1, sizeof part, file)) > 0)
        text_add(&text, arena, (Str){part, (ptrdiff_t)n});
    (void)fclose(file);
    return text_str(&text);
}

static void expect_unnamed(const char *file, Str text, Str word)
{
    if (names(text, word)) fail_msg("%s names %.*s", file, STR(word));
}

static void expect_nothing_named(const Schedule *rules, const char *file, Str text)
{
    static const char *const countries[] = {"japan", "Japan", "日本", "jp", "JP", "CDC", "USA"};
    for (int i = 0; i < group_count(rules); i++) {
        expect_unnamed(file, text, group_id(rules, i));
        expect_unnamed(file, text, group_name(rules, i));
    }
    for (int i = 0; i < product_count(rules); i++) {
        expect_unnamed(file, text, product_id(rules, i));
        expect_unnamed(file, text, product_name(rules, i));
        for (int b = 0; b < product_brand_count(rules, i); b++)
            expect_unnamed(file, text, product_brand(rules, i, b));
    }
    for (ptrdiff_t i = 0; i < countof(countries); i++)
        expect_unnamed(file, text, str_of(countries[i]));
}

static void the_engine_names_no_vaccine_and_no_country(void **state)
{
    (void)state;
    Arena arena = arena_reserve((ptrdiff_t)64 << 20);
    const Schedule *rules;
    Error err = {0};
    int files = 0;
    assert_true(rules_embedded(&arena, &rules, &err));
    DIR *open = opendir(folder);
    assert_non_null(open);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        Str name = str_of(entry->d_name);
        if (!str_ends(name, S(".c")) && !str_ends(name, S(".h"))) continue;
        expect_nothing_named(rules, entry->d_name, file_text(&arena, entry->d_name));
        files++;
    }
    (void)closedir(open);
    assert_true(files > 10);
    arena_release(arena);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_engine_names_no_vaccine_and_no_country),
    };
    if (argc != 2) return 2;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
