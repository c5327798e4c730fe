// How a vaccine goes, counted by hand on a calendar: the page of the rules shows what the engine answers.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "course_picture.h"
#include "rule_lines.h"
#include "rules.h"
#include "vaccine_names.h"

static const Schedule *rules;
static Arena arena;

static Day day(const char *text)
{
    Day read = DAY_NONE;
    assert_true(day_read(text, 10, &read));
    return read;
}

static CourseDoses course(const char *group, const char *birth, SubjectSex sex, const char *on)
{
    Status status;
    VaccineNames names = vaccine_names(rules, &arena);
    const VaccineName *vaccine = vaccine_named(&names, rules, str_of(group));
    const Subject subject = {.birth = day(birth), .sex = sex};
    assert_non_null(vaccine);
    return course_of(rules, vaccine->groups, &subject, day(on), &status, &arena);
}

static void a_newborn_has_the_days_of_the_law(void **state)
{
    (void)state;
    CourseDoses mr = course("MR1", "2026-11-24", SUBJECT_MALE, "2026-11-24");
    assert_int_equal(mr.count, 2);
    assert_int_equal(mr.at[0].legal.first, day("2027-11-23"));
    assert_int_equal(mr.at[0].legal.last, day("2028-11-23"));
    assert_int_equal(mr.at[1].legal.first, day("2032-04-01"));
    assert_int_equal(mr.at[1].legal.last, day("2033-03-31"));
    assert_int_equal(course("HEPB", "2026-11-24", SUBJECT_FEMALE, "2026-11-24").count, 3);
}

// The second period of 日本脳炎 is one dose for who had the three of the first.
static void periods_follow_each_other(void **state)
{
    (void)state;
    CourseDoses je = course("JE1", "2026-11-24", SUBJECT_FEMALE, "2026-11-24");
    assert_int_equal(je.count, 4);
    assert_int_equal(je.at[3].group, group_find(rules, S("JE2")));
    assert_int_equal(je.at[3].legal.first, day("2035-11-23"));
}

// 施行令 until March 2013: BCG to six months of age; since then to one year.
static void another_day_has_another_law(void **state)
{
    (void)state;
    CourseDoses before = course("BCG", "2013-03-01", SUBJECT_MALE, "2013-03-01");
    CourseDoses after = course("BCG", "2013-04-01", SUBJECT_MALE, "2013-04-01");
    assert_int_equal(before.at[0].legal.last, day("2013-08-31"));
    assert_int_equal(after.at[0].legal.last, day("2014-03-31"));
}

static void steps_add(CourseSteps *steps, uint64_t groups, Day birth, int sex, Day on, Arena *made)
{
    Status status;
    const Subject subject = {.birth = birth, .sex = (SubjectSex)sex};
    CourseDoses doses = course_of(rules, groups, &subject, on, &status, made);
    assert_true(doses.count < COURSE_DOSES_MOST);
    VEC_EACH (const CourseDose, dose, doses) {
        assert_true(dose->given >= dose->legal.first && dose->given >= on);
        bool both = dose->standard.last != DAY_NONE && dose->legal.last != DAY_NONE;
        assert_true(!both || dose->standard.last <= dose->legal.last);
        *course_steps_push(steps, made) = (CourseStep){S("回"), birth, *dose};
    }
}

static void every_vaccine_ends_and_fits_its_picture(void **state)
{
    (void)state;
    VaccineNames names = vaccine_names(rules, &arena);
    VEC_EACH (const VaccineName, vaccine, names)
        for (int sex = 0; sex < 3; sex++) {
            Arena scratch = arena;
            CourseSteps steps = {0};
            for (int years = 0; years < 66; years += 5)
                steps_add(&steps, vaccine->groups, day("1961-02-28") + years * 365, sex,
                          day("2026-11-24"), &scratch);
            CoursePicture picture = course_picture(&steps, &steps, S("例"), &scratch);
            assert_true(picture.ticks.count <= 16);
            VEC_EACH (const CourseRow, row, picture.rows) {
                assert_true(row->legal.at[0].from >= 1720);
                assert_true(row->legal.at[0].to <= 10700);
                assert_true(row->legal.at[0].from <= row->legal.at[0].to);
            }
        }
}

// On the eve of each change of the law, and on its day, for whoever was born in the two years before.
static void no_standard_time_outlives_the_right(void **state)
{
    (void)state;
    VaccineNames names = vaccine_names(rules, &arena);
    VEC_EACH (const VaccineName, vaccine, names)
        for (int g = 0; g < group_count(rules); g++) {
            Arena scratch = arena;
            if (!(vaccine->groups >> g & 1)) continue;
            RuleLines lines = rule_lines_of(rules, g, &scratch);
            VEC_EACH (const RuleLine, line, lines) {
                CourseSteps steps = {0};
                if (line->in_force.first <= DAY_MIN || line->in_force.first == DAY_NONE) continue;
                for (int age = 0; age < 720; age += 60)
                    for (int eve = 0; eve < 2; eve++)
                        steps_add(&steps, vaccine->groups, line->in_force.first - eve - age, 0, line->in_force.first - eve, &scratch);
            }
        }
}

// Every window of the rules is told with its law and its time in force; nothing is told twice.
static void the_lines_of_a_group_are_what_its_file_cites(void **state)
{
    (void)state;
    int windows = 0;
    for (int g = 0; g < group_count(rules); g++) {
        RuleLines lines = rule_lines_of(rules, g, &arena);
        int of_group = 0;
        VEC_EACH (const RuleLine, line, lines) {
            assert_true(line->law.len || line->words.len);
            assert_true(line->place.len > 0);
            of_group += line->kind == RULE_WINDOW;
            VEC_EACH (const RuleLine, other, lines)
                assert_true(other == line || other->kind != line->kind ||
                            !str_equal(other->law, line->law) ||
                            !str_equal(other->words, line->words) ||
                            other->in_force.first != line->in_force.first ||
                            other->in_force.last != line->in_force.last ||
                            other->by_person != line->by_person);
        }
        assert_true(of_group > 0);
        windows += of_group;
    }
    assert_true(windows > 30);
    RuleLines bcg = rule_lines_of(rules, group_find(rules, S("BCG")), &arena);
    int half_year = 0;
    VEC_EACH (const RuleLine, line, bcg)
        half_year += line->kind == RULE_WINDOW && line->in_force.last == day("2013-03-31");
    assert_true(half_year > 0);
}

static void periods_of_one_vaccine_are_one_name(void **state)
{
    (void)state;
    VaccineNames names = vaccine_names(rules, &arena);
    const VaccineName *first = vaccine_named(&names, rules, S("MR1"));
    assert_true(first && first == vaccine_named(&names, rules, S("MR4")));
    assert_null(vaccine_named(&names, rules, S("nobody")));
}

static int rules_opened(void **state)
{
    (void)state;
    Error err = {0};
    arena = arena_reserve((ptrdiff_t)256 << 20);
    return rules_embedded(&arena, &rules, &err) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_newborn_has_the_days_of_the_law),
        cmocka_unit_test(another_day_has_another_law),
        cmocka_unit_test(periods_follow_each_other),
        cmocka_unit_test(every_vaccine_ends_and_fits_its_picture),
        cmocka_unit_test(no_standard_time_outlives_the_right),
        cmocka_unit_test(the_lines_of_a_group_are_what_its_file_cites),
        cmocka_unit_test(periods_of_one_vaccine_are_one_name),
    };
    return cmocka_run_group_tests(tests, rules_opened, NULL);
}
