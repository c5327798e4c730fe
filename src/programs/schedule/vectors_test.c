// Every vector file of the tree through the rules of the tree: what the law gives is what we say.
// Proves F-1 (judging doses) on vectors worked out by hand and by three independent readings.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vectors.h"

#include "error_texts.h"

static const char *const *files;

static void expect_all(const char *path, int least)
{
    Arena arena = arena_reserve((ptrdiff_t)1 << 30);
    VectorFile file;
    Error err = {0};
    int failed = 0;
    if (!vectors_open(path, &arena, &file, &err))
        fail_msg("%s: %.*s %.*s", path, STR(error_item(&err)), STR(error_words(&err)));
    VEC_EACH (Vector, vector, file.vectors) {
        Arena scratch = arena;
        GroupAssessment answer = assess_group(file.schedule, vector->group, &vector->subject,
                                              vector->history, vector->as_of, &scratch);
        json_t *got = answer_json(file.schedule, &answer);
        if (!json_equal((json_t *)(uintptr_t)vector->expect, got)) {
            char *text = json_dumps(got, JSON_ENSURE_ASCII);
            print_error("%.*s: %.*s\n  got %s\n", STR(vector->id), STR(vector->rule), text);
            free(text);
            failed++;
        }
        json_decref(got);
    }
    assert_true(file.vectors.count >= least);
    vectors_close(&file);
    arena_release(arena);
    assert_int_equal(failed, 0);
}

static void the_open_vectors_hold(void **state)
{
    (void)state;
    expect_all(files[0], 59);
}

static void edge_cases_of_law_and_office_hold(void **state)
{
    (void)state;
    expect_all(files[1], 124);
}

static void histories_along_the_edges_of_every_window_hold(void **state)
{
    (void)state;
    expect_all(files[2], 5103);
}

static void histories_that_name_their_law_hold(void **state)
{
    (void)state;
    expect_all(files[5], 344);
}

static void a_citys_own_season_is_judged_by(void **state)
{
    (void)state;
    expect_all(files[6], 9);
}

static void a_file_that_is_not_there_has_no_line(void **state)
{
    (void)state;
    Arena arena = arena_reserve((ptrdiff_t)1 << 20);
    VectorFile file;
    Error err = {0};
    assert_false(vectors_open("no-such-vectors.json", &arena, &file, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    assert_int_equal(err.row, 0);
    arena_release(arena);
}

static void a_made_up_schedule_passes_through_the_same_doors(void **state)
{
    (void)state;
    expect_all(files[3], 13);
}

static void every_word_of_the_language_is_held_by_a_vector(void **state)
{
    (void)state;
    expect_all(files[4], 40);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_open_vectors_hold),
        cmocka_unit_test(edge_cases_of_law_and_office_hold),
        cmocka_unit_test(histories_along_the_edges_of_every_window_hold),
        cmocka_unit_test(histories_that_name_their_law_hold),
        cmocka_unit_test(a_citys_own_season_is_judged_by),
        cmocka_unit_test(a_file_that_is_not_there_has_no_line),
        cmocka_unit_test(a_made_up_schedule_passes_through_the_same_doors),
        cmocka_unit_test(every_word_of_the_language_is_held_by_a_vector),
    };
    if (argc != 8) return 2;
    files = (const char *const *)argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
