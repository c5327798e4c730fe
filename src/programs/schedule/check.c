// `check`: vectors through the engine; what differs is shown with both answers.
// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "vectors.h"

static void print_json(const char *label, const json_t *value)
{
    char *text = json_dumps(value, JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    (void)printf("  %s %s\n", label, text ? text : "");
    free(text);
}

static bool vector_passes(const VectorFile *file, const Vector *vector, Arena scratch)
{
    GroupAssessment answer = assess_group(file->schedule, vector->group, &vector->subject,
                                          vector->history, vector->as_of, &scratch);
    json_t *got = answer_json(file->schedule, &answer);
    bool same = json_equal((json_t *)(uintptr_t)vector->expect, got);
    if (!same) {
        (void)printf("%.*s %.*s: %.*s\n", STR(vector->id), STR(vector->title), STR(vector->rule));
        print_json("expected", vector->expect);
        print_json("got     ", got);
    }
    json_decref(got);
    return same;
}

// ---- --explain ----------------------------------------------------------------------------------

static const char *const step_words[] = {
    [EXPLAIN_SERIES] = "series chosen",
    [EXPLAIN_SKIP] = "passed over",
    [EXPLAIN_LAPSE] = "passed over, too late for it",
    [EXPLAIN_DOSE] = "asked as",
    [EXPLAIN_ROW] = "row asked",
    [EXPLAIN_REASON] = "objects",
    [EXPLAIN_STATUS] = "status",
    [EXPLAIN_FLOOR] = "not before",
    [EXPLAIN_CEILING] = "not after",
};

static void print_step(const Schedule *schedule, const Vector *vector, const ExplainStep *step)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
    Str text = schedule_text(schedule, step->text), place = row_place(schedule, step->row);
    Str law = row_law(schedule, step->row);
    if (step->entry < 0)
        (void)printf("forecast    ");
    else
        (void)printf("%s  ", day_text(vector->history.at[step->entry].given_on, on));
    (void)printf("%s%s%.*s", step_words[step->kind], text.len ? " " : "", STR(text));
    if (step->kind == EXPLAIN_ROW) (void)printf(" %s", step->holds ? "holds" : "fails");
    if (step->first != DAY_NONE || step->last != DAY_NONE)
        (void)printf(" [%s .. %s]", day_text(step->first, first), day_text(step->last, last));
    (void)printf("  %.*s  %.*s\n", STR(place), STR(law));
}

static bool vector_explained(const VectorFile *file, Str id, Arena *arena, Error *err)
{
    VEC_EACH (Vector, vector, file->vectors) {
        if (!str_equal(vector->id, id)) continue;
        Explanation explanation = {0};
        GroupAssessment answer =
            assess_explained(file->schedule, vector->group, &vector->subject, vector->history,
                             vector->as_of, &explanation, arena);
        json_t *got = answer_json(file->schedule, &answer);
        for (int i = 0; i < explanation.count; i++)
            print_step(file->schedule, vector, &explanation.at[i]);
        print_json("expected", vector->expect);
        print_json("got     ", got);
        json_decref(got);
        return true;
    }
    return FAIL(err, E_NOT_FOUND, .value = id,
                .words = S("その番号の検証データはありません。番号を確かめてください。"));
}

bool command_check(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    VectorFile file;
    int passed = 0, failed = 0;
    if (!vectors_open(str_z(arena, line->arguments.at[0]), arena, &file, err)) return false;
    if (option_given(line, "explain")) {
        bool found = vector_explained(&file, option_text(line, "explain"), arena, err);
        vectors_close(&file);
        return found;
    }
    VEC_EACH (Vector, vector, file.vectors) {
        if (vector_passes(&file, vector, *arena))
            passed++;
        else
            failed++;
    }
    vectors_close(&file);
    // A file without a vector proves nothing.
    if (!passed || failed) *status = EXIT_ATTENTION;
    (void)printf("%d passed, %d failed\n", passed, failed);
    return true;
}
