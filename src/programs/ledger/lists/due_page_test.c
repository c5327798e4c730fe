// A page of who is due beside a file that touched many people: it answers at once, and says for how many it is of before.
// SPDX-License-Identifier: Apache-2.0
#include "due_page.h"

#include "ledger_desk_test.h"
#include "rules.h"
#include "standing_roll.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

enum { TODAY_SAFE = 20800, SCREEN_MOST = 1000, LIST_MOST = 20000 };

static Day today(void)
{
    return day_of(2026, 11, 30);
}

static void executed(Desk *d, const char *sql)
{
    if (!store_execute(d->store, sql, &d->err)) fail_msg("%s", sql);
}

// So many children of five for whom MR2 is kept as due, and whom an act touched after what is kept.
static Ledger city_of(Desk *d, int people)
{
    char sql[900];
    Ledger ledger = {.act = NEW(&d->arena, Act, 1)};
    *ledger.act = (Act){.store = d->store, .arena = &d->arena, .business_day = today()};
    assert_true(rules_embedded(&d->arena, &ledger.schedule, &d->err));
    assert_true(foreign_codes_embedded(ledger.schedule, &d->arena, &ledger.foreign, &d->err));
    assert_true(product_numbers_read(d->store, ledger.schedule, &d->arena, &ledger.products, &d->err));
    ledger.judge = judge_of(ledger.schedule, &ledger.products, &ledger.foreign, &d->arena);
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                   " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                   " SELECT i, CAST(410000000000000 + i AS text), '葛城　ひなた', 20210510, 2, 1, 0, 0, 1 FROM n",
                   people);
    executed(d, sql);
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO standing (person_id, series, status, contraindicated, no_letter, position, earliest, standard_from,"
                   " standard_to, last_day, last_safe, ward) SELECT person_id, 'MR2', 'due', 0, 0, '1', 20500, 20500, %d, %d, %d, '401064'"
                   " FROM person",
                   TODAY_SAFE, TODAY_SAFE, TODAY_SAFE);
    executed(d, sql);
    executed(d, "INSERT INTO standing_person (person_id, act_no, judged_on, turns_on, statuses) SELECT person_id, 0, 20700, 30000, ''"
                " FROM person");
    const StandingState kept = {.roll_no = 1, .judged_by = standing_judged_by(ledger.schedule, &d->arena), .act_no = 0, .day = today()};
    assert_true(standing_state_write(d->store, &kept, &d->err));
    assert_true(store_commit(d->store, &d->err));
    return ledger;
}

static bool is_there(Desk *d, const Ledger *ledger, bool as_kept, DuePage *page)
{
    bool there = false;
    const DuePageWanted wanted = {.due = {.as_of = today(), .groups = groups_all(ledger->schedule), .within = -1, .as_kept = as_kept},
                                  .page = {.after = {.last_safe = DAY_NONE}, .count = 50}};
    assert_true(due_page(ledger, &wanted, &d->arena, page, &there, &d->err));
    return there;
}

static DuePage asked(Desk *d, const Ledger *ledger, bool as_kept)
{
    DuePage page;
    assert_true(is_there(d, ledger, as_kept, &page));
    return page;
}

static void a_screen_shows_what_was_kept_where_many_were_touched(void **state)
{
    Desk *d = *state;
    const Ledger ledger = city_of(d, SCREEN_MOST + 1);
    const DuePage screen = asked(d, &ledger, true);
    assert_true(screen.behind);
    assert_int_equal(screen.total, SCREEN_MOST + 1);
    assert_int_equal(screen.counts.count, 1);
    assert_int_equal(screen.rows.count, 50);
    assert_int_equal(screen.rows.at[0].last_safe, TODAY_SAFE);
    assert_true(screen.more);
}

// The register knows no day on which they lived here: judged anew they are due for nothing, whatever was kept.
static void whoever_asks_for_the_list_itself_is_given_no_older_answer(void **state)
{
    Desk *d = *state;
    const Ledger ledger = city_of(d, SCREEN_MOST + 1);
    const DuePage list = asked(d, &ledger, false);
    assert_false(list.behind);
    assert_int_equal(list.total, 0);
}

static void a_list_that_would_judge_too_many_is_not_there_and_a_screen_is(void **state)
{
    DuePage page;
    Desk *d = *state;
    const Ledger ledger = city_of(d, LIST_MOST + 1);
    assert_false(is_there(d, &ledger, false, &page));
    assert_true(is_there(d, &ledger, true, &page));
    assert_int_equal(page.total, LIST_MOST + 1);
}

static void few_are_judged_at_the_screen_too(void **state)
{
    Desk *d = *state;
    const Ledger ledger = city_of(d, 40);
    const DuePage screen = asked(d, &ledger, true);
    assert_false(screen.behind);
    assert_int_equal(screen.total, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_screen_shows_what_was_kept_where_many_were_touched),
        STORY(whoever_asks_for_the_list_itself_is_given_no_older_answer),
        STORY(a_list_that_would_judge_too_many_is_not_there_and_a_screen_is),
        STORY(few_are_judged_at_the_screen_too),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
