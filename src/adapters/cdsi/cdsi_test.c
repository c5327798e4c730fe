// CDSi's rules on made-up diseases: every expectation is worked out by hand from the fixture
// (cdsi_corpus/two-antigens.txt, merged.txt) and CDC's specification. A story changes one element.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cdsi.h"

static const char *corpus;
static Arena whole;

// ---- Fixtures -----------------------------------------------------------------------------------

typedef struct Change {
    const char *after, *from, *to;  // the first `from` behind `after`
} Change;

static Str file_read(const char *name, Arena *arena)
{
    static char bytes[1 << 16];
    FILE *in = fopen(str_z(arena, str_format(arena, "%s/%s", corpus, name)), "rb");
    assert_non_null(in);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    (void)fclose(in);
    return str_copy(arena, (Str){bytes, (ptrdiff_t)size});
}

static Str changed(Str text, Change change, Arena *arena)
{
    if (!change.from) return text;
    ptrdiff_t start = change.after ? str_find(text, str_of(change.after)) : 0;
    assert_true(start >= 0);
    ptrdiff_t at = str_find(str_from(text, start), str_of(change.from));
    assert_true(at >= 0);
    Str head = str_first(text, start + at);
    Str tail = str_from(text, start + at + (ptrdiff_t)strlen(change.from));
    return str_join(arena, str_join(arena, head, str_of(change.to)), tail);
}

static bool loaded(const char *name, Change change, Arena *arena, const Schedule **schedule,
                   Error *err)
{
    static const char *const names[] = {"one.xml", "two.xml", "three.xml", "four.xml"};
    EmbeddedFile files[countof(names)];
    Str rest = changed(file_read(name, arena), change, arena);
    int count = 0;
    while (rest.len && count < countof(names)) {
        ptrdiff_t cut = str_find(rest, S("----\n"));
        files[count].name = names[count];
        files[count++].text = cut < 0 ? rest : str_first(rest, cut);
        rest = cut < 0 ? (Str){0} : str_from(rest, cut + 5);
    }
    return cdsi_load_texts(files, count, arena, schedule, err);
}

// Each story begins with an empty arena.
static Arena arena;

static const Schedule *rules_with(const char *name, Change change)
{
    const Schedule *schedule = NULL;
    Error err = {0};
    arena = whole;
    if (!loaded(name, change, &arena, &schedule, &err))
        fail_msg("line %d %.*s %.*s", (int)err.row, STR(err.item), STR(err.words));
    return schedule;
}

static const Schedule *two_antigens(void)
{
    return rules_with("two-antigens.txt", (Change){0});
}

// ---- People -------------------------------------------------------------------------------------

typedef struct Given {
    const char *on, *cvx, *maker, *trade_name;
    PartialDate lot;
    bool substandard;
} Given;

typedef struct Patient {
    const char *birth, *as_of;
    SubjectSex sex;
    const char *observed[3];
    const char *country;
    Given given[5];
} Patient;

static Day day(const char *text)
{
    Day read;
    assert_true(day_read(text, (int)strlen(text), &read));
    return read;
}

static Assessment asked(const Schedule *s, const Patient *p)
{
    SubjectFact *facts = NEW(&arena, SubjectFact, 4);
    HistoryEntry *entries = NEW(&arena, HistoryEntry, 5);
    Subject *subject = NEW(&arena, Subject, 1);
    int count = 0, fact_count = 0;
    for (int i = 0; i < 3 && p->observed[i]; i++)
        facts[fact_count++] = (SubjectFact){fact_find(s, str_of(p->observed[i])), 1};
    if (p->country) {
        int country = fact_find(s, S(CDSI_COUNTRY));
        facts[fact_count++] =
            (SubjectFact){country, fact_value_bit(s, country, str_of(p->country))};
    }
    for (; count < 5 && p->given[count].on; count++) {
        const Given *g = &p->given[count];
        entries[count] = (HistoryEntry){
            .given_on = day(g->on),
            .product = product_by_id(s, str_of(g->cvx)),
            .maker = make_find(s, str_of(g->maker)),
            .trade_name = make_find(s, str_of(g->trade_name)),
            .lot_expires = lot_expiry(g->lot),
            .substandard = g->substandard,
        };
        assert_int_not_equal(entries[count].product, PRODUCT_NONE);
    }
    *subject = (Subject){day(p->birth), p->sex, facts, fact_count};
    return assess(s, subject, (History){entries, count}, day(p->as_of), &arena);
}

static const GroupAssessment *group_of(const Schedule *s, const Patient *p, const char *antigen)
{
    int group = group_find(s, str_of(antigen));
    assert_int_not_equal(group, GROUP_NONE);
    return &asked(s, p).groups[group];
}

static void expect_dose(const Schedule *s, const Patient *p, const char *antigen, int nth,
                        const char *status, const char *reason)
{
    const GroupAssessment *group = group_of(s, p, antigen);
    assert_true(nth < group->dose_count);
    const DoseVerdict *dose = &group->doses[nth];
    Str got = status_text(s, dose->status);
    if (!str_equal(got, str_of(status))) fail_msg("%s is %.*s", status, STR(got));
    if (!reason) assert_int_equal(dose->reason_count, 0);
    if (reason) assert_true(dose->reason_count > 0);
    if (reason) assert_true(str_equal(reason_text(s, dose->reasons[0].code), str_of(reason)));
}

static const MergedAssessment *merged_of(const Schedule *s, const Patient *p, const char *name,
                                         SeriesKind kind)
{
    Assessment a = asked(s, p);
    for (int i = 0; i < a.merged_count; i++)
        if (a.merged[i].merge == merge_find(s, str_of(name)) && a.merged[i].kind == kind)
            return &a.merged[i];
    return NULL;
}

static void expect_status(const Schedule *s, const Patient *p, const char *name, Status status)
{
    const MergedAssessment *merged = merged_of(s, p, name, SERIES_STANDARD);
    assert_non_null(merged);
    Str got = status_text(s, merged->status);
    if (merged->status != status) fail_msg("status is %.*s", STR(got));
}

static void expect_next(const Schedule *s, const Patient *p, const char *name, int number,
                        const char *earliest, const char *recommended, const char *past_due)
{
    char text[DAY_TEXT_SIZE];
    const MergedAssessment *merged = merged_of(s, p, name, SERIES_STANDARD);
    assert_non_null(merged);
    assert_true(merged->has_next);
    assert_int_equal(merged->number, number);
    assert_string_equal(day_text(merged->earliest, text), earliest);
    assert_string_equal(day_text(merged->recommended, text), recommended);
    assert_string_equal(day_text(merged->past_due, text), past_due);
}

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

#define SKIP(condition)                                                         \
    "<conditionalSkip><context>Forecast</context><setLogic>n/a</setLogic><set>" \
    "<setID>1</setID><setDescription/><effectiveDate/><cessationDate/>"         \
    "<conditionLogic/><condition><conditionID>1</conditionID>" condition        \
    "</condition></set></conditionalSkip>"
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
        arena = whole;
        bool taken = loaded("two-antigens.txt", r->change, &arena, &schedule, &err);
        if (!r->item && taken) continue;
        if (taken) fail_msg("taken: %s", r->change.to);
        assert_int_equal(err.code, E_RULE);
        assert_true(err.words.len > 0);
        if (!str_equal(err.item, str_of(r->item))) fail_msg("%s: %.*s", r->item, STR(err.item));
    }
}

static void a_fault_is_told_with_its_line(void **state)
{
    (void)state;
    const Schedule *schedule;
    Error err = {0};
    arena = whole;
    Change change = {NULL, "<minAge>12 months", "<minAge>12 moons"};
    assert_false(loaded("two-antigens.txt", change, &arena, &schedule, &err));
    assert_int_equal(err.row, 11);  // of the second file, as `grep -n` counts
    assert_true(str_equal(err.value, S("12 moons")));
}

static void a_disease_without_its_file_is_missed(void **state)
{
    (void)state;
    const Schedule *schedule;
    Error err = {0};
    arena = whole;
    Str text = file_read("two-antigens.txt", &arena);
    EmbeddedFile file = {"one.xml", str_first(text, str_find(text, S("----\n")))};
    assert_false(cdsi_load_texts(&file, 1, &arena, &schedule, &err));
    assert_int_equal(err.code, E_RULE);
    assert_false(cdsi_load("/nonexistent", &arena, &schedule, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
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
        cmocka_unit_test(the_score_chooses_and_a_tie_goes_to_the_preference),
        cmocka_unit_test(a_series_is_not_begun_before_its_age_to_start),
        cmocka_unit_test(groups_given_together_wait_for_the_later_one),
        cmocka_unit_test(a_merge_that_need_not_be_whole_counts_the_farther_group),
        cmocka_unit_test(a_gap_with_priority_goes_before_the_other_group),
        cmocka_unit_test(two_people_do_not_know_of_each_other),
        cmocka_unit_test(a_set_that_cannot_be_right_is_refused_with_its_place),
        cmocka_unit_test(a_fault_is_told_with_its_line),
        cmocka_unit_test(a_disease_without_its_file_is_missed),
    };
    if (argc != 2) return 2;
    corpus = argv[1];
    whole = arena_reserve((ptrdiff_t)1 << 28);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
