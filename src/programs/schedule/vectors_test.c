// Every vector file of the tree through the rules of the tree: what the law gives is what we say.
// Proves F-1 (judging doses) on vectors worked out by hand and by three independent readings.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    if (!vectors_open(path, NULL, &arena, &file, NULL, &err))
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
    assert_false(vectors_open("no-such-vectors.json", NULL, &arena, &file, NULL, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    assert_int_equal(err.row, 0);
    arena_release(arena);
}

#define RIGHT                                                                                     \
    "{\"vectors\":[{\"id\":\"v\",\"series\":\"MR1\",\"sex\":\"F\",\"birth_date\":\"2025-05-10\"," \
    "\"assessment_date\":\"2026-10-01\",\"expect\":{},\"facts\":{},"                              \
    "\"history\":[{\"product\":\"MR\",\"date\":\"2026-06-01\"}]}]}"

// The item is one of the file's own words: it is told after the document has ended.
static void a_faulty_file_is_refused_with_vector_and_item(void **state)
{
    (void)state;
    static const struct {
        const char *part, *instead;
        ErrorCode code;
        const char *item, *value;
    } rows[] = {
        {"{\"vectors\"", "[\"vectors\"", E_VECTOR, NULL, NULL},
        {"\"vectors\":[", "\"vectors\":{},\"v\":[", E_VECTOR, "vectors", "vectors"},
        {"\"vectors\":[", "\"groups\":[7],\"vectors\":[", E_RULE, NULL, NULL},
        {"\"vectors\":[", "\"groups\":7,\"vectors\":[", E_RULE, NULL, NULL},
        {"\"vectors\":[", "\"city\":{\"season\":7},\"vectors\":[", E_RULE, NULL, NULL},
        {"\"id\":\"v\",", "", E_VECTOR, "vectors", "id"},
        {"MR1", "MR9", E_VECTOR, "v", "series"},
        {"\"expect\":{}", "\"expect\":[]", E_VECTOR, "v", "expect"},
        {"2025-05-10", "2025-02-30", E_VECTOR, "v", "birth_date"},
        {"2026-10-01", "soon", E_VECTOR, "v", "assessment_date"},
        {"\"MR\"", "\"MX\"", E_VECTOR, "v", "product"},
        {"\"2026-06-01\"", "7", E_VECTOR, "v", "date"},
        {"\"2026-06-01\"", "\"2026-06-01\",\"funding\":\"gift\"", E_VECTOR, "v", "funding"},
        {"\"2026-06-01\"", "\"2026-06-01\",\"override\":\"maybe\"", E_VECTOR, "v", "override"},
        {"\"facts\":{}", "\"facts\":{\"no_such_fact_of_the_rules\":true}", E_VECTOR, "v",
         "no_such_fact_of_the_rules"},
        {"\"facts\":{}", "\"facts\":{\"edd\":\"soon\"}", E_VECTOR, "v", "edd"},
        {"\"facts\":{}", "\"facts\":{\"edd\":true}", E_VECTOR, "v", "edd"},
        {"\"facts\":{}", "\"facts\":{\"special_circumstances\":7}", E_VECTOR, "v",
         "special_circumstances"},
        {"\"facts\":{}", "\"facts\":{\"special_circumstances\":[{\"series\":\"MR9\"}]}", E_VECTOR,
         "v", "special_circumstances"},
        {"\"facts\":{}",
         "\"facts\":{\"special_circumstances\":[{\"series\":\"MR1\",\"began\":\"x\"}]}", E_VECTOR,
         "v", "special_circumstances"},
        {"\"facts\":{}", "\"facts\":{\"physician_accepts\":[{\"series\":\"MR1\",\"dose\":1}]}",
         E_VECTOR, "v", "physician_accepts"},
    };
    char path[] = "/tmp/sesshu-vectors.XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    for (ptrdiff_t i = -1; i < countof(rows); i++) {
        Arena arena = arena_reserve((ptrdiff_t)1 << 28);
        Str text = S(RIGHT);
        if (i >= 0) {
            ptrdiff_t at = str_find(text, str_of(rows[i].part));
            assert_true(at >= 0);
            text = str_format(&arena, "%.*s%s%.*s", (int)at, text.at, rows[i].instead,
                              STR(str_from(text, at + (ptrdiff_t)strlen(rows[i].part))));
        }
        assert_int_equal(ftruncate(file, 0), 0);
        assert_int_equal(pwrite(file, text.at, (size_t)text.len, 0), text.len);
        VectorFile vectors;
        Error err = {0};
        bool opened = vectors_open(path, NULL, &arena, &vectors, NULL, &err);
        arena_release(arena);  // and everything that was read
        if (opened != (i < 0)) fail_msg("%s", i < 0 ? "the sound file" : rows[i].instead);
        if (opened) vectors_close(&vectors);
        if (i < 0) continue;
        assert_int_equal(err.code, rows[i].code);
        assert_true(error_words(&err).len > 0);
        if (rows[i].item && (!str_equal(error_item(&err), str_of(rows[i].item)) ||
                             !str_equal(error_value(&err), str_of(rows[i].value))))
            fail_msg("%s: %.*s %.*s", rows[i].instead, STR(error_item(&err)),
                     STR(error_value(&err)));
    }
    assert_int_equal(close(file), 0);
    assert_int_equal(unlink(path), 0);
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
        cmocka_unit_test(a_faulty_file_is_refused_with_vector_and_item),
        cmocka_unit_test(a_made_up_schedule_passes_through_the_same_doors),
        cmocka_unit_test(every_word_of_the_language_is_held_by_a_vector),
    };
    if (argc != 8) return 2;
    files = (const char *const *)argv + 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
