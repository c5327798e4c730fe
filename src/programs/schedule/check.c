// `check`: vectors through the engine; what differs is shown with both answers.
// SPDX-License-Identifier: Apache-2.0
#include "commands.h"

#include <stdio.h>
#include <stdlib.h>

#include "say.h"
#include "steps.h"
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
        say(stdout, "%.*s %.*s: %.*s\n", STR(vector->id), STR(vector->title), STR(vector->rule));
        print_json("expected", vector->expect);
        print_json("got     ", got);
    }
    json_decref(got);
    return same;
}

// ---- --explain ----------------------------------------------------------------------------------

static bool vector_explained(const VectorFile *file, Str id, Arena *arena, Error *err)
{
    VEC_EACH (Vector, vector, file->vectors) {
        if (!str_equal(vector->id, id)) continue;
        Explanation explanation = {0};
        GroupAssessment answer =
            assess_explained(file->schedule, vector->group, &vector->subject, vector->history,
                             vector->as_of, &explanation, arena);
        json_t *got = answer_json(file->schedule, &answer);
        steps_print(file->schedule, vector->history, &explanation);
        print_json("expected", vector->expect);
        print_json("got     ", got);
        json_decref(got);
        return true;
    }
    return FAIL(err, E_NOT_FOUND, .value = id,
                .words = S("その番号の検証データはありません。番号を確かめてください。"));
}

// Every fault of a folder at once: its author mends them in one go.
static void faults_print(const RuleFaults *faults, Arena scratch)
{
    VEC_EACH (const RuleFault, fault, *faults) {
        Arena one = scratch;
        say(stderr, "%.*s\n", STR(rule_fault_text(fault, &one)));
    }
}

static bool opened(const CommandLine *line, Arena *arena, VectorFile *file, Error *err)
{
    RuleFaults faults = {0};
    Str rules = option_text(line, "rules");
    bool good = vectors_open(str_z(arena, line->arguments.at[0]),
                             rules.len ? str_z(arena, rules) : NULL, arena, file, &faults, err);
    faults_print(&faults, *arena);
    return good;
}

static bool check(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    VectorFile file;
    int passed = 0, failed = 0;
    if (!opened(line, arena, &file, err)) return false;
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

static const Option options[] = {
    {OPTION_PLACE, "rules", "DIR",
     "規則のファイルのフォルダー。付けなければ、このプログラムに入っている規則で確かめる", false,
     false},
    {OPTION_TEXT, "explain", "ID", "一つの検証データについて、調べた規則をすべて示す", false,
     false},
    {OPTION_END},
};

const Command command_check = {"check", "検証データ.json", 1, 1, "検証データで接種判定を確かめる",
                               options, check};
