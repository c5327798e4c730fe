// Which rows of a person the engine is given, and what of its answer the office takes.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "judged_case_test.h"

#define TODAY "2026-10-01"

static int group(const JudgedHouse *h, const char *id)
{
    int found = group_find(h->house->rules, str_of(id));
    assert_int_not_equal(found, GROUP_NONE);
    return found;
}

// ---- products

static void a_product_is_of_its_series_and_class(void **state)
{
    const JudgedHouse *h = *state;
    const ProductView *mr = &h->judge.views[product_no(h, "MR")], *gone = &h->judge.views[product_no(h, "GONE")];
    assert_true(mr->series >> group(h, "MR1") & 1);
    assert_true(mr->series >> group(h, "MR2") & 1);
    assert_false(mr->series >> group(h, "HPV") & 1);
    assert_int_equal(mr->legal_class, LEGAL_ROUTINE_A);
    assert_int_equal(mr->part_count, 1);
    assert_false(mr->is_foreign || mr->seasonal);
    assert_true(h->judge.views[product_no(h, "INF")].seasonal);
    assert_int_equal(h->judge.views[product_no(h, "INF")].legal_class, LEGAL_ROUTINE_B);
    assert_int_equal(gone->rule, PRODUCT_NONE);
    assert_int_equal(gone->legal_class, LEGAL_UNKNOWN);
    assert_int_equal(gone->part_count, 0);
}

static void a_product_from_abroad_counts_for_ours_and_is_voluntary(void **state)
{
    const JudgedHouse *h = *state;
    const ProductView *mmr = &h->judge.views[product_no(h, "CVX 03")];
    assert_true(mmr->is_foreign);
    assert_non_null(mmr->foreign);
    assert_int_equal(mmr->rule, PRODUCT_NONE);
    assert_true(mmr->series >> group(h, "MR1") & 1);
    assert_int_equal(mmr->legal_class, LEGAL_VOLUNTARY);
}

// ---- doses

static void what_a_guardian_remembers_is_kept_and_never_judged(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "2025-05-01");
    given(&child, h, "MR", "2025-09-01")->provenance = PROVENANCE_GUARDIAN;
    Case c = case_on(h, &child, TODAY);
    assert_int_equal(c.history.count, 1);
    assert_int_equal(case_entry(&c, 0), 0);
    assert_int_equal(case_entry(&c, 1), -1);
    child.doses[1].provenance = PROVENANCE_BOOKLET;
    assert_int_equal(case_on(h, &child, TODAY).history.count, 2);
}

static void a_dose_without_a_year_or_of_no_known_product_says_nothing(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "0000-00-00");
    given(&child, h, "GONE", "2025-05-01");
    Case c = case_on(h, &child, TODAY);
    assert_int_equal(c.history.count, 0);
    assert_false(c.vague);
}

static void one_day_that_is_not_known_makes_the_whole_case_vague(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "2025-05-01");
    assert_false(case_on(h, &child, TODAY).vague);
    given(&child, h, "BCG", "2024-10-00");
    Case c = case_on(h, &child, TODAY);
    assert_true(c.vague);
    // In order of days for the engine; the place of the row is not lost.
    assert_int_equal(c.history.at[0].given_on, day("2024-10-31"));
    assert_int_equal(case_entry(&c, 1), 1);
    born(&child, "2024-04-00", 1);
    c = case_on(h, &child, TODAY);
    assert_true(c.vague);
    assert_int_equal(c.subject.birth, day("2024-04-30"));
    assert_false(case_if_born(&c, day("2024-04-02")).vague);
    assert_int_equal(case_if_born(&c, day("2024-04-02")).subject.birth, day("2024-04-02"));
}

// ---- facts

static void a_fact_speaks_from_its_day_to_its_end(void **state)
{
    JudgedPerson old;
    const JudgedHouse *h = *state;
    born(&old, "1964-04-10", 1);
    FactRow *fact = knows(&old, "disability_60_64", "", "HEART");
    assert_int_equal(case_on(h, &old, TODAY).subject.fact_count, 1);
    fact->since = day("2026-10-02");
    assert_int_equal(case_on(h, &old, TODAY).subject.fact_count, 0);
    fact->since = day(TODAY);
    assert_int_equal(case_on(h, &old, TODAY).subject.fact_count, 1);
    fact->until = day(TODAY);
    assert_int_equal(case_on(h, &old, TODAY).subject.fact_count, 1);
    fact->until = day("2026-09-30");
    assert_int_equal(case_on(h, &old, TODAY).subject.fact_count, 0);
}

static void of_several_facts_of_one_kind_the_later_counts(void **state)
{
    JudgedPerson mother;
    const JudgedHouse *h = *state;
    born(&mother, "1995-04-10", 2);
    knows(&mother, "edd", "", "2026-03-01");
    knows(&mother, "edd", "", "2026-12-24");
    Case c = case_on(h, &mother, TODAY);
    assert_int_equal(c.subject.fact_count, 1);
    assert_int_equal(c.subject.facts[0].value, day("2026-12-24"));
    knows(&mother, "refusal", "", "1");  // which the rules do not ask for
    assert_int_equal(case_on(h, &mother, TODAY).subject.fact_count, 1);
}

static const char *circumstance(const JudgedHouse *h)
{
    const Schedule *rules = h->house->rules;
    for (int f = 0; f < fact_count(rules); f++)
        if (fact_kind(rules, f) == FACT_SPAN) return str_z(&h->house->arena, fact_id(rules, f));
    fail_msg("no circumstance");
    return NULL;
}

static void every_special_circumstance_counts_for_its_own_series(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    const char *kind = circumstance(h);
    born(&child, "2018-04-10", 1);
    for (int i = 0; i < 2; i++) {
        FactRow *fact = knows(&child, kind, i ? "MR2" : "JE1", "illness");
        fact->began = day("2022-01-01");
        fact->ended = day("2026-08-31");
    }
    knows(&child, kind, "NONE", "illness")->began = day("2022-01-01");
    knows(&child, kind, "MR2", "illness");  // of which nobody said since when
    Case c = case_on(h, &child, TODAY);
    assert_int_equal(c.subject.span_count, 2);
    assert_int_equal(c.subject.spans[0].group, group(h, "JE1"));
    assert_int_equal(c.subject.spans[1].group, group(h, "MR2"));
    assert_int_equal(c.subject.spans[1].ended, day("2026-08-31"));
}

// MR of the first period ends with the second birthday: an illness from 10 April 2024 kept the younger from it, and not
// the elder, who was too old already. Of whom the month alone is known nobody can say.
static void an_illness_opens_what_it_kept_from_for_every_birth_that_is_meant(void **state)
{
    JudgedPerson child;
    DaySpan opens;
    const JudgedHouse *h = *state;
    static const struct {
        const char *birth;
        bool opens;
    } meant[] = {{"2022-04-01", false}, {"2022-04-30", true}, {"2022-04-00", false}, {"2022-05-00", true}};
    for (ptrdiff_t i = 0; i < countof(meant); i++) {
        born(&child, meant[i].birth, 1);
        FactRow *fact = knows(&child, circumstance(h), "MR1", "illness");
        fact->began = day("2024-04-10");
        fact->ended = day("2026-08-31");
        Case c = case_on(h, &child, TODAY);
        assert_int_equal(case_opens(&c, fact, day(TODAY), &opens, h->house->arena), meant[i].opens);
        if (meant[i].opens) assert_int_equal(opens.first, day("2026-08-31"));
        fact->ended = DAY_NONE;  // it still runs
        c = case_on(h, &child, TODAY);
        assert_false(case_opens(&c, fact, day(TODAY), &opens, h->house->arena));
    }
}

static void a_physician_accepts_one_dose_and_no_other(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2024-04-10", 1);
    given(&child, h, "MR", "2025-03-01");
    given(&child, h, "MR", "2025-09-01");
    FactRow *fact = knows(&child, "physician_accepts", "MR1", "2025-03-01 MR");
    Case c = case_on(h, &child, TODAY);
    assert_int_equal(case_accepted_for(&c, 0), (uint64_t)1 << group(h, "MR1"));
    assert_int_equal(case_accepted_for(&c, 1), 0);
    fact->since = day("2026-10-02");
    c = case_on(h, &child, TODAY);
    assert_int_equal(case_accepted_for(&c, 0), 0);
}

// ---- the answer

static const GroupAssessment *answered(const Assessment *assessed, int group)
{
    for (int i = 0; i < assessed->group_count; i++)
        if (assessed->groups[i].group == group) return &assessed->groups[i];
    return NULL;
}

static void some_series_are_answered_as_among_all(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    int mr = group(h, "MR1");
    Arena *arena = &h->house->arena;
    for (int vague = 0; vague < 2; vague++) {
        born(&child, vague ? "2025-04-00" : "2025-04-10", 1);
        Case c = case_on(h, &child, TODAY);
        Assessment all = case_assess(&c, day(TODAY), arena), one = case_assess_some(&c, (uint64_t)1 << mr, day(TODAY), arena);
        assert_int_equal(one.group_count, 1);
        assert_int_equal(one.groups[0].group, mr);
        assert_int_equal(one.groups[0].status, answered(&all, mr)->status);
        assert_int_equal(one.groups[0].next.last, answered(&all, mr)->next.last);
    }
}

// A child has MR within the first period; the dose of the second is another series'.
static void a_dose_belongs_to_the_series_that_finds_it_valid(void **state)
{
    JudgedPerson child;
    const JudgedHouse *h = *state;
    born(&child, "2020-04-10", 1);
    given(&child, h, "MR", "2021-05-01");
    given(&child, h, "MR", "2024-01-01");  // between the periods
    given(&child, h, "MR", "2026-05-01");
    Case c = case_on(h, &child, TODAY);
    Assessment all = case_assess(&c, day(TODAY), &h->house->arena);
    DoseHome first = dose_home(&all, case_entry(&c, 0)), second = dose_home(&all, case_entry(&c, 2));
    assert_int_equal(first.group->group, group(h, "MR1"));
    assert_int_equal(first.verdict->status, STATUS_VALID);
    assert_int_equal(first.ordinal, 1);
    assert_int_equal(second.group->group, group(h, "MR2"));
    assert_int_equal(second.verdict->status, STATUS_VALID);
    assert_int_equal(case_dose(&c, second.verdict), 2);
    assert_null(dose_home(&all, -1).verdict);
    assert_true(dose_is_routine(&all, case_entry(&c, 0)));
}

static Day safe_of(const JudgedHouse *h, const char *birth, int group)
{
    JudgedPerson child;
    born(&child, birth, 2);
    Case c = case_on(h, &child, TODAY);
    Assessment one = case_assess_some(&c, (uint64_t)1 << group, day(TODAY), &h->house->arena);
    return one.groups[0].has_next ? case_last_safe(&c, &one.groups[0], day(TODAY), h->house->arena) : DAY_NONE;
}

// The earlier answer: safe for either day of birth, in every series.
static void of_a_vague_birth_the_last_safe_day_is_that_of_the_elder(void **state)
{
    const JudgedHouse *h = *state;
    assert_int_equal(safe_of(h, "2025-04-01", group(h, "MR1")), day("2027-03-31"));
    assert_int_equal(safe_of(h, "2025-04-30", group(h, "MR1")), day("2027-04-29"));
    assert_int_equal(safe_of(h, "2025-04-00", group(h, "MR1")), day("2027-03-31"));
    static const char *const births[][3] = {{"2026-08-00", "2026-08-01", "2026-08-31"}, {"2025-04-00", "2025-04-01", "2025-04-30"},
                                            {"2014-04-00", "2014-04-01", "2014-04-30"}, {"2019-11-00", "2019-11-01", "2019-11-30"}};
    int told = 0;
    for (ptrdiff_t i = 0; i < countof(births); i++)
        for (int g = 0; g < group_count(h->house->rules); g++) {
            Day vague = safe_of(h, births[i][0], g);
            if (vague == DAY_NONE) continue;
            assert_int_equal(vague, safe_of(h, births[i][1], g));
            told += vague != safe_of(h, births[i][2], g);
        }
    assert_in_range(told, 4, 100);
}

static void the_sex_of_the_register_is_that_of_the_rules(void **state)
{
    (void)state;
    assert_int_equal(subject_sex(1), SUBJECT_MALE);
    assert_int_equal(subject_sex(2), SUBJECT_FEMALE);
    assert_int_equal(subject_sex(9), SUBJECT_SEX_UNKNOWN);
}

static void days_by_product_differ_where_one_does(void **state)
{
    (void)state;
    const ProductDay days[] = {{1, 100}, {2, 100}, {3, 90}};
    assert_false(safe_days_differ(days, 0));
    assert_false(safe_days_differ(days, 2));
    assert_true(safe_days_differ(days, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_product_is_of_its_series_and_class),
        cmocka_unit_test(a_product_from_abroad_counts_for_ours_and_is_voluntary),
        cmocka_unit_test(what_a_guardian_remembers_is_kept_and_never_judged),
        cmocka_unit_test(a_dose_without_a_year_or_of_no_known_product_says_nothing),
        cmocka_unit_test(one_day_that_is_not_known_makes_the_whole_case_vague),
        cmocka_unit_test(a_fact_speaks_from_its_day_to_its_end),
        cmocka_unit_test(of_several_facts_of_one_kind_the_later_counts),
        cmocka_unit_test(every_special_circumstance_counts_for_its_own_series),
        cmocka_unit_test(an_illness_opens_what_it_kept_from_for_every_birth_that_is_meant),
        cmocka_unit_test(a_physician_accepts_one_dose_and_no_other),
        cmocka_unit_test(some_series_are_answered_as_among_all),
        cmocka_unit_test(a_dose_belongs_to_the_series_that_finds_it_valid),
        cmocka_unit_test(of_a_vague_birth_the_last_safe_day_is_that_of_the_elder),
        cmocka_unit_test(the_sex_of_the_register_is_that_of_the_rules),
        cmocka_unit_test(days_by_product_differ_where_one_does),
    };
    return cmocka_run_group_tests(tests, judged_open, judged_close);
}
