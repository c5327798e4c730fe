// CDSi's rules on made-up diseases: every expectation is worked out by hand from the fixture
// (cdsi_corpus/two-antigens.txt) and CDC's specification. A story changes one element.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cdsi_fixture.h"

// ---- Ages and gaps ------------------------------------------------------------------------------

static void an_age_is_reached_four_days_early_and_not_five(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2020-01-31", "2021-06-01", .given = {{"2021-01-26", "902"}}};
    expect_dose(s, &p, "Redpox", 0, "invalid", "Age: Too Young");
    p.given[0].on = "2021-01-27";
    expect_dose(s, &p, "Redpox", 0, "valid", NULL);
}

// 31 January and 13 months: there is no 31 February, so it is 1 March.
static void a_month_without_the_day_ends_on_the_next_first(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2020-01-31", "2021-06-01",
                 .given = {{"2021-01-31", "901"}, {"2021-02-28", "901"}}};
    expect_dose(s, &p, "Redpox", 1, "invalid", "Age: Too Young");
    p.given[1].on = "2021-03-01";
    expect_dose(s, &p, "Redpox", 1, "valid", NULL);
}

static void the_end_of_an_age_is_the_first_day_too_late(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"1960-06-15", "2021-01-01", .given = {{"2020-06-14", "901"}}};
    expect_dose(s, &p, "Redpox", 0, "valid", NULL);
    p.given[0].on = "2020-06-15";
    expect_dose(s, &p, "Redpox", 0, "extraneous", "Age: Too Old");
    expect_status(s, &p, "Redpox", STATUS_CLOSED);
}

static void the_next_dose_waits_for_age_and_gap_and_is_past_due_a_day_before_the_end(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2020-01-31", "2021-02-10", .given = {{"2021-01-31", "901"}}};
    expect_next(s, &p, "Redpox", 2, "2021-05-01", "2021-05-01", "2021-07-30");
}

// Wrong at once and again wrong: the gap runs from the dose that was not valid.
static void a_gap_is_counted_from_the_last_dose_valid_or_not(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2020-01-01", "2021-06-20",
                 .given = {{"2021-06-01", "901"}, {"2021-06-10", "901"}}};
    expect_dose(s, &p, "Redpox", 1, "invalid", "Interval: Too Soon");
    expect_next(s, &p, "Redpox", 2, "2021-07-08", "2021-09-10", "2021-12-09");
}

static void a_dose_that_did_not_count_still_bars_its_own_past(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2010-01-01", "2020-05-10", .given = {{"2020-05-05", "902"}}};
    expect_dose(s, &p, "Redpox", 0, "invalid", "Not a Preferable or Allowable Vaccine");
    expect_next(s, &p, "Redpox", 1, "2020-05-05", "2020-05-05", "2020-05-05");
}

static void an_allowable_gap_rescues_and_the_absence_of_one_does_not(void **state)
{
    (void)state;
    Patient p = {"2020-01-01", "2022-01-01",
                 .given = {{"2021-06-01", "901"}, {"2021-06-11", "901"}}};
    expect_dose(two_antigens(), &p, "Redpox", 1, "invalid", "Interval: Too Soon");
    const Schedule *s = rules_with(
        "two-antigens.txt",
        (Change){
            "<doseNumber>Dose 2", "<allowableInterval/>",
            "<allowableInterval><fromPrevious>N</fromPrevious><fromTargetDose>1</fromTargetDose>"
            "<absMinInt>10 days</absMinInt><effectiveDate/><cessationDate/>"
            "</allowableInterval>"});
    expect_dose(s, &p, "Redpox", 1, "valid", NULL);
    p.given[1].on = "2021-06-10";
    expect_dose(s, &p, "Redpox", 1, "invalid", "Interval: Too Soon");
}

// ---- Vaccines -----------------------------------------------------------------------------------

static void a_vaccine_of_one_make_is_not_met_by_another(void **state)
{
    (void)state;
    static const char reason[] = "Not a Preferable or Allowable Vaccine";
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2020-01-01", .given = {{"2010-01-01", "911", "MSD"}}};
    expect_dose(s, &p, "Bluepox", 0, "valid", NULL);
    p.given[0].maker = "SKB";
    expect_dose(s, &p, "Bluepox", 0, "invalid", reason);
    p.given[0].maker = NULL;
    expect_dose(s, &p, "Bluepox", 0, "invalid", reason);
    p.given[0].trade_name = "BLUE ADULT";
    expect_dose(s, &p, "Bluepox", 0, "valid", NULL);
    p.given[0] = (Given){"2010-01-01", "911", "MSD", "BLUE CHILD"};
    expect_dose(s, &p, "Bluepox", 0, "invalid", reason);
}

// Two antigens, where the gap before the second dose counts from the latest of these vaccines.
#define gap_after_most_recent(codes)                                                        \
    rules_with("two-antigens.txt",                                                          \
               (Change){"<doseNumber>Dose 2",                                               \
                        "<fromPrevious>Y</fromPrevious><fromTargetDose/><fromMostRecent/>", \
                        "<fromPrevious>N</fromPrevious><fromTargetDose/>"                   \
                        "<fromMostRecent>" codes "</fromMostRecent>"})

// Counted from the latest of the listed vaccines, not from one given by mistake or another.
static void a_gap_after_some_vaccines_does_not_ask_for_the_others(void **state)
{
    (void)state;
    const Schedule *s = gap_after_most_recent("901; 903");
    Patient p = {"2010-01-01", "2020-03-01",
                 .given = {{"2020-01-01", "901"}, {"2020-01-10", "903"}, {"2020-01-25", "901"}}};
    expect_dose(s, &p, "Redpox", 2, "valid", NULL);
    p.given[2].on = "2020-01-24";
    expect_dose(s, &p, "Redpox", 2, "invalid", "Interval: Too Soon");
    p.given[1].cvx = "906";
    expect_dose(s, &p, "Redpox", 1, "invalid", "Interval: Too Soon");
    p.given[2].on = "2020-01-25";
    expect_dose(s, &p, "Redpox", 2, "valid", NULL);
}

// The listed vaccines need not be of this disease: a varicella dose bears on the next one for zoster.
static void a_gap_may_be_counted_from_a_vaccine_of_another_disease(void **state)
{
    (void)state;
    const Schedule *s = gap_after_most_recent("901; 912");
    Patient p = {"2010-01-01", "2020-03-01",
                 .given = {{"2020-01-01", "901"}, {"2020-01-25", "912"}, {"2020-02-18", "901"}}};
    expect_dose(s, &p, "Redpox", 1, "valid", NULL);
    p.given[2].on = "2020-02-17";
    expect_dose(s, &p, "Redpox", 1, "invalid", "Interval: Too Soon");
    p.given[2].on = NULL;
    expect_next(s, &p, "Redpox", 2, "2020-02-22", "2020-04-25", "2020-07-24");
}

static void a_vaccine_belongs_to_the_disease_of_its_age(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"1960-06-15", "2012-01-01", .given = {{"2010-06-14", "905"}}};
    assert_int_equal(group_of(s, &p, "Redpox")->dose_count, 1);
    assert_int_equal(group_of(s, &p, "Bluepox")->dose_count, 0);
    p.given[0].on = "2010-06-15";
    assert_int_equal(group_of(s, &p, "Redpox")->dose_count, 0);
    assert_int_equal(group_of(s, &p, "Bluepox")->dose_count, 1);
}

// Given by mistake: no other question is asked, no gap is counted from it, the next waits for its day.
static void a_vaccine_given_by_mistake_is_only_that(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2010-01-01", "2020-03-01",
                 .given = {{"2020-01-01", "901"}, {"2020-01-10", "903"}, {"2020-01-25", "901"}}};
    expect_dose(s, &p, "Redpox", 1, "invalid", "Inadvertent Vaccine");
    assert_int_equal(group_of(s, &p, "Redpox")->doses[1].reason_count, 1);
    expect_dose(s, &p, "Redpox", 2, "valid", NULL);
    p.given[0] = (Given){"2020-02-02", "903"};
    p.given[1] = (Given){0};
    expect_next(s, &p, "Redpox", 1, "2020-02-02", "2020-02-02", "2020-02-02");
}

static void a_spoilt_or_expired_dose_is_no_dose(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2010-01-01", "2021-08-01", .given = {{"2021-06-30", "901", .lot = {2021, 6, 0}}}};
    expect_dose(s, &p, "Redpox", 0, "valid", NULL);
    p.given[0].on = "2021-07-01";
    expect_dose(s, &p, "Redpox", 0, "substandard", "Dose Condition");
    expect_next(s, &p, "Redpox", 1, "2011-01-01", "2011-01-01", "2011-04-30");
    p.given[0] = (Given){"2021-06-30", "901", .substandard = true};
    expect_dose(s, &p, "Redpox", 0, "substandard", "Dose Condition");
}

static void live_vaccines_collide_after_the_day_and_before_the_gap(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2010-03-01",
                 .given = {{"2010-01-01", "901"}, {"2010-01-01", "911", "MSD"}}};
    expect_dose(s, &p, "Bluepox", 0, "valid", NULL);
    p.given[1].on = "2010-01-24";
    expect_dose(s, &p, "Bluepox", 0, "invalid", "Live Virus Conflict");
    p.given[1].on = "2010-01-25";
    expect_dose(s, &p, "Bluepox", 0, "valid", NULL);
}

// ---- Facts --------------------------------------------------------------------------------------

static void a_series_for_those_at_risk_needs_the_risk_at_its_ages(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2001-12-31", .observed = {"005"}};
    assert_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    p.as_of = "2002-01-01";
    assert_non_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    p.as_of = "2049-12-31";
    assert_non_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    p.as_of = "2050-01-01";
    assert_null(merged_of(s, &p, "Redpox", SERIES_RISK));
    p = (Patient){"2000-01-01", "2010-01-01", .observed = {"003"}};
    assert_null(merged_of(s, &p, "Redpox", SERIES_RISK));
}

static void a_series_for_one_sex_is_not_offered_to_another(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt", (Change){"<seriesName>Redpox standard", "<requiredGender/>",
                                                "<requiredGender>Female</requiredGender>"});
    Patient p = {"2000-01-01", "2010-01-01", SUBJECT_FEMALE};
    expect_status(s, &p, "Redpox", STATUS_LATE);
    p.sex = SUBJECT_MALE;
    assert_null(merged_of(s, &p, "Redpox", SERIES_STANDARD));
    p.sex = SUBJECT_SEX_UNKNOWN;
    assert_null(merged_of(s, &p, "Redpox", SERIES_STANDARD));
}

static void immunity_comes_from_history_or_an_old_birthday(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2000-01-01", "2010-01-01", .observed = {"002"}};
    expect_status(s, &p, "Redpox", STATUS_IMMUNE);
    p = (Patient){"1959-12-31", "2010-01-01"};
    expect_status(s, &p, "Redpox", STATUS_IMMUNE);
    p.country = "Freedonia";
    expect_status(s, &p, "Redpox", STATUS_IMMUNE);
    p.country = CDSI_COUNTRY_ANOTHER;
    expect_status(s, &p, "Redpox", STATUS_LATE);
    p = (Patient){"1959-12-31", "2010-01-01", .observed = {"003"}};
    expect_status(s, &p, "Redpox", STATUS_LATE);
    p = (Patient){"1960-01-01", "2010-01-01"};
    expect_status(s, &p, "Redpox", STATUS_LATE);
}

static void a_contraindication_stops_the_disease_or_only_some_vaccines(void **state)
{
    (void)state;
    const Schedule *s = two_antigens();
    Patient p = {"2020-01-01", "2025-12-31", .observed = {"001"}};
    expect_status(s, &p, "Redpox", STATUS_CONTRAINDICATED);
    p.observed[0] = "004";
    expect_status(s, &p, "Redpox", STATUS_CONTRAINDICATED);
    p.as_of = "2026-01-01";  // six years: 904 is free again
    expect_status(s, &p, "Redpox", STATUS_LATE);
    const MergedAssessment *merged = merged_of(s, &p, "Redpox", SERIES_STANDARD);
    assert_int_equal(merged->offer_count, 1);
    assert_int_equal(merged->offer[0], product_by_id(s, S("904")));
    p.observed[0] = NULL;
    assert_int_equal(merged_of(s, &p, "Redpox", SERIES_STANDARD)->offer_count, 2);
}

// ---- Skips, seasons, repeats --------------------------------------------------------------------

#define CONDITION(text) "<condition><conditionID>1</conditionID>" text "</condition>"
#define SKIP_WHEN(logic, conditions)                                            \
    "<conditionalSkip><context>Forecast</context><setLogic>n/a</setLogic><set>" \
    "<setID>1</setID><setDescription/><effectiveDate/><cessationDate/>"         \
    "<conditionLogic>" logic "</conditionLogic>" conditions "</set></conditionalSkip>"
#define SKIP(condition) SKIP_WHEN("", CONDITION(condition))
#define COUNTED(days, ages)                                                              \
    "<conditionType>Vaccine Count By Age</conditionType>" days ages                      \
    "<interval/><doseCount>0</doseCount><doseType>Total</doseType>"                      \
    "<doseCountLogic>Greater Than</doseCountLogic><vaccineTypes>901; 904</vaccineTypes>" \
    "<seriesGroups/>"

static void doses_are_counted_up_to_the_day_before_the_end(void **state)
{
    (void)state;
    const Schedule *s = rules_with(
        "two-antigens.txt",
        (Change){"<doseNumber>Dose 2", "<conditionalSkip/>",
                 SKIP(COUNTED("<startDate/><endDate/>",
                              "<beginAge>12 months</beginAge><endAge>24 months</endAge>"))});
    Patient p = {"2020-01-01", "2022-06-01", .given = {{"2021-12-31", "901"}}};
    expect_status(s, &p, "Redpox", STATUS_COMPLETE);
    p.given[0].on = "2022-01-01";
    expect_status(s, &p, "Redpox", STATUS_DUE);
    p.given[0] = (Given){"2021-12-31", "906"};  // counts for the series, not for the skip
    expect_status(s, &p, "Redpox", STATUS_DUE);
    s = rules_with(
        "two-antigens.txt",
        (Change){"<doseNumber>Dose 2", "<conditionalSkip/>",
                 SKIP(COUNTED("<startDate>20210601</startDate><endDate>20210901</endDate>",
                              "<beginAge/><endAge/>"))});
    p.given[0] = (Given){"2021-08-31", "901"};
    expect_status(s, &p, "Redpox", STATUS_COMPLETE);
    p.given[0].on = "2021-09-01";
    expect_status(s, &p, "Redpox", STATUS_LATE);
    p.given[0].on = "2021-06-01";
    expect_status(s, &p, "Redpox", STATUS_COMPLETE);
    p.given[0].on = "2021-05-31";
    expect_status(s, &p, "Redpox", STATUS_LATE);
}

// The first dose is passed over: what is asked next is the second, from 15 months on.
static void expect_first_passed_over(const char *skip)
{
    const Schedule *s = rules_with(
        "two-antigens.txt", (Change){"<seriesName>Redpox standard", "<conditionalSkip/>", skip});
    const Patient p = {"2010-01-01", "2016-01-01"};
    expect_next(s, &p, "Redpox", 1, "2011-04-01", "2011-04-01", "");
}

#define OLD_ENOUGH                                                                             \
    CONDITION(                                                                                 \
        "<conditionType>Age</conditionType><startDate/><endDate/><beginAge>5 years</beginAge>" \
        "<endAge/><interval/><doseCount/><doseType/><doseCountLogic/><vaccineTypes/><seriesGroups/>")
#define ONCE_GIVEN CONDITION(COUNTED("<startDate/><endDate/>", "<beginAge/><endAge/>"))

// Somebody without any dose has none of these: a skip that counts to nought holds, and of two conditions the
// other one is enough.
static void a_skip_may_hold_where_nothing_was_given(void **state)
{
    (void)state;
    expect_first_passed_over(SKIP(
        "<conditionType>Vaccine Count By Age</conditionType><startDate/><endDate/><beginAge/>"
        "<endAge/><interval/><doseCount>0</doseCount><doseType>Total</doseType>"
        "<doseCountLogic>Equal To</doseCountLogic><vaccineTypes>901; 904</vaccineTypes><seriesGroups/>"));
    expect_first_passed_over(SKIP_WHEN("OR", ONCE_GIVEN OLD_ENOUGH));
    expect_first_passed_over(SKIP_WHEN("OR", OLD_ENOUGH ONCE_GIVEN));
}

// Doses of another disease count where they are listed, whatever this series thinks of them.
static void a_skip_may_count_vaccines_of_another_disease(void **state)
{
    (void)state;
    const Schedule *s = rules_with(
        "two-antigens.txt",
        (Change){"<doseNumber>Dose 2", "<conditionalSkip/>",
                 SKIP("<conditionType>Vaccine Count By Age</conditionType><startDate/><endDate/>"
                      "<beginAge>12 months</beginAge><endAge/><interval/><doseCount>1</doseCount>"
                      "<doseType>Total</doseType><doseCountLogic>Equal To</doseCountLogic>"
                      "<vaccineTypes>912</vaccineTypes><seriesGroups/>")});
    Patient p = {"2020-01-01", "2022-06-01", .given = {{"2021-06-01", "901"}}};
    expect_status(s, &p, "Redpox", STATUS_LATE);
    p.given[1] = (Given){"2021-07-01", "912"};
    expect_status(s, &p, "Redpox", STATUS_COMPLETE);
    p.given[1] = (Given){"2021-07-01", "911", "MSD"};
    expect_status(s, &p, "Redpox", STATUS_LATE);
}

static void a_series_gives_way_when_another_is_complete(void **state)
{
    (void)state;
    const Schedule *s = rules_with(
        "two-antigens.txt",
        (Change){"<seriesName>Redpox risk", "<conditionalSkip/>",
                 SKIP("<conditionType>Completed Series</conditionType><startDate/><endDate/>"
                      "<beginAge/><endAge/><interval/><doseCount/><doseType/><doseCountLogic/>"
                      "<vaccineTypes/><seriesGroups>1</seriesGroups>")});
    Patient p = {"2000-01-01", "2010-01-01", .observed = {"005"},
                 .given = {{"2005-01-01", "906"}, {"2005-06-01", "906"}}};
    assert_int_equal(merged_of(s, &p, "Redpox", SERIES_RISK)->status, STATUS_NOT_TARGET);
    p.given[1] = (Given){0};
    assert_int_equal(merged_of(s, &p, "Redpox", SERIES_RISK)->status, STATUS_DUE);
}

static void a_season_opens_and_ends_with_its_days(void **state)
{
    (void)state;
    const Schedule *s = rules_with(
        "two-antigens.txt", (Change){"<seriesName>Redpox standard", "<seasonalRecommendation/>",
                                     "<seasonalRecommendation><startDate>20251001</startDate>"
                                     "<endDate>20260131</endDate></seasonalRecommendation>"});
    Patient p = {"2024-01-01", "2026-01-31"};
    expect_next(s, &p, "Redpox", 1, "2025-10-01", "2025-10-01", "2025-10-01");
    p.as_of = "2026-02-01";
    expect_status(s, &p, "Redpox", STATUS_NOT_TARGET);
}

static void the_number_of_a_seasonal_dose_begins_with_the_season(void **state)
{
    (void)state;
    const Schedule *s =
        rules_with("two-antigens.txt",
                   (Change){"<seriesName>Redpox standard",
                            "<recurringDose>No</recurringDose><seasonalRecommendation/>",
                            "<recurringDose>Yes</recurringDose><seasonalRecommendation>"
                            "<startDate>20251001</startDate><endDate/></seasonalRecommendation>"});
    Patient p = {"2010-01-01", "2025-10-10", .given = {{"2024-10-10", "901"}}};
    expect_next(s, &p, "Redpox", 1, "2025-10-01", "2025-10-01", "2025-10-01");
    p.given[1] = (Given){"2025-10-02", "901"};
    expect_next(s, &p, "Redpox", 2, "2025-10-02", "2025-10-02", "2025-10-02");
}

// Each of the repeats is judged like the first; the number goes on.
static void a_repeating_dose_is_asked_for_again_and_again(void **state)
{
    (void)state;
    Patient p = {"2010-01-01", "2016-01-01",
                 .given = {{"2012-01-01", "901"}, {"2013-01-01", "901"}, {"2014-01-01", "901"}}};
    expect_status(two_antigens(), &p, "Redpox", STATUS_COMPLETE);
    expect_dose(two_antigens(), &p, "Redpox", 2, "extraneous", "Series Already Complete");
    const Schedule *s =
        rules_with("two-antigens.txt",
                   (Change){"<doseNumber>Dose 2", "<recurringDose>No", "<recurringDose>Yes"});
    expect_dose(s, &p, "Redpox", 2, "valid", NULL);
    expect_next(s, &p, "Redpox", 4, "2014-01-29", "2014-04-01", "2014-06-30");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_age_is_reached_four_days_early_and_not_five),
        cmocka_unit_test(a_month_without_the_day_ends_on_the_next_first),
        cmocka_unit_test(the_end_of_an_age_is_the_first_day_too_late),
        cmocka_unit_test(the_next_dose_waits_for_age_and_gap_and_is_past_due_a_day_before_the_end),
        cmocka_unit_test(a_gap_is_counted_from_the_last_dose_valid_or_not),
        cmocka_unit_test(a_dose_that_did_not_count_still_bars_its_own_past),
        cmocka_unit_test(an_allowable_gap_rescues_and_the_absence_of_one_does_not),
        cmocka_unit_test(a_vaccine_of_one_make_is_not_met_by_another),
        cmocka_unit_test(a_gap_after_some_vaccines_does_not_ask_for_the_others),
        cmocka_unit_test(a_gap_may_be_counted_from_a_vaccine_of_another_disease),
        cmocka_unit_test(a_skip_may_count_vaccines_of_another_disease),
        cmocka_unit_test(a_skip_may_hold_where_nothing_was_given),
        cmocka_unit_test(a_vaccine_belongs_to_the_disease_of_its_age),
        cmocka_unit_test(a_vaccine_given_by_mistake_is_only_that),
        cmocka_unit_test(a_spoilt_or_expired_dose_is_no_dose),
        cmocka_unit_test(live_vaccines_collide_after_the_day_and_before_the_gap),
        cmocka_unit_test(a_series_for_those_at_risk_needs_the_risk_at_its_ages),
        cmocka_unit_test(a_series_for_one_sex_is_not_offered_to_another),
        cmocka_unit_test(immunity_comes_from_history_or_an_old_birthday),
        cmocka_unit_test(a_contraindication_stops_the_disease_or_only_some_vaccines),
        cmocka_unit_test(doses_are_counted_up_to_the_day_before_the_end),
        cmocka_unit_test(a_series_gives_way_when_another_is_complete),
        cmocka_unit_test(a_season_opens_and_ends_with_its_days),
        cmocka_unit_test(a_repeating_dose_is_asked_for_again_and_again),
        cmocka_unit_test(the_number_of_a_seasonal_dose_begins_with_the_season),
    };
    if (argc != 2) return 2;
    fixture_begin(argv[1]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
