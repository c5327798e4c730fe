// What the vectors' format cannot say: last safe dates, vague dates, names as clinics write them, and
// the law behind a reason. Each answer was worked out by hand.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "rules_house.h"

// ---- Last safe dates (immunization.md 4.6) ------------------------------------------------------

typedef struct Safe {
    const char *group, *birth, *as_of, *expected, *product;  // product NULL: over all still open
    SubjectSex sex;
    struct {
        const char *product, *on;
    } doses[3];
} Safe;

static void the_last_safe_date_still_lets_the_series_finish(void **state)
{
    const House *house = *state;
    // clang-format off
    static const Safe rows[] = {
        // A(12) = 2027-05-09 less 140 days.
        {"HEPB", "2026-05-10", "2026-06-01", "2026-12-20", NULL, SUBJECT_MALE, {{0}}},
        // The third on the last day, the second a day before it.
        {"HEPB", "2026-05-10", "2026-12-02", "2027-05-08", NULL, SUBJECT_MALE, {{"HBV", "2026-12-01"}}},
        // Birth + 140, birth + 168 by product; the shown one is the later.
        {"ROTA", "2026-03-01", "2026-04-20", "2026-07-19", "RV1", SUBJECT_MALE, {{0}}},
        {"ROTA", "2026-03-01", "2026-04-20", "2026-08-16", "RV5", SUBJECT_MALE, {{0}}},
        {"ROTA", "2026-03-01", "2026-04-20", "2026-08-16", NULL, SUBJECT_MALE, {{0}}},
        // Birth + 196.
        {"ROTA", "2026-03-01", "2026-05-20", "2026-09-13", NULL, SUBJECT_MALE, {{"RV5", "2026-04-20"}}},
        {"VAR", "2024-06-15", "2026-01-01", "2027-03-14", NULL, SUBJECT_MALE, {{0}}},
        {"VAR", "2024-03-01", "2026-01-01", "2026-11-28", NULL, SUBJECT_MALE, {{0}}},
        // A(90) = 2033-11-09; back 6 months 2033-05-09; back 21 twice 2033-03-28.
        {"DPTIPV", "2026-05-10", "2026-08-01", "2033-03-28", NULL, SUBJECT_MALE, {{0}}},
        // A(90) = 2033-11-09, back 6 months 2033-05-09, back 7.
        {"JE1", "2026-05-10", "2027-08-01", "2033-05-02", NULL, SUBJECT_MALE, {{0}}},
        // 2028-03-31 from 2027-12-31 from 2027-11-30.
        {"HPV", "2011-07-10", "2027-06-01", "2027-11-30", NULL, SUBJECT_FEMALE, {{0}}},
        // 31 March from 31 January; the live vaccine needs one dose only.
        {"HZ", "1961-06-01", "2026-06-01", "2027-01-31", "RZV", SUBJECT_FEMALE, {{0}}},
        {"HZ", "1961-06-01", "2026-06-01", "2027-03-31", "ZVL", SUBJECT_FEMALE, {{0}}},
        // One dose: as the last day.
        {"BCG", "2026-05-10", "2026-11-23", "2027-05-09", NULL, SUBJECT_MALE, {{0}}},
        {"DT2", "2015-05-10", "2026-11-23", "2028-05-09", NULL, SUBJECT_MALE, {{0}}},
        // Whoever has had no dose of the first period: the one of the second is one dose.
        {"JE2", "2014-05-10", "2026-11-23", "2027-05-09", NULL, SUBJECT_MALE, {{0}}},
        // Gone by, and another vaccine was given since: the day stays what it was.
        {"ROTA", "2023-02-06", "2023-09-08", "2023-07-24", NULL, SUBJECT_MALE, {{"JE-MB", "2023-07-25"}}},
        {"HEPB", "2026-05-10", "2027-01-15", "2026-12-20", NULL, SUBJECT_MALE, {{"PCV20", "2027-01-15"}}},
        // The second on the very last day: no day is left for the third.
        {"HEPB", "2026-04-02", "2027-04-01", NULL, NULL, SUBJECT_MALE, {{"HBV", "2026-04-02"}, {"HBV", "2027-04-01"}}},
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        const Safe *row = &rows[i];
        Arena arena = house->arena;
        Subject subject = {.birth = day(row->birth), .sex = row->sex};
        HistoryEntry entries[3] = {{0}};
        History doses = {entries, 0};
        for (int k = 0; k < 3 && row->doses[k].product; k++, doses.count++)
            entries[k] = (HistoryEntry){
                .given_on = day(row->doses[k].on),
                .product = product_by_id(house->rules, str_of(row->doses[k].product))};
        Day as_of = day(row->as_of);
        GroupAssessment a = assess_group(house->rules, group_find(house->rules, str_of(row->group)),
                                         &subject, doses, as_of, &arena);
        Day got = row->product ? last_safe_with(house->rules, &subject, doses, &a,
                                                product_by_id(house->rules, str_of(row->product)),
                                                as_of, arena)
                               : last_safe(house->rules, &subject, doses, &a, as_of, arena);
        char text[DAY_TEXT_SIZE];
        Day expected = row->expected ? day(row->expected) : DAY_NONE;
        if (got != expected)
            fail_msg("%s born %s: expected %s, got %s", row->group, row->birth,
                     row->expected ? row->expected : "none", day_text(got, text));
    }
}

// ---- Vague dates (2.7) --------------------------------------------------------------------------

static GroupAssessment partial_group(const House *house, const char *group, PartialDate birth,
                                     const PartialEntry *entries, int count, const char *as_of,
                                     Arena *arena)
{
    PartialSubject subject = {.birth = birth, .sex = SUBJECT_MALE};
    Assessment a = assess_partial(house->rules, &subject, entries, count, day(as_of), arena);
    return a.groups[group_find(house->rules, str_of(group))];
}

static void a_birth_month_is_enough_when_both_its_ends_agree(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    PartialDate june = {2025, 6, 0};
    GroupAssessment a = partial_group(house, "MR1", june, NULL, 0, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_DUE);
    assert_int_equal(a.next.earliest, day("2026-06-29"));  // born on the last day it may be
    assert_false(a.date_partial);
    a = partial_group(house, "MR1", june, NULL, 0, "2026-06-10", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    assert_true(a.date_partial);
    assert_false(a.has_next);
}

static void days_of_a_vague_birth_date_hold_for_every_day_of_it(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    GroupAssessment a =
        partial_group(house, "MR1", (PartialDate){2025, 10, 0}, NULL, 0, "2026-11-23", &arena);
    assert_int_equal(a.next.earliest, day("2026-10-30"));  // born on the 31st
    assert_int_equal(a.next.last, day("2027-09-30"));      // born on the 1st
}

static void nobody_is_written_to_about_hib_who_begins_with_the_combined_vaccine(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    int hib = product_by_id(house->rules, S("HIB")), group = group_find(house->rules, S("HIB"));
    HistoryEntry dose = {.given_on = day("2024-05-10"), .product = hib};
    static const struct {
        const char *birth;
        int doses;
        bool letter;
    } rows[] = {{"2024-01-31", 0, true}, {"2024-02-01", 0, false}, {"2024-02-01", 1, true}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        Subject subject = {.birth = day(rows[i].birth), .sex = SUBJECT_MALE};
        GroupAssessment a =
            assess_group(house->rules, group, &subject, (History){&dose, rows[i].doses},
                         day("2024-07-10"), &arena);
        assert_true(a.has_next);
        assert_int_equal(a.no_letter == ROW_NONE, rows[i].letter);
        if (!rows[i].letter) assert_true(row_law(house->rules, a.no_letter).len > 0);
    }
}

static void a_childs_dose_says_nothing_about_old_age(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    Subject subject = {.birth = day("2025-04-25"), .sex = SUBJECT_MALE};
    HistoryEntry dose = {.given_on = day("2025-07-14"),
                         .product = product_by_id(house->rules, S("PCV20"))};
    GroupAssessment a = assess_group(house->rules, group_find(house->rules, S("EPN")), &subject,
                                     (History){&dose, 1}, day("2026-11-23"), &arena);
    assert_int_equal(a.status, STATUS_NOT_YET);
    assert_int_equal(a.dose_count, 0);
}

static void a_birth_date_quite_unknown_is_a_persons_work(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    PartialSubject subject = {0};
    Assessment a = assess_partial(house->rules, &subject, NULL, 0, day("2026-11-23"), &arena);
    for (int g = 0; g < a.group_count; g++) {
        assert_int_equal(a.groups[g].status, STATUS_REVIEW);
        assert_false(a.groups[g].has_next);
    }
}

static void a_birth_year_alone_is_no_birth_date(void **state)
{
    const House *house = *state;
    static const PartialDate births[] = {{2025, 0, 0}, {2014, 0, 0}, {1955, 0, 0}};
    for (ptrdiff_t i = 0; i < countof(births); i++) {
        Arena arena = house->arena;
        PartialSubject subject = {.birth = births[i], .sex = SUBJECT_FEMALE};
        Assessment a = assess_partial(house->rules, &subject, NULL, 0, day("2026-11-10"), &arena);
        for (int g = 0; g < a.group_count; g++) {
            assert_int_equal(a.groups[g].status, STATUS_REVIEW);
            assert_false(a.groups[g].has_next);
        }
    }
}

// Who is born on 1 April is a school year ahead of who is born on the 30th (immunization.md 2.4, 2.5).
static void a_month_with_two_school_years_is_a_persons_work(void **state)
{
    const House *house = *state;
    static const struct {
        const char *group, *as_of;
        PartialDate birth;
        Status status;
    } rows[] = {
        {"HPV", "2026-11-10", {2014, 4, 0}, STATUS_REVIEW},
        {"HPV", "2026-11-10", {2014, 3, 0}, STATUS_DUE},
        {"HPV", "2026-11-10", {2014, 5, 0}, STATUS_DUE},
        {"HPV", "2026-11-10", {2015, 5, 0}, STATUS_NOT_YET},
        {"MR2", "2026-11-10", {2020, 4, 0}, STATUS_REVIEW},
        {"MR2", "2026-11-10", {2020, 5, 0}, STATUS_DUE},
        {"HZ", "2026-11-10", {1961, 4, 0}, STATUS_REVIEW},
        {"HZ", "2026-11-10", {1961, 5, 0}, STATUS_DUE},
        {"MR1", "2026-11-10", {2025, 4, 0}, STATUS_DUE},  // by months of age: no school year
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        Arena arena = house->arena;
        PartialSubject subject = {.birth = rows[i].birth, .sex = SUBJECT_FEMALE};
        Assessment all =
            assess_partial(house->rules, &subject, NULL, 0, day(rows[i].as_of), &arena);
        GroupAssessment a = all.groups[group_find(house->rules, str_of(rows[i].group))];
        if (a.status != rows[i].status)
            fail_msg("%s %d-%02d: %d", rows[i].group, rows[i].birth.year, rows[i].birth.month,
                     (int)a.status);
        assert_int_equal(a.date_partial, a.status == STATUS_REVIEW);
    }
}

static bool ordered(Day first, Day last)
{
    return first == DAY_NONE || last == DAY_NONE || first <= last;
}

// Every month of a century, every series, both sexes: what is answered holds for both readings.
static void no_period_of_a_vague_birth_ends_before_it_begins(void **state)
{
    const House *house = *state;
    for (int month = 12 * 1926; month < 12 * 2027; month++) {
        Arena arena = house->arena;
        PartialDate birth = {(int16_t)(month / 12), (int8_t)(month % 12 + 1), 0};
        DaySpan born;
        (void)partial_date_span(birth, &born);
        Day as_of = day("2026-11-10") + month % 7 * 61;
        SubjectSex sex = month % 2 ? SUBJECT_FEMALE : SUBJECT_MALE;
        PartialSubject subject = {.birth = birth, .sex = sex};
        Assessment a = assess_partial(house->rules, &subject, NULL, 0, as_of, &arena);
        if (born.last > as_of) continue;
        for (int g = 0; g < a.group_count; g++) {
            const NextDose *next = &a.groups[g].next;
            if (!a.groups[g].has_next) continue;
            for (int side = 0; side < 2; side++) {
                Arena scratch = arena;
                Subject one = {.birth = side ? born.last : born.first, .sex = sex};
                GroupAssessment whole =
                    assess_group(house->rules, g, &one, (History){0}, as_of, &scratch);
                assert_int_equal(whole.status, a.groups[g].status);
                assert_in_range(next->earliest - whole.next.earliest, 0, 34);
                if (next->last != DAY_NONE) assert_in_range(whole.next.last - next->last, 0, 34);
            }
            bool fine = ordered(next->earliest, next->last) &&
                        ordered(next->standard_from, next->standard_to);
            for (int i = 0; i < next->last_by_product_count; i++)
                fine = fine && ordered(next->earliest, next->last_by_product[i].day);
            if (!fine)
                fail_msg("%d-%02d %.*s", birth.year, birth.month, STR(group_id(house->rules, g)));
        }
    }
}

static void a_dose_of_a_known_month_counts_when_every_day_of_it_does(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    int hib = product_by_id(house->rules, S("HIB"));
    PartialEntry doses[] = {{.given_on = {2024, 4, 1}, .product = hib},
                            {.given_on = {2024, 5, 0}, .product = hib},
                            {.given_on = {2024, 7, 5}, .product = hib}};
    PartialDate birth = {2024, 1, 20};
    GroupAssessment a = partial_group(house, "HIB", birth, doses, 3, "2024-08-01", &arena);
    assert_false(a.date_partial);
    assert_int_equal(a.dose_count, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(a.doses[i].entry, i);
        assert_int_equal(a.doses[i].status, STATUS_VALID);
    }
    // 1 May is 21 days after 10 April, 31 May is enough: only a person can say.
    doses[0].given_on = (PartialDate){2024, 4, 10};
    a = partial_group(house, "HIB", birth, doses, 3, "2024-08-01", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    assert_true(a.date_partial);
}

static void a_vague_month_ends_today_at_the_latest(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    int hib = product_by_id(house->rules, S("HIB"));
    PartialEntry doses[] = {{.given_on = {2024, 4, 1}, .product = hib},
                            {.given_on = {2024, 5, 0}, .product = hib}};
    PartialDate birth = {2024, 1, 20};
    GroupAssessment a = partial_group(house, "HIB", birth, doses, 2, "2024-05-10", &arena);
    assert_false(a.date_partial);
    assert_int_equal(a.dose_count, 2);
    assert_int_equal(a.next.earliest, day("2024-06-07"));  // 10 May + 28
}

static void two_vague_doses_must_hold_at_their_nearest(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    int hib = product_by_id(house->rules, S("HIB"));
    // Both first days and both last days are 30 days apart; 30 April and 1 May are not.
    PartialEntry doses[] = {{.given_on = {2024, 4, 0}, .product = hib},
                            {.given_on = {2024, 5, 0}, .product = hib}};
    PartialDate birth = {2024, 1, 20};
    GroupAssessment a = partial_group(house, "HIB", birth, doses, 2, "2024-08-01", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    assert_true(a.date_partial);
}

// The fifth period of rubella asks men born from 1962 to 1979; a child of one year is never one of them, whatever day a
// vague dose was given. Its first period asks: 27 full days lie between the two live vaccines only on some days.
static void a_series_that_the_person_can_never_meet_asks_nobody(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    int mr = product_by_id(house->rules, S("MR")), var = product_by_id(house->rules, S("VAR"));
    PartialEntry doses[] = {{.given_on = {2026, 5, 20}, .product = var},
                            {.given_on = {2026, 6, 0}, .product = mr}};
    PartialDate birth = {2025, 4, 10};
    GroupAssessment a = partial_group(house, "RUB5", birth, doses, 2, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_NOT_TARGET);
    assert_false(a.date_partial);
    a = partial_group(house, "MR1", birth, doses, 2, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    // More vague dates than can be tried one by one.
    PartialEntry many[6];
    for (int i = 0; i < 6; i++) many[i] = (PartialEntry){.given_on = {2026, (int8_t)(5 + i), 0}, .product = mr};
    a = partial_group(house, "RUB5", birth, many, 6, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_NOT_TARGET);
    a = partial_group(house, "MR1", birth, many, 6, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    // Too old for it whatever day is meant, and wrong whatever day is meant: nothing is asked either.
    int pcv = product_by_id(house->rules, S("PCV13"));
    for (int i = 0; i < 6; i++) many[i].product = pcv;
    many[0].product = product_by_id(house->rules, S("IPV"));
    a = partial_group(house, "IPV", (PartialDate){1950, 5, 10}, many, 6, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_CLOSED);
    a = partial_group(house, "IPV", (PartialDate){2025, 10, 10}, many, 6, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    // A child is asked about, and so is a dose of which only some day was right.
    a = partial_group(house, "PCV", (PartialDate){2026, 3, 10}, many, 6, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    PartialEntry late[] = {{.given_on = {2013, 4, 0}, .product = mr}};
    a = partial_group(house, "MR1", (PartialDate){2011, 4, 10}, late, 1, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_REVIEW);
    // A month of birth between whose days the cohort begins asks for a person.
    a = partial_group(house, "RUB5", (PartialDate){1962, 4, 0}, doses, 2, "2026-11-23", &arena);
    assert_int_equal(a.status, STATUS_NOT_TARGET);  // nobody has tested his antibodies
}

// ---- Names --------------------------------------------------------------------------------------

static void clinics_spellings_find_the_product(void **state)
{
    const House *house = *state;
    // clang-format off
    static const struct {
        const char *written, *birth, *product;
    } rows[] = {
        {"MR", "2025-01-01", "MR"}, {"ｍｒ", "2025-01-01", "MR"}, {"dpt-ipv-hib", "2025-01-01", "DPT-IPV-HIB"},
        {"ＤＰＴ－ＩＰＶ", "2025-01-01", "DPT-IPV"}, {"ﾐｰﾙﾋﾞｯｸ", "2025-01-01", "MR"}, {"ミールビック", "2025-01-01", "MR"},
        {"ﾌﾟﾚﾍﾞﾅｰ20 水性懸濁注", "2025-01-01", "PCV20"}, {"乾燥BCGワクチン（経皮用・１人用）", "2025-01-01", "BCG"},
        {"乾燥弱毒生麻しん風しん混合ワクチン『タケダ』", "2025-01-01", "MR"}, {"ヘプタバックス－Ⅱ水性懸濁注シリンジ", "2025-01-01", "HBV"},
        {"乾燥弱毒生水痘ワクチン「ビケン」", "1976-11-25", "VAR"},   // fifty on 24 November
        {"乾燥弱毒生水痘ワクチン「ビケン」", "1976-11-24", "ZVL"},   // fifty on 23 November
        {"ジェービックＶ", "2020-01-01", "JE"}, {"名のないワクチン", "2020-01-01", NULL}, {"「」", "2020-01-01", NULL},
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        int got = product_find(house->rules, str_of(rows[i].written), day(rows[i].birth),
                               day("2026-11-23"), house->arena);
        int wanted =
            rows[i].product ? product_by_id(house->rules, str_of(rows[i].product)) : PRODUCT_NONE;
        if (got != wanted) fail_msg("%s: got product %d", rows[i].written, got);
    }
}

static void everyday_names_find_the_one_product_they_can_mean(void **state)
{
    const House *house = *state;
    // clang-format off
    static const struct {
        const char *written, *birth, *given_on, *product;
    } rows[] = {
        {"五種混合", "2026-01-01", "2026-05-01", "DPT-IPV-HIB"}, {"５種混合ワクチン", "2026-01-01", "2026-05-01", "DPT-IPV-HIB"},
        {"四種混合", "2023-01-01", "2023-05-01", "DPT-IPV"},     {"三種混合", "2010-01-01", "2010-05-01", "DPT"},
        {"二種混合", "2014-01-01", "2025-05-01", "DT"},          {"Ｂ型肝炎", "2026-01-01", "2026-05-01", "HBV"},
        {"ヒブ", "2023-01-01", "2023-05-01", "HIB"},             {"Ｈｉｂワクチン", "2023-01-01", "2023-05-01", "HIB"},
        {"おたふくかぜ", "2024-01-01", "2025-05-01", "MUMPS"},   {"麻しん・風しん混合", "2025-01-01", "2026-05-01", "MR"},
        {"新型コロナ", "1950-01-01", "2026-11-01", "COVID"},     {"ﾛﾀﾘｯｸｽ", "2026-01-01", "2026-03-01", "RV1"},
        {"水痘", "1976-11-03", "2026-11-01", "VAR"},             {"水痘", "1961-11-02", "2026-11-01", "VAR"},  // known, if outside the programme
        {"日本脳炎", "2000-01-01", "2009-06-01", "JE-MB"},       {"日本脳炎", "2000-01-01", "2009-06-02", NULL},
        {"日本脳炎", "2000-01-01", "2010-03-31", NULL},          {"日本脳炎", "2000-01-01", "2010-04-01", "JE"},
        {"ポリオ", "2012-01-01", "2012-08-31", "OPV"},           {"ポリオ", "2012-01-01", "2012-09-01", "IPV"},
        {"小児用肺炎球菌", "2013-01-01", "2013-10-31", "PCV7"},  {"小児用肺炎球菌", "2013-01-01", "2013-11-01", "PCV13"},
        {"小児用肺炎球菌", "2024-01-01", "2024-03-31", "PCV13"}, {"小児用肺炎球菌", "2024-01-01", "2024-04-01", NULL},
        {"高齢者用肺炎球菌", "1961-01-01", "2026-03-31", "PPSV23"}, {"高齢者用肺炎球菌", "1961-01-01", "2026-04-01", "PCV20"},
        {"子宮頸がん", "2013-01-01", "2026-03-31", NULL},        {"子宮頸がん", "2013-01-01", "2026-04-01", "HPV9"},
        {"インフルエンザ", "1950-01-01", "2026-09-30", "INF"},   {"インフルエンザ", "1950-01-01", "2026-10-01", NULL},
        {"インフルエンザ", "1951-10-03", "2026-10-01", "INF"},   {"インフルエンザ", "1951-10-02", "2026-10-01", NULL},
        {"ロタ", "2026-01-01", "2026-03-01", NULL},              {"帯状疱疹", "1961-01-01", "2026-05-01", NULL},
        {"ミールビックⅡ", "2025-01-01", "2026-11-01", "MR"},     {"ﾐｰﾙﾋﾞｯｸII", "2025-01-01", "2026-11-01", "MR"},
        {"ミールビック２", "2025-01-01", "2026-11-01", "MR"},    {"ミールビック　ⅱ", "2025-01-01", "2026-11-01", "MR"},
        {"ＨＰＶ９価", "2013-01-01", "2026-05-01", "HPV9"},      {"9価HPVワクチン", "2013-01-01", "2024-05-01", "HPV9"},
        {"みずぼうそう", "2025-01-01", "2026-11-01", "VAR"},     {"みずぼうそう", "1976-11-02", "2026-11-01", "VAR"},
        {"キャップバックス", "1961-01-01", "2026-11-01", "PCV21"}, {"肺炎球菌２０価", "2026-01-01", "2026-11-01", "PCV20"},
        {"帯状疱疹（生）", "1961-01-01", "2026-05-01", "ZVL"},   {"帯状疱疹（組換え）", "1961-01-01", "2026-05-01", "RZV"},
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        int got = product_find(house->rules, str_of(rows[i].written), day(rows[i].birth),
                               day(rows[i].given_on), house->arena);
        int wanted =
            rows[i].product ? product_by_id(house->rules, str_of(rows[i].product)) : PRODUCT_NONE;
        if (got != wanted)
            fail_msg("%s on %s: got product %d", rows[i].written, rows[i].given_on, got);
    }
}

typedef struct Way {
    const char *before, *behind;
} Way;

// What a keyboard, a form or a copied label does to a name; the name stays the same.
static Str written_otherwise(Arena *arena, Str name, int way)
{
    static const Way around[] = {{"　", " "},    {"「", "」"}, {"", "®"},       {"", "™"},
                                 {"", "（Ｒ）"}, {"", "(TM)"}, {"", "\xC2\xA9"}};
    static const char *const dashes[] = {"‐", "‑", "–", "—", "−", "－", "ー", "ｰ", "・", " "};
    if (way < countof(around))
        return str_format(arena, "%s%.*s%s", around[way].before, STR(name), around[way].behind);
    Text text = {0};
    for (ptrdiff_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (c == '-')
            text_add(&text, arena, str_of(dashes[way - countof(around)]));
        else if (c > ' ' && c < 0x7F)
            text_addf(&text, arena, "%c%c%c", 0xEF, 0xBC + (c >= 0x60), 0x80 + (c - 0x20) % 0x40);
        else
            text_add_byte(&text, arena, c);
    }
    return text_str(&text);
}

enum { WAYS = 17 };

static void every_name_of_every_product_is_found_however_it_is_written(void **state)
{
    const House *house = *state;
    for (int p = 0; p < product_count(house->rules); p++)
        for (int b = -2; b < product_brand_count(house->rules, p); b++) {
            Arena arena = house->arena;
            Str name = b == -2   ? product_id(house->rules, p)
                       : b == -1 ? product_name(house->rules, p)
                                 : product_brand(house->rules, p, b);
            Day birth = day("2025-01-01"), on = day("2026-11-01");
            int plain = product_find(house->rules, name, birth, on, arena);
            for (int way = 0; way < WAYS; way++) {
                Str written = written_otherwise(&arena, name, way);
                if (product_find(house->rules, written, birth, on, arena) != plain)
                    fail_msg("%.*s is not found as %.*s", STR(name), STR(written));
            }
        }
}

static void a_numeral_is_its_number_in_every_brand(void **state)
{
    const House *house = *state;
    // clang-format off
    static const struct {
        const char *written, *product;
    } rows[] = {
        {"ヘプタバックスⅡ", "HBV"}, {"ヘプタバックスII", "HBV"}, {"ヘプタバックス2", "HBV"}, {"ﾍﾌﾟﾀﾊﾞｯｸｽ-Ⅱ", "HBV"}, {"ヘプタバックス　ＩＩ", "HBV"},
        {"ヘプタバックス‐２", "HBV"}, {"ヘプタバックスー2", "HBV"}, {"ヘプタバックス②", "HBV"}, {"ヘプタバックス®-ⅱ", "HBV"}, {"ヘプタバックス(II)水性懸濁注シリンジ", "HBV"},
        {"ミールビック-II", "MR"}, {"ミールビック®Ⅱ", "MR"}, {"ミールビック（Ｒ）ｉｉ", "MR"}, {"ﾐｰﾙﾋﾞｯｸ・2", "MR"}, {"ミ－ルビックⅡ", "MR"}, {"ミールビックIII", NULL},
        {"キャップバックス®", "PCV21"}, {"キャップバックス™筋注シリンジ", "PCV21"}, {"プレベナ－20", "PCV20"}, {"プレベナー 13", "PCV13"}, {"プレベナー®２０", "PCV20"},
        {"シルガード®９", "HPV9"}, {"シルガード-9", "HPV9"}, {"ジェービック-V", "JE"}, {"ジェービックⅤ", "JE"}, {"ガ-ダシル", "HPV4"}, {"ニューモバックス®NP", "PPSV23"},
        {"dpt ipv hib", "DPT-IPV-HIB"}, {"DPTーIPV", "DPT-IPV"}, {"JE・MB", "JE-MB"}, {"ｴﾝｾﾊﾞｯｸ(TM)皮下注用", "JE"}, {"M", "M"}, {"(R)", "R"}, {"I", NULL}, {"2", NULL},
    };
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        int got = product_find(house->rules, str_of(rows[i].written), day("2025-01-01"),
                               day("2026-11-01"), house->arena);
        int wanted =
            rows[i].product ? product_by_id(house->rules, str_of(rows[i].product)) : PRODUCT_NONE;
        if (got != wanted) fail_msg("%s: got product %d", rows[i].written, got);
    }
    assert_int_equal(group_by_name(house->rules, S("ｍｒ1"), house->arena),
                     group_find(house->rules, S("MR1")));
    assert_int_equal(group_by_name(house->rules, S("日本脳炎第２期"), house->arena),
                     group_find(house->rules, S("JE2")));
    assert_int_equal(group_by_name(house->rules, S("日本脳炎"), house->arena), GROUP_NONE);
}

static void a_product_without_a_series_is_known_all_the_same(void **state)
{
    const House *house = *state;
    int product = product_by_id(house->rules, S("PCV21"));
    for (int g = 0; g < group_count(house->rules); g++)
        assert_false(group_lists(house->rules, g, product));
    int other = product_by_id(house->rules, S("PPSV23"));
    assert_true(product_components(house->rules, product) &
                product_components(house->rules, other));
}

static void a_reason_leads_to_its_law_and_words(void **state)
{
    const House *house = *state;
    Arena arena = house->arena;
    Subject subject = {.birth = day("2016-03-31"), .sex = SUBJECT_MALE};
    HistoryEntry dose = {.given_on = day("2016-10-05"),
                         .product = product_by_id(house->rules, S("HBV"))};
    GroupAssessment a = assess_group(house->rules, group_find(house->rules, S("HEPB")), &subject,
                                     (History){&dose, 1}, day("2016-10-05"), &arena);
    assert_int_equal(a.doses[0].reason_count, 1);
    DoseReason reason = a.doses[0].reasons[0];
    assert_true(str_equal(reason_text(house->rules, reason.code), S("NOT_TARGET_BIRTH")));
    assert_true(str_equal(row_law(house->rules, reason.row), S("施行令 平成28年改正附則")));
    assert_true(str_equal(reason_words(house->rules, reason),
                          S("平成28年4月1日以後に生まれたお子さんが対象です。")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_safe_date_still_lets_the_series_finish),
        cmocka_unit_test(a_birth_month_is_enough_when_both_its_ends_agree),
        cmocka_unit_test(days_of_a_vague_birth_date_hold_for_every_day_of_it),
        cmocka_unit_test(nobody_is_written_to_about_hib_who_begins_with_the_combined_vaccine),
        cmocka_unit_test(a_childs_dose_says_nothing_about_old_age),
        cmocka_unit_test(a_birth_date_quite_unknown_is_a_persons_work),
        cmocka_unit_test(a_birth_year_alone_is_no_birth_date),
        cmocka_unit_test(a_month_with_two_school_years_is_a_persons_work),
        cmocka_unit_test(no_period_of_a_vague_birth_ends_before_it_begins),
        cmocka_unit_test(a_dose_of_a_known_month_counts_when_every_day_of_it_does),
        cmocka_unit_test(a_vague_month_ends_today_at_the_latest),
        cmocka_unit_test(two_vague_doses_must_hold_at_their_nearest),
        cmocka_unit_test(a_series_that_the_person_can_never_meet_asks_nobody),
        cmocka_unit_test(clinics_spellings_find_the_product),
        cmocka_unit_test(everyday_names_find_the_one_product_they_can_mean),
        cmocka_unit_test(every_name_of_every_product_is_found_however_it_is_written),
        cmocka_unit_test(a_numeral_is_its_number_in_every_brand),
        cmocka_unit_test(a_product_without_a_series_is_known_all_the_same),
        cmocka_unit_test(a_reason_leads_to_its_law_and_words),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
