// What a letter says of the next dose: the products that may be given and no others, what was given before, and a right
// that a circumstance opened again.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "judged_case_test.h"
#include "notice_dose.h"

#define TODAY "2026-10-01"

// As the due list has it on that day.
static DueRow row_of(const JudgedHouse *h, const Case *c, const char *series)
{
    int group = group_find(h->house->rules, str_of(series));
    assert_int_not_equal(group, GROUP_NONE);
    Assessment found = case_assess_some(c, (uint64_t)1 << group, day(TODAY), &h->house->arena);
    const GroupAssessment *one = &found.groups[0];
    assert_true(one->has_next);
    return (DueRow){.group = (int16_t)group,
                    .status = (int16_t)one->status,
                    .position = one->next.position,
                    .earliest = one->next.earliest,
                    .standard_from = one->next.standard_from,
                    .standard_to = one->next.standard_to,
                    .last = one->next.last,
                    .last_safe = case_last_safe(c, one, day(TODAY), h->house->arena)};
}

static PaperDose told(const JudgedHouse *h, const JudgedPerson *person, const char *series)
{
    Case c = case_on(h, person, TODAY);
    DueRow row = row_of(h, &c, series);
    return notice_dose(&c, &row, day(TODAY), &h->house->arena);
}

static bool offers(const PaperDose *dose, const char *product)
{
    for (int i = 0; i < dose->product_count; i++)
        if (str_equal(dose->products[i].product, str_of(product))) return true;
    return false;
}

static void assert_text(Str is, const char *expected)
{
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

static void a_first_dose_is_told_with_its_days_and_nothing_before_it(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2025-04-10", 1);
    PaperDose dose = told(h, &child, "MR1");
    assert_text(dose.series, "MR1");
    assert_text(dose.position, "1");
    assert_text(dose.previous, "");
    assert_int_equal(dose.earliest, day("2026-04-09"));
    assert_int_equal(dose.last, day("2027-04-09"));
    assert_int_equal(dose.last_safe, dose.last);
    assert_text(dose.last_within, "");
    assert_false(dose.reopened);
    assert_int_equal(dose.measure.len, 0);
}

// A form that offered the other one would provoke a mix-up.
static void after_a_dose_the_letter_names_it_and_offers_what_may_follow(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2026-07-01", 1);
    PaperDose dose = told(h, &child, "ROTA");
    assert_true(offers(&dose, "RV1") && offers(&dose, "RV5"));
    given(&child, h, "RV1", "2026-09-01");
    dose = told(h, &child, "ROTA");
    assert_text(dose.previous, "RV1");
    assert_true(offers(&dose, "RV1"));
    assert_false(offers(&dose, "RV5"));
}

// With RV1 the course ends sooner than with RV5: each says its own last day.
static void each_product_has_its_own_end(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2026-07-01", 1);
    PaperDose dose = told(h, &child, "ROTA");
    Day last[2] = {0};
    for (int i = 0; i < dose.product_count; i++) last[str_equal(dose.products[i].product, S("RV5"))] = dose.products[i].last_safe;
    assert_true(last[0] != DAY_NONE && last[1] != DAY_NONE);
    assert_true(last[0] != last[1]);
}

// A dose that does not count is not the one before.
static void an_invalid_dose_is_no_dose_before(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2025-04-10", 1);
    given(&child, h, "MR", "2026-03-01");
    assert_text(told(h, &child, "MR1").previous, "");
}

// The letter was chosen for the first dose; before it is posted that dose comes in.
static void a_dose_that_came_between_is_not_written_about(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2026-04-10", 1);
    Case before = case_on(h, &child, TODAY);
    DueRow row = row_of(h, &before, "DPTIPV");
    given(&child, h, "DPT-IPV-HIB", "2026-06-20");
    Case c = case_on(h, &child, TODAY);
    PaperDose dose = notice_dose(&c, &row, day(TODAY), &h->house->arena);
    assert_text(dose.position, "P1");
    assert_int_equal(dose.product_count, 0);
    assert_text(dose.previous, "");
    assert_text(dose.course, "");
}

static void who_cannot_finish_in_time_is_told_how_far_it_goes(void **state)
{
    JudgedPerson girl;
    const JudgedHouse *h = *state;
    born(&girl, "2010-04-10", 2);  // 16: until 31 March 2027
    PaperDose dose = told(h, &girl, "HPV");
    assert_int_equal(dose.last, day("2027-03-31"));
    if (dose.last_safe == DAY_NONE || dose.last_safe < day(TODAY)) assert_true(dose.last_within.len > 0);
    Case c = case_on(h, &girl, TODAY);
    DueRow late = row_of(h, &c, "HPV");
    late.last_safe = day("2026-09-30");
    dose = notice_dose(&c, &late, day(TODAY), &h->house->arena);
    assert_true(dose.last_within.len > 0);
    late.last_safe = day("2026-10-01");
    assert_int_equal(notice_dose(&c, &late, day(TODAY), &h->house->arena).last_within.len, 0);
}

static void a_right_that_a_circumstance_opened_is_told_with_its_end(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    const Schedule *rules = h->house->rules;
    born(&child, "2022-04-10", 1);  // MR1 ended with the second birthday
    const char *kind = NULL;
    for (int f = 0; f < fact_count(rules) && !kind; f++)
        if (fact_kind(rules, f) == FACT_SPAN) kind = str_z(&h->house->arena, fact_id(rules, f));
    assert_non_null(kind);
    FactRow *fact = knows(&child, kind, "MR1", "illness");
    fact->began = day("2024-01-01");
    fact->ended = day("2026-06-30");
    PaperDose dose = told(h, &child, "MR1");
    assert_true(dose.reopened);
    assert_int_equal(dose.right.first, day("2026-06-30"));
    assert_int_equal(dose.right.last, dose.last);
    assert_true(dose.last > day(TODAY));
    assert_int_equal(dose.standard_from, DAY_NONE);
    assert_int_equal(dose.standard_to, DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_first_dose_is_told_with_its_days_and_nothing_before_it),
        cmocka_unit_test(after_a_dose_the_letter_names_it_and_offers_what_may_follow),
        cmocka_unit_test(each_product_has_its_own_end),
        cmocka_unit_test(an_invalid_dose_is_no_dose_before),
        cmocka_unit_test(a_dose_that_came_between_is_not_written_about),
        cmocka_unit_test(who_cannot_finish_in_time_is_told_how_far_it_goes),
        cmocka_unit_test(a_right_that_a_circumstance_opened_is_told_with_its_end),
    };
    return cmocka_run_group_tests(tests, judged_open, judged_close);
}
