// CDC's own cases through CDC's own data. Both lie outside the tree: in the folder that SESSHU_CDSI
// names, else in the one given by the build. Where they are not there the test is skipped.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "cdsi.h"
#include "cdsi_score.h"
#include "error_texts.h"

enum { MESON_SKIP = 77 };

static const char *folder;
static Arena arena;
static const Schedule *schedule;
static CdsiCases cases;
static CdsiUnknown unknown;

static int open_all(void **state)
{
    (void)state;
    Error err = {0};
    arena = arena_reserve((ptrdiff_t)1 << 30);
    const char *data = str_z(&arena, str_format(&arena, "%s/data", folder));
    const char *file = str_z(&arena, str_format(&arena, "%s/cases-open.csv", folder));
    if (cdsi_load(data, &arena, &schedule, &err) &&
        cdsi_cases_read(file, schedule, &arena, &cases, &unknown, &err))
        return 0;
    print_error("line %d %.*s %.*s\n", (int)err.row, STR(error_item(&err)), STR(error_words(&err)));
    return 1;
}

// How many of a set hold on all levels, after telling the others; `of`: how many there are.
static int passed(const char *set, int *of)
{
    int all = 0;
    *of = 0;
    VEC_EACH (CdsiCase, c, cases) {
        Arena scratch = arena;
        if (!str_equal(c->set, str_of(set))) continue;
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, &scratch);
        CdsiScore score = cdsi_score(schedule, c, &a);
        ++*of;
        all += cdsi_score_all(score) && score.reasons;
        if (!cdsi_score_all(score))
            print_message("%.*s: status %d dates %d number %d doses %d\n", STR(c->id), score.status,
                          score.dates, score.number, score.doses);
    }
    return all;
}

static void every_healthy_child_and_adult_is_answered_as_cdc_says(void **state)
{
    (void)state;
    int of, all = passed("healthy", &of);
    assert_true(of >= 520);
    assert_int_equal(all, of);
}

// Some rows are older than the data (README of the cases); 165 of the 176 open ones can hold.
static void people_with_conditions_are_answered_as_far_as_the_rows_are_current(void **state)
{
    (void)state;
    int of, all = passed("condition", &of);
    assert_true(of >= 176);
    assert_true(all >= 165);
}

// What was kept of one person never reaches the next.
static void the_order_of_the_people_changes_nothing(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < cases.count; i++) {
        Arena scratch = arena;
        const CdsiCase *a = &cases.at[i], *b = &cases.at[cases.count - 1 - i];
        Assessment first = assess(schedule, &a->subject, a->history, a->as_of, &scratch);
        CdsiScore before = cdsi_score(schedule, a, &first);
        (void)assess(schedule, &b->subject, b->history, b->as_of, &scratch);
        Assessment again = assess(schedule, &a->subject, a->history, a->as_of, &scratch);
        CdsiScore after = cdsi_score(schedule, a, &again);
        assert_memory_equal(&before, &after, sizeof before);
    }
}

static void expect_same(const CdsiCase *c, const Assessment *a, const Assessment *b)
{
    assert_int_equal(a->merged_count, b->merged_count);
    for (int i = 0; i < a->merged_count; i++) {
        const MergedAssessment *x = &a->merged[i], *y = &b->merged[i];
        if (x->merge != y->merge || x->status != y->status || x->earliest != y->earliest ||
            x->recommended != y->recommended || x->past_due != y->past_due)
            fail_msg("%.*s: merge %d", STR(c->id), x->merge);
    }
}

// A city in one pass, and verdicts that are kept for another day, answer like one person on one day.
static void every_door_gives_the_same_answer(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < cases.count; i += 7) {
        Arena scratch = arena;
        const CdsiCase *c = &cases.at[i];
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, &scratch);
        CityPass *pass =
            city_pass(city_table(schedule, c->as_of, groups_all(schedule), &scratch), &scratch);
        Arena person = arena_reserve((ptrdiff_t)1 << 24), whole = person;
        Assessment city = city_assess(pass, &c->subject, c->history, &person);
        expect_same(c, &a, &city);
        Evaluation *kept = evaluate(schedule, &c->subject, c->history, c->as_of - 30, &scratch);
        Assessment later = forecast(kept, c->as_of, &scratch);
        expect_same(c, &a, &later);
        arena_release(whole);
    }
}

// Each group is asked alone with a recorder: the answer is the same as without.
static void explaining_changes_no_answer(void **state)
{
    (void)state;
    VEC_EACH (CdsiCase, c, cases) {
        Arena scratch = arena;
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, &scratch);
        for (int g = 0; g < a.group_count; g++) {
            Explanation explanation = {0};
            if (!merge_lists(schedule, c->merge, g)) continue;
            GroupAssessment told = assess_explained(schedule, g, &c->subject, c->history, c->as_of,
                                                    &explanation, &scratch);
            assert_int_equal(told.status, a.groups[g].status);
            assert_int_equal(told.series, a.groups[g].series);
            assert_int_equal(told.next.earliest, a.groups[g].next.earliest);
            assert_true(explanation.count > 0 || !told.best_count);
        }
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_healthy_child_and_adult_is_answered_as_cdc_says),
        cmocka_unit_test(people_with_conditions_are_answered_as_far_as_the_rows_are_current),
        cmocka_unit_test(the_order_of_the_people_changes_nothing),
        cmocka_unit_test(every_door_gives_the_same_answer),
        cmocka_unit_test(explaining_changes_no_answer),
    };
    const char *named = getenv("SESSHU_CDSI");
    folder = named && *named ? named : argv[argc - 1];
    if (argc != 2) return 2;
    if (access(folder, R_OK)) {
        (void)printf("skipped: CDC's data and cases are not in %s\n", folder);
        return MESON_SKIP;
    }
    return cmocka_run_group_tests(tests, open_all, NULL);
}
