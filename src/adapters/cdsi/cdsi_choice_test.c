// Which series is chosen, how groups become one answer, and which files are refused; worked out by
// hand from the fixtures (cdsi_corpus/two-antigens.txt, merged.txt) and CDC's specification.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cdsi_fixture.h"
#include "error_texts.h"

// ---- Choosing -----------------------------------------------------------------------------------

// Without doses: starts first +1/-1, completable +1/+1, product path -1 (short) +1 (long).
static void the_score_chooses_and_a_tie_goes_to_the_preference(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2010-01-05"};
    Str series = series_id(s, group_of(s, &p, "Bluepox")->series);
    assert_true(str_equal(series, S("Bluepox long")));  // 3 against -1
    // A red dose pushes long behind short by 28 days: 1 against 1.
    p.given[0] = (Given){"2010-01-01", "901"};
    series = series_id(s, group_of(s, &p, "Bluepox")->series);
    assert_true(str_equal(series, S("Bluepox short")));
}

// Before its age to start a series is left out, unless it has been begun all the same.
static void a_series_is_not_begun_before_its_age_to_start(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt",
                   (Change){NULL, "<minAgeToStart>1 month", "<minAgeToStart>10 years + 5 days"});
    Patient p = {"2000-01-01", "2010-01-05", .given = {{"2010-01-01", "901"}}};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox long")));
    p.as_of = "2010-01-06";
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox short")));
    p = (Patient){"2000-01-01", "2006-01-01", .given = {{"2005-01-01", "912"}}};
    expect_status(s, &p, "Bluepox", STATUS_COMPLETE);
}

// One point each when long starts later: without the point of the product path short would win.
static void a_product_path_costs_a_point_before_the_first_dose(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt", (Change){"<seriesName>Bluepox short", "<seriesPreference>1",
                                                "<seriesPreference>3"});
    Patient p = {"2000-01-01", "2010-01-05", .given = {{"2010-01-01", "901"}}};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox long")));
}

// The wrong dose is judged, but nothing is satisfied: too young is still too young.
static void a_wrong_dose_does_not_begin_a_series_too_early(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt",
                   (Change){NULL, "<minAgeToStart>1 month", "<minAgeToStart>10 years + 5 days"});
    Patient p = {"2000-01-01", "2010-01-05",
                 .given = {{"2010-01-01", "901"}, {"2010-01-01", "911", "SKB"}}};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox long")));
    p.as_of = "2010-01-06";
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox short")));
}

static void a_series_begun_after_its_age_to_start_is_not_scored(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2020-06-01", .given = {{"2019-12-31", "912"}}};
    expect_status(s, &p, "Bluepox", STATUS_COMPLETE);  // short
    p.given[0].on = "2020-01-01";
    expect_next(s, &p, "Bluepox", 2, "2020-01-29", "2020-03-01", "");  // long
}

static const Change undated_long = {"<seriesName>Bluepox long", "<minAge>0 days", "<minAge>", NULL};

// CDSi 7.5, Table 7-11: a date that no attribute gives stays empty; birth is no candidate. Such a series
// does not start earliest and has no day of finishing.
static void a_series_without_a_first_day_does_not_start_earliest(void **state)
{
    (void)state;
    const Schedule *s = rules_with("two-antigens.txt", undated_long);
    Patient p = {"2000-01-01", "2010-01-05"};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox short")));
}

static void a_dose_that_nothing_dates_has_no_earliest_day(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt", (Change){"<seriesName>Bluepox long", "<defaultSeries>No",
                                                "<defaultSeries>Yes", &undated_long});
    Patient p = {"2000-01-01", "2010-01-05"};
    expect_next(s, &p, "Bluepox", 1, "", "2000-03-01", "2000-03-31");
    p.given[0] = (Given){"2010-01-01", "901"};  // a conflict gives the day
    expect_next(s, &p, "Bluepox", 1, "2010-01-29", "2010-01-29", "2010-01-29");
}

// Once doses count for either series, the most valid ones choose; the default no longer does.
static void the_default_is_taken_only_where_nothing_was_begun(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt", (Change){"<seriesName>Bluepox short", "<defaultSeries>No",
                                                "<defaultSeries>Yes"});
    Patient p = {"2000-01-01", "2012-01-01"};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox short")));
    p.given[0] = (Given){"2010-01-01", "912"};
    p.given[1] = (Given){"2010-06-01", "912"};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox long")));
}

// The default series wishes for 912 alone. Who must not have it is no candidate for it, and the default
// does not let another series take its place before anything was given. [SELECTB-24]
static void a_default_that_must_not_be_given_is_no_candidate(void **state)
{
    (void)state;
    static const Change by_default = {.after = "<seriesName>Bluepox short",
                                      .from = "<defaultSeries>No",
                                      .to = "<defaultSeries>Yes"};
    const Schedule *s = rules_with(
        "two-antigens.txt",
        (Change){
            "<seriesName>Redpox risk", "<vaccine/></contraindications>",
            "<vaccine><contraindication><observationCode>004</observationCode>"
            "<observationTitle>t</observationTitle><contraindicationText>c</contraindicationText>"
            "<contraindicationGuidance/><contraindicatedVaccine><vaccineType>v</vaccineType>"
            "<cvx>912</cvx><beginAge/><endAge/></contraindicatedVaccine></contraindication>"
            "</vaccine></contraindications>",
            &by_default});
    Patient p = {"2000-01-01", "2012-01-01"};
    assert_true(str_equal(series_id(s, group_of(s, &p, "Bluepox")->series), S("Bluepox short")));
    p.observed[0] = "004";
    assert_null(merged_of(s, &p, "Bluepox", SERIES_STANDARD));
    p.given[0] = (Given){"2011-01-01", "911", "MSD",
                         "BLUE ADULT"};  // begins the long series, which has 911 to offer
    expect_next(s, &p, "Bluepox", 2, "2011-01-29", "2011-03-01", "");
}

static void who_is_at_risk_takes_the_place_of_the_default_in_the_same_group(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt",
                   (Change){"<seriesName>Redpox risk", "<seriesGroup>2", "<seriesGroup>1"});
    Patient p = {"2000-01-01", "2010-01-01", .observed = {"005"}};
    assert_non_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    assert_null(merged_of(s, &p, "Redpox", SERIES_STANDARD));
    p.observed[0] = NULL;
    assert_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    assert_non_null(merged_of(s, &p, "Redpox", SERIES_STANDARD));
}

// Only the groups that a series names itself can make it needless.
static void equivalence_has_a_direction(void **state)
{
    (void)state;
    Patient standard_done = {"2000-01-01", "2010-01-01", .observed = {"005"},
                             .given = {{"2005-01-01", "906"}, {"2005-06-01", "906"}}};
    Patient risk_done = {"2000-01-01", "2010-01-01", .observed = {"005"},
                         .given = {{"2005-01-01", "901"}}};
    const Schedule *s = two_antigens();
    assert_int_equal(merged_of(s, &standard_done, "Redpox", SERIES_RISK)->status, STATUS_DUE);
    s = rules_with("two-antigens.txt",
                   (Change){"<seriesName>Redpox risk", "<equivalentSeriesGroups/>",
                            "<equivalentSeriesGroups>1</equivalentSeriesGroups>"});
    assert_null(merged_of(s, &standard_done, "Redpox", SERIES_RISK));
    expect_status(s, &risk_done, "Redpox", STATUS_LATE);
    s = rules_with("two-antigens.txt",
                   (Change){"<seriesName>Redpox standard", "<equivalentSeriesGroups/>",
                            "<equivalentSeriesGroups>2</equivalentSeriesGroups>"});
    assert_null(merged_of(s, &risk_done, "Redpox", SERIES_STANDARD));
    assert_non_null(merged_of(s, &standard_done, "Redpox", SERIES_STANDARD));
}

// ---- Merging ------------------------------------------------------------------------------------

static void groups_given_together_wait_for_the_later_one(void **state)
{
    (void)state;
    const Schedule *s = rules_with("merged.txt", (Change){0});
    Patient p = {"2020-01-01", "2020-01-01"};
    expect_next(s, &p, "Both", 1, "2020-05-01", "2020-05-01", "2020-06-30");
    p = (Patient){"2020-01-01", "2020-06-02", .given = {{"2020-06-01", "922"}}};
    expect_next(s, &p, "Both", 1, "2020-06-29", "2020-06-29", "");
}

static void a_merge_that_need_not_be_whole_counts_the_farther_group(void **state)
{
    (void)state;
    const Schedule *s = rules_with("merged.txt", (Change){NULL, "<administerFullVaccineGroup>Yes",
                                                          "<administerFullVaccineGroup>No"});
    Patient p = {"2020-01-01", "2020-06-02", .given = {{"2020-06-01", "922"}}};
    expect_next(s, &p, "Both", 2, "2020-06-29", "2020-06-29", "");
}

static void a_gap_with_priority_goes_before_the_other_group(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("merged.txt", (Change){"<doseNumber>Dose 2", "<intervalPriority/>",
                                          "<intervalPriority>override</intervalPriority>"});
    Patient p = {"2020-01-01", "2020-06-02", .given = {{"2020-06-01", "922"}}};
    expect_next(s, &p, "Both", 1, "2020-06-01", "2020-06-01", "");
}

static void a_gap_with_priority_beside_one_without_has_none(void **state)
{
    (void)state;
    const Schedule *s = rules_with(
        "merged.txt",
        (Change){
            "<doseNumber>Dose 2", "<intervalPriority/>",
            "<intervalPriority>override</intervalPriority><effectiveDate/><cessationDate/></interval>"
            "<interval><fromPrevious>Y</fromPrevious><fromTargetDose/><fromMostRecent/>"
            "<fromRelevantObs/><absMinInt>3 weeks</absMinInt><minInt>3 weeks</minInt>"
            "<earliestRecInt/><latestRecInt/><intervalPriority/>"});
    Patient p = {"2020-01-01", "2020-06-02", .given = {{"2020-06-01", "922"}}};
    expect_next(s, &p, "Both", 1, "2020-06-29", "2020-06-29", "");
}

static void two_people_do_not_know_of_each_other(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient ill = {"1959-12-31", "2010-01-01", .observed = {"001", "005"}};
    Patient child = {"2020-01-31", "2021-02-10", .given = {{"2021-01-31", "901"}}};
    for (int i = 0; i < 2; i++) {
        expect_status(s, &ill, "Redpox", STATUS_IMMUNE);
        expect_next(s, &child, "Redpox", 2, "2021-05-01", "2021-05-01", "2021-07-30");
    }
}

// ---- What is refused ----------------------------------------------------------------------------

typedef struct Refusal {
    Change change;
    const char *item;  // file and element
} Refusal;

// clang-format off
static const Refusal refusals[] = {
    {{NULL, "<minAge>12 months", "<minAge>12 moons"},                       "two.xml: minAge"},
    {{NULL, "<minAge>12 months", "<minAge>12 months 3"},                    "two.xml: minAge"},
    {{NULL, "<minAge>12 months", "<minAge>11 months"},                      "two.xml: age"},
    {{NULL, "<maxAge>60 years", "<maxAge>6 months"},                        "two.xml: age"},
    {{NULL, "<absMinInt>4 weeks - 4 days", "<absMinInt>5 weeks"},           "two.xml: interval"},
    {{NULL, "<fromPrevious>Y", "<fromPrevious>N"},                          "two.xml: interval"},
    {{NULL, "<fromPrevious>Y", "<fromPrevious>maybe"},                      "two.xml: fromPrevious"},
    {{NULL, "<doseNumber>Dose 2", "<doseNumber>Dose 3"},                    "two.xml: seriesDose"},
    {{NULL, "<recurringDose>No</recurringDose>", ""},                       "two.xml: seriesDose"},
    {{NULL, "<recurringDose>No</recurringDose>", "<repeats>No</repeats>"},  "two.xml: repeats"},
    {{"<preferableVaccine>", "<cvx>901", "<cvx>999"},                       "two.xml: preferableVaccine"},
    {{NULL, "<guidelineCode>002", "<guidelineCode>099"},                    "two.xml: clinicalHistory"},
    {{NULL, "<immunityBirthDate>01/01/1960", "<immunityBirthDate>1960"},    "two.xml: immunityBirthDate"},
    {{NULL, "<targetDisease>Redpox", "<targetDisease>Pinkpox"},             "two.xml: series"},
    {{NULL, "<vaccineGroup>Redpox</vaccineGroup>", "<vaccineGroup>Bluepox</vaccineGroup>"}, "two.xml: series"},
    {{NULL, "<seriesType>Standard", "<seriesType>Usual"},                   "two.xml: seriesType"},
    {{NULL, "<seriesGroup>1", "<seriesGroup>0"},                            "two.xml: seriesGroup"},
    {{"<seriesName>Bluepox short", "Bluepox short", "Bluepox long"},        "three.xml: series"},
    {{"<seriesName>Redpox risk", "<code>005", "<code>500"},                 "two.xml: observationCode"},
    {{"Redpox standard", "<effectiveDate/><cessationDate/>",
      "<effectiveDate>20250102</effectiveDate><cessationDate>20250101</cessationDate>"}, "two.xml: age"},
    {{NULL, "<effectiveDate/>", "<effectiveDate>20250230</effectiveDate>"}, "two.xml: effectiveDate"},
    {{NULL, "</seriesDose>", "<seriesDose>"},                               "two.xml: -"},
    {{NULL, "<minConflictEndInterval>24 days", "<minConflictEndInterval>29 days"}, "one.xml: liveVirusConflict"},
    {{NULL, "<conflictBeginInterval>1 day", "<conflictBeginInterval>2 days"}, "one.xml: liveVirusConflict"},
    {{NULL, "<cvxMap><cvx>902", "<cvxMap><cvx>901"},                        "one.xml: cvxMap"},
    {{"<cvxMap>", "<antigen>Redpox", "<antigen>Pinkpox"},                   "one.xml: association"},
    {{NULL, "<observationCode>002", "<observationCode>001"},                "one.xml: observation"},
    {{NULL, "<antigen>Bluepox", "<antigen>Redpox"},                         "one.xml: antigen"},
    {{NULL, "<antigenSupportingData>", "<antigen>"},                        "two.xml: -"},
    {{NULL, "<scheduleSupportingData>", "<!DOCTYPE a []><scheduleSupportingData>"}, "one.xml: -"},
};
// clang-format on

static void a_set_that_cannot_be_right_is_refused_with_its_place(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(refusals); i++) {
        const Refusal *r = &refusals[i];
        const Schedule *schedule = NULL;
        Error err = {0};
        bool taken = loaded("two-antigens.txt", r->change, arena_emptied(), &schedule, &err);
        if (!r->item && taken) continue;
        if (taken) fail_msg("taken: %s", r->change.to);
        assert_int_equal(err.code, E_RULE);
        assert_true(error_words(&err).len > 0);
        if (!str_equal(error_item(&err), str_of(r->item))) fail_msg("%s: %.*s", r->item, STR(error_item(&err)));
    }
}

static void a_fault_is_told_with_its_line(void **state)
{
    (void)state;
    const Schedule *schedule;
    Error err = {0};
    Arena *arena = arena_emptied();
    Change change = {NULL, "<minAge>12 months", "<minAge>12 moons"};
    assert_false(loaded("two-antigens.txt", change, arena, &schedule, &err));
    assert_int_equal(err.row, 11);  // of the second file, as `grep -n` counts
    assert_true(str_equal(error_value(&err), S("12 moons")));
}

static void a_disease_without_its_file_is_missed(void **state)
{
    (void)state;
    const Schedule *schedule;
    Error err = {0};
    Arena *arena = arena_emptied();
    Str text = file_read("two-antigens.txt", arena);
    EmbeddedFile file = {"one.xml", str_first(text, str_find(text, S("----\n")))};
    assert_false(cdsi_load_texts(&file, 1, arena, &schedule, &err));
    assert_int_equal(err.code, E_RULE);
    assert_false(cdsi_load("/nonexistent", arena, &schedule, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_score_chooses_and_a_tie_goes_to_the_preference),
        cmocka_unit_test(a_series_is_not_begun_before_its_age_to_start),
        cmocka_unit_test(a_series_without_a_first_day_does_not_start_earliest),
        cmocka_unit_test(a_dose_that_nothing_dates_has_no_earliest_day),
        cmocka_unit_test(a_product_path_costs_a_point_before_the_first_dose),
        cmocka_unit_test(a_wrong_dose_does_not_begin_a_series_too_early),
        cmocka_unit_test(a_series_begun_after_its_age_to_start_is_not_scored),
        cmocka_unit_test(the_default_is_taken_only_where_nothing_was_begun),
        cmocka_unit_test(a_default_that_must_not_be_given_is_no_candidate),
        cmocka_unit_test(who_is_at_risk_takes_the_place_of_the_default_in_the_same_group),
        cmocka_unit_test(equivalence_has_a_direction),
        cmocka_unit_test(groups_given_together_wait_for_the_later_one),
        cmocka_unit_test(a_merge_that_need_not_be_whole_counts_the_farther_group),
        cmocka_unit_test(a_gap_with_priority_goes_before_the_other_group),
        cmocka_unit_test(a_gap_with_priority_beside_one_without_has_none),
        cmocka_unit_test(two_people_do_not_know_of_each_other),
        cmocka_unit_test(a_set_that_cannot_be_right_is_refused_with_its_place),
        cmocka_unit_test(a_fault_is_told_with_its_line),
        cmocka_unit_test(a_disease_without_its_file_is_missed),
    };
    if (argc != 2) return 2;
    fixture_begin(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
