// Who gets a letter (immunization.md 9.1), one rule at a time.
// SPDX-License-Identifier: Apache-2.0
#include "notice_rule.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Day today(void)
{
    return day_of(2026, 11, 2);
}

static NoticeRow letter(Day mailed_on, const char *series)
{
    return (NoticeRow){.series = str_of(series),
                       .position = S("1"),
                       .kind = S("invitation"),
                       .mailed_on = mailed_on};
}

static NoticeVerdict ask(const DueRow *row, const FactRow *fact, const NoticeRow *letters,
                         int count)
{
    FactRow one = fact ? *fact : (FactRow){0};
    NoticeRow sent[4];
    for (int i = 0; i < count; i++) sent[i] = letters[i];
    FactRows facts = {.at = &one, .count = fact ? 1 : 0};
    NoticeRows history = {.at = sent, .count = count};
    return notice_verdict(row, S("HPV"), S("1"), &facts, &history, today());
}

static void a_girl_of_whom_nothing_is_known_gets_her_letter(void **state)
{
    (void)state;
    assert_int_equal(ask(&(DueRow){.status = STATUS_DUE}, NULL, NULL, 0), NOTICE_SEND);
}

// 9.1: the first letter goes out in spite of a refusal, however late; what stops is the reminder.
static void a_refusal_stops_reminders_and_not_the_first_letter(void **state)
{
    NoticeRow invitation = letter(today() - 120, "HPV");
    DueRow late = {.status = STATUS_LATE, .last = DAY_NONE, .last_safe = DAY_NONE};
    FactRow refusal = {
        .kind = S("refusal"), .subject = S("HPV"), .since = today() - 10, .until = DAY_NONE};
    (void)state;
    assert_int_equal(ask(&late, &refusal, NULL, 0), NOTICE_SEND);
    assert_int_equal(ask(&late, &refusal, &invitation, 1), NOTICE_REFUSED);
    refusal.subject = S("MR1");  // of another vaccine (case 77)
    assert_int_equal(ask(&late, &refusal, &invitation, 1), NOTICE_REMIND);
    refusal.subject = S("");
    refusal.until = today() - 1;  // withdrawn yesterday
    assert_int_equal(ask(&late, &refusal, &invitation, 1), NOTICE_REMIND);
}

// 9.2: late; last safe date within 60 days; last day within 30. Not before.
static void who_was_invited_is_reminded_when_it_presses(void **state)
{
    NoticeRow invitation = letter(today() - 120, "HPV");
    const struct {
        DueRow row;
        NoticeVerdict verdict;
    } cases[] = {
        {{.status = STATUS_LATE, .last = DAY_NONE, .last_safe = DAY_NONE}, NOTICE_REMIND},
        {{.status = STATUS_DUE, .last = DAY_NONE, .last_safe = DAY_NONE}, NOTICE_WRITTEN},
        {{.status = STATUS_DUE, .last = today() + 900, .last_safe = today() + 60}, NOTICE_REMIND},
        {{.status = STATUS_DUE, .last = today() + 900, .last_safe = today() + 61}, NOTICE_WRITTEN},
        {{.status = STATUS_DUE, .last = today() + 30, .last_safe = DAY_NONE}, NOTICE_REMIND},
        {{.status = STATUS_DUE, .last = today() + 31, .last_safe = DAY_NONE}, NOTICE_WRITTEN},
    };
    (void)state;
    for (int i = 0; i < countof(cases); i++)
        assert_int_equal(ask(&cases[i].row, NULL, &invitation, 1), cases[i].verdict);
}

static void one_series_is_reminded_of_once_in_three_months(void **state)
{
    NoticeRow soon = letter(today() - 92, "HPV"), long_ago = letter(today() - 93, "HPV");
    NoticeRow again[] = {letter(today() - 200, "HPV"), letter(today() - 92, "HPV")};
    NoticeRow other[] = {letter(today() - 200, "HPV"), letter(today() - 40, "MR1")};
    DueRow late = {.status = STATUS_LATE, .last = DAY_NONE, .last_safe = DAY_NONE};
    (void)state;
    again[1].position = S("2");  // of another dose: the series counts
    again[1].kind = S("reminder");
    assert_int_equal(ask(&late, NULL, &soon, 1), NOTICE_WRITTEN);
    assert_int_equal(ask(&late, NULL, &long_ago, 1), NOTICE_REMIND);
    assert_int_equal(ask(&late, NULL, again, 2), NOTICE_WRITTEN);
    assert_int_equal(ask(&late, NULL, other, 2), NOTICE_REMIND);
    again[1].kind = S("invitation");  // to the next dose: no reminder yet
    assert_int_equal(ask(&late, NULL, again, 2), NOTICE_REMIND);
}

static void returned_mail_and_contraindications_hold_every_letter(void **state)
{
    FactRow returned = {.kind = S("mail_returned"), .since = today() - 3, .until = DAY_NONE};
    DueRow held = {.status = STATUS_DUE, .contraindicated = true};
    (void)state;
    assert_int_equal(ask(&(DueRow){.status = STATUS_DUE}, &returned, NULL, 0),
                     NOTICE_MAIL_RETURNED);
    assert_int_equal(ask(&held, NULL, NULL, 0), NOTICE_CONTRAINDICATED);
    DueRow covered = {.status = STATUS_DUE, .no_letter = true};
    assert_int_equal(ask(&covered, NULL, NULL, 0), NOTICE_BY_RULE);
}

static void nobody_is_written_to_twice_about_one_dose_nor_three_times_a_month(void **state)
{
    NoticeRow same = letter(today() - 60, "HPV");
    NoticeRow two[] = {letter(today() - 29, "MR1"), letter(today() - 5, "VAR")};
    NoticeRow one_day[] = {letter(today() - 5, "MR1"), letter(today() - 5, "VAR")};
    NoticeRow old[] = {letter(today() - 30, "MR1"), letter(today() - 5, "VAR")};
    DueRow row = {.status = STATUS_DUE};
    (void)state;
    assert_int_equal(ask(&row, NULL, &same, 1), NOTICE_WRITTEN);
    assert_int_equal(ask(&row, NULL, two, 2), NOTICE_CAPPED);
    assert_int_equal(ask(&row, NULL, one_day, 2), NOTICE_SEND);
    assert_int_equal(ask(&row, NULL, old, 2), NOTICE_SEND);
}

static void of_two_reminders_the_dose_that_is_lost_sooner_comes_first(void **state)
{
    (void)state;
    const DueRow years = {.last = today() + 900, .last_safe = today() + 400},
                 month = {.last = today() + 900, .last_safe = today() + 30},
                 passed = {.last = today() + 100, .last_safe = today() - 1},
                 endless = {.last = DAY_NONE, .last_safe = DAY_NONE};
    const DueRow *order[] = {&month, &passed, &years, &endless};
    for (int i = 0; i + 1 < countof(order); i++) {
        assert_true(notice_presses_more(order[i], order[i + 1], today()));
        assert_false(notice_presses_more(order[i + 1], order[i], today()));
    }
    assert_false(notice_presses_more(&month, &month, today()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_two_reminders_the_dose_that_is_lost_sooner_comes_first),
        cmocka_unit_test(a_girl_of_whom_nothing_is_known_gets_her_letter),
        cmocka_unit_test(a_refusal_stops_reminders_and_not_the_first_letter),
        cmocka_unit_test(who_was_invited_is_reminded_when_it_presses),
        cmocka_unit_test(one_series_is_reminded_of_once_in_three_months),
        cmocka_unit_test(returned_mail_and_contraindications_hold_every_letter),
        cmocka_unit_test(nobody_is_written_to_twice_about_one_dose_nor_three_times_a_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
