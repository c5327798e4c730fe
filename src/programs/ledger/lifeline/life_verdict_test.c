// What a row of the life-line says on its right: the state that a clerk must hear of first, and until when.
// SPDX-License-Identifier: Apache-2.0
#include "life_picture.h"


#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

static Day today(void)
{
    return day_of(2026, 11, 24);
}

// A row of one or two periods as they were assessed, and as many valid doses.
typedef struct Row {
    const char *groups[2];
    Status status[2];
    Day safe, last, earliest;  // of the first period's next dose; 0: DAY_NONE
    int valid, invalid;
    bool voluntary, vague;
} Row;

static Day day_or_none(Day day)
{
    return day ? day : DAY_NONE;
}

static LifeVerdict said(House *h, Row r)
{
    DoseVerdict valid = {.status = STATUS_VALID}, invalid = {.status = STATUS_INVALID};
    GroupAssessment *groups = NEW(&h->arena, GroupAssessment, 2);
    Assessment assessed = {.groups = groups};
    LifeSeries series = {.voluntary = r.voluntary};
    for (int g = 0; g < 2 && r.groups[g]; g++) {
        groups[g] = (GroupAssessment){.group = group_find(h->rules, str_of(r.groups[g])), .status = r.status[g], .date_partial = r.vague};
        groups[g].next.earliest = day_or_none(r.earliest);
        groups[g].next.last = day_or_none(r.last);
        assert_int_not_equal(groups[g].group, GROUP_NONE);
        series.groups[series.group_count++] = groups[g].group;
        assessed.group_count++;
    }
    *life_nexts_push(&series.nexts, &h->arena) =
        (LifeNext){.group = &groups[0], .position = S("第1期"), .safe = day_or_none(r.safe)};
    for (int i = 0; i < r.valid + r.invalid; i++)
        *life_doses_push(&series.doses, &h->arena) = (LifeDose){.verdict = i < r.valid ? &valid : &invalid};
    const PersonShown shown = {.schedule = h->rules, .assessed = &assessed, .as_of = today()};
    return life_verdict(&shown, &series, &h->arena);
}

static void expect(LifeVerdict v, const char *words, const char *second)
{
    if (!str_equal(v.words, str_of(words)) || !str_equal(v.second, str_of(second)))
        fail_msg("%.*s / %.*s, expected %s / %s", STR(v.words), STR(v.second), words, second);
}

static void what_is_due_says_until_when_and_whether_it_is_urgent(void **state)
{
    House *h = *state;
    LifeVerdict v = said(h, (Row){.groups = {"MR1"}, .status = {STATUS_DUE}, .safe = today() + 59});
    expect(v, "第1期 いま接種できます", "1月22日まで　あと59日");
    assert_true(v.act && v.urgent);
    v = said(h, (Row){.groups = {"MR1"}, .status = {STATUS_DUE}, .safe = today() + 60});
    expect(v, "第1期 いま接種できます", "2027-01-23 まで　あと60日");
    assert_true(v.act && !v.urgent);
    expect(said(h, (Row){.groups = {"MR1"}, .status = {STATUS_DUE}}), "第1期 いま接種できます", "");
}

static void the_last_safe_day_goes_before_the_end_of_the_law(void **state)
{
    House *h = *state;
    expect(said(h, (Row){.groups = {"MR1"}, .status = {STATUS_LATE}, .safe = today(), .last = today() + 30}),
           "第1期 標準の時期を経過", "11月24日まで　あと0日");
    expect(said(h, (Row){.groups = {"MR1"}, .status = {STATUS_LATE}, .last = today() + 30}), "第1期 標準の時期を経過",
           "12月24日まで　あと30日");
    const LifeVerdict v = said(h, (Row){.groups = {"MR1"}, .status = {STATUS_LATE}, .safe = today() - 1, .last = today() + 30});
    expect(v, "第1期 標準の時期を経過", "最後まで定期で終えられません");
    assert_false(v.urgent);
}

static void what_comes_later_says_what_is_done_first(void **state)
{
    House *h = *state;
    const Row later = {.groups = {"MR1"}, .status = {STATUS_NOT_YET}, .earliest = day_of(2027, 2, 1)};
    Row begun = later, undated = later;
    begun.valid = 2;
    begun.invalid = 1;
    undated.earliest = 0;
    expect(said(h, later), "第1期は 2027-02-01 から", "");
    expect(said(h, begun), "ここまで完了（2回）", "第1期は 2027-02-01 から");
    assert_int_equal(said(h, begun).status, STATUS_COMPLETE);
    expect(said(h, undated), "第1期は （日は未定） から", "");
}

static void the_period_that_somebody_must_hear_of_speaks(void **state)
{
    House *h = *state;
    const LifeVerdict v = said(h, (Row){.groups = {"MR1", "MR2"}, .status = {STATUS_LATE, STATUS_NOT_YET}, .last = today() + 30});
    assert_int_equal(v.status, STATUS_LATE);
    assert_true(v.act);
    assert_int_equal(said(h, (Row){.groups = {"MR1", "MR2"}, .status = {STATUS_COMPLETE, STATUS_REVIEW}}).status, STATUS_REVIEW);
}

static void what_a_person_must_decide_says_why(void **state)
{
    House *h = *state;
    const Row asks = {.groups = {"MR1"}, .status = {STATUS_REVIEW}};
    Row vague = asks;
    vague.vague = true;
    assert_true(said(h, asks).check);
    assert_true(str_equal(said(h, asks).second, S("人の判断が必要です")));
    assert_true(str_equal(said(h, vague).second, S("日付の一部が不明です")));
}

static void periods_that_are_over_are_said_last_first(void **state)
{
    House *h = *state;
    expect(said(h, (Row){.groups = {"MR1", "MR2"}, .status = {STATUS_COMPLETE, STATUS_CLOSED}}), "第2期 期間終了", "第1期 完了");
    expect(said(h, (Row){.groups = {"BCG"}, .status = {STATUS_COMPLETE}, .valid = 1, .invalid = 2}), "完了　1回", "");
    expect(said(h, (Row){.groups = {"BCG"}, .status = {STATUS_CLOSED}}), "期間終了", "");
}

static void what_no_series_judges_is_counted(void **state)
{
    House *h = *state;
    expect(said(h, (Row){.voluntary = true, .valid = 1, .invalid = 1}), "任意接種など 2回", "");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(what_is_due_says_until_when_and_whether_it_is_urgent),
        STORY(the_last_safe_day_goes_before_the_end_of_the_law),
        STORY(what_comes_later_says_what_is_done_first),
        STORY(the_period_that_somebody_must_hear_of_speaks),
        STORY(what_a_person_must_decide_says_why),
        STORY(periods_that_are_over_are_said_last_first),
        STORY(what_no_series_judges_is_counted),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
