// A page of changes as the ledger's copy takes it: few questions, the same rows as one change at a time.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <string.h>

#include "ledger_desk_test.h"
#include "resident_plan.h"
#include "withheld_rows.h"

static const Keys *no_keys(void)
{
    return NULL;  // nobody here is protected
}

static PersonChange change_of(Desk *desk, int64_t change_no, int who, int32_t version_no, int32_t event_reason)
{
    PersonState state = person_state_empty();
    state.kind = RESIDENT_JAPANESE;
    state.status = STATUS_RESIDENT;
    state.sex = SEX_FEMALE;
    state.birth = (PartialDate){2024, 2, 29};
    state.household_no = S("000000000000007");
    state.name = S("高橋　花子");
    state.name_kana = S("タカハシ　ハナコ");
    state.municipality_code = S("401064");
    state.address = S("北九州市小倉北区馬借二丁目6番1号");
    PersonChange change = {.change_no = change_no,
                           .addressee_no = str_format(&desk->arena, "%015d", who),
                           .version_no = version_no,
                           .event_reason = event_reason,
                           .occurred_on = day_of(2026, 1, 1) + (Day)version_no,
                           .reported_on = DAY_NONE,
                           .recorded_at = change_no,
                           .state = state};
    *residence_spans_push(&change.residence, &desk->arena) = (ResidenceSpan){.first = day_of(2024, 2, 29), .last = DAY_NONE};
    return change;
}

static int64_t taken(Desk *desk, const PersonChangeRows *page)
{
    bool moved;
    int64_t news = 0;
    ResidentPlan plan;
    assert_true(resident_plan_begin(&plan, desk->store, no_keys(), page, &desk->arena, &desk->err));
    VEC_EACH (const PersonChange, change, *page) news += resident_plan_change(&plan, change);
    assert_true(resident_plan_write(&plan, &desk->act, &moved, &desk->err));
    assert_false(moved);
    return news;
}

static int64_t count(Desk *desk, const char *sql)
{
    int64_t number = -1;
    Query *q = query_begin(desk->store, sql, &desk->err);
    assert_non_null(q);
    if (query_next(q)) number = column_int64(q, 0);
    assert_true(query_end(q, &desk->err));
    return number;
}

static void a_page_costs_few_round_trips_a_change(void **state)
{
    Desk *desk = *state;
    enum { PAGE = 3000 };
    PersonChangeRows page = {0};
    for (int i = 1; i <= PAGE; i++) *person_changes_push(&page, &desk->arena) = change_of(desk, i, i, 1, 21);
    int64_t before = store_round_trips(desk->store);
    assert_int_equal(taken(desk, &page), PAGE);
    assert_true((store_round_trips(desk->store) - before) * 10 < PAGE);
    page.count = 0;
    for (int i = 1; i <= PAGE; i++) {
        PersonChange change = change_of(desk, PAGE + i, i, 2, 71);
        change.state.name = S("佐藤　花子");
        change.residence.at[0].last = day_of(2026, 10, 1);
        *person_changes_push(&page, &desk->arena) = change;
    }
    before = store_round_trips(desk->store);
    assert_int_equal(taken(desk, &page), PAGE);
    assert_true((store_round_trips(desk->store) - before) * 10 < PAGE);
    assert_int_equal(count(desk, "SELECT count(*) FROM person WHERE name = '佐藤　花子'"), PAGE);
    assert_int_equal(count(desk, "SELECT count(*) FROM residence WHERE to_act = 2147483647"), PAGE);
    assert_int_equal(taken(desk, &page), 0);  // once
}

// What one person goes through in a page, another one goes through a page at a time: the same rows stand.
static PersonChangeRows life_of(Desk *desk, int who)
{
    PersonChangeRows life = {0};
    int64_t no = who * 100;
    for (int32_t version = 1; version <= 5; version++)
        *person_changes_push(&life, &desk->arena) = change_of(desk, no + version, who, version, version == 1 ? 21 : 71);
    life.at[1].state.name = S("別　名");
    life.at[2].state.birth = (PartialDate){2024, 3, 1};
    life.at[2].residence.at[0].last = day_of(2026, 3, 1);
    *version_nos_push(&life.at[3].withdraws, &desk->arena) = 3;
    life.at[4].state.status = STATUS_MOVED_OUT;
    life.at[4].state.printed_name = PRINT_ALIAS;
    life.at[4].state.alias = S("通称　名");
    PersonChange again = change_of(desk, no + 6, who, 5, 42);  // the same number with another state
    again.state.name = S("最後　名");
    *person_changes_push(&life, &desk->arena) = again;
    return life;
}

static Str rows_of(Desk *desk, const char *sql, int columns, int who)
{
    Text text = {0};
    Query *q = query_begin(desk->store, sql, &desk->err);
    assert_non_null(q);
    bind_int64(q, 1, who);
    while (query_next(q)) {
        for (int i = 0; i < columns; i++)
            text_addf(&text, &desk->arena, "%.*s|", STR(column_is_null(q, i) ? S("-") : column_view(q, i)));
        text_addf(&text, &desk->arena, "\n");
    }
    assert_true(query_end(q, &desk->err));
    return text_str(&text);
}

static void two_changes_of_a_page_are_one_after_the_other(void **state)
{
    Desk *desk = *state;
    PersonChangeRows whole = life_of(desk, 1), single = life_of(desk, 2);
    assert_int_equal(taken(desk, &whole), whole.count);
    VEC_EACH (const PersonChange, change, single) {
        PersonChangeRows page = {0};
        *person_changes_push(&page, &desk->arena) = *change;
        assert_int_equal(taken(desk, &page), 1);
    }
    static const struct {
        const char *sql;
        int columns;
    } pictures[] = {
        {"SELECT name, birth, sex, status, protected, withdrawn, from_act FROM person WHERE person_id = $1", 7},
        {"SELECT birth, sex, to_act FROM person_before WHERE person_id = $1 ORDER BY before_id", 3},
        {"SELECT version_no, event_reason, name, birth, status, from_act, to_act FROM resident_version"
         " WHERE person_id = $1 ORDER BY version_id", 7},
        {"SELECT first_day, last_day, from_act, to_act FROM residence WHERE person_id = $1 ORDER BY span_id", 4},
        {"SELECT valid_from, valid_to, birth, name, alias, address FROM match_version WHERE person_id = $1"
         " ORDER BY valid_from, match_id", 6},
        {"SELECT name_key FROM match_name WHERE person_id = $1 ORDER BY name_key", 1},
    };
    for (ptrdiff_t i = 0; i < countof(pictures); i++) {
        Str one = rows_of(desk, pictures[i].sql, pictures[i].columns, 1);
        Str other = rows_of(desk, pictures[i].sql, pictures[i].columns, 2);
        if (!one.len || !str_equal(one, other)) fail_msg("%s:\n%.*s%.*s", pictures[i].sql, STR(one), STR(other));
    }
}

static void what_moved_meanwhile_is_seen_before_anything_is_written(void **state)
{
    Desk *desk = *state;
    bool moved;
    ResidentPlan plan;
    PersonChangeRows page = {0}, other = {0};
    *person_changes_push(&page, &desk->arena) = change_of(desk, 1, 1, 1, 21);
    *person_changes_push(&other, &desk->arena) = change_of(desk, 2, 2, 1, 21);
    assert_true(resident_plan_begin(&plan, desk->store, no_keys(), &page, &desk->arena, &desk->err));
    assert_true(resident_plan_change(&plan, &page.at[0]));
    assert_int_equal(taken(desk, &other), 1);
    assert_true(resident_plan_write(&plan, &desk->act, &moved, &desk->err));
    assert_true(moved);
    assert_int_equal(count(desk, "SELECT count(*) FROM person"), 1);
    assert_int_equal(taken(desk, &page), 1);  // decided again
}

static PersonChange posted(Desk *desk, int64_t change_no, int who, const char *address, int count)
{
    MailingAddresses all = {0};
    for (int i = 0; i < count; i++)
        *mailing_addresses_push(&all, &desk->arena) = (MailingAddress){(MailingPurpose)(i + 1), day_of(2026, 10, 1), day_of(2027, 3, 31),
                                                                       S("8020005"), str_of(address), {0}};
    return person_change_mailings(change_no, str_format(&desk->arena, "%015d", who), &all);
}

// What is told is all that stands: the same again changes nothing, what is not in it ends, and nobody unknown gets any.
static void where_post_goes_stands_as_it_was_told_last(void **state)
{
    Desk *desk = *state;
    PersonChangeRows page = {0};
    *person_changes_push(&page, &desk->arena) = change_of(desk, 1, 7, 1, 21);
    *person_changes_push(&page, &desk->arena) = posted(desk, 2, 7, "堺町", 2);
    *person_changes_push(&page, &desk->arena) = posted(desk, 3, 8, "堺町", 1);
    assert_int_equal(taken(desk, &page), 2);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address WHERE to_act = 2147483647"), 2);
    page.count = 0;
    *person_changes_push(&page, &desk->arena) = posted(desk, 4, 7, "堺町", 2);
    (void)taken(desk, &page);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address"), 2);
    page.count = 0;
    *person_changes_push(&page, &desk->arena) = posted(desk, 5, 7, "天神", 1);
    (void)taken(desk, &page);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address"), 3);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address WHERE to_act = 2147483647 AND address = '天神'"), 1);
    page.count = 0;
    *person_changes_push(&page, &desk->arena) = posted(desk, 6, 7, "", 0);
    (void)taken(desk, &page);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address WHERE to_act = 2147483647"), 0);
}

// Proves F-2-04: what the register gives no longer is in no version, ended ones neither; what it gives again comes again, once.
static void another_right_has_items_erased_and_told_again(void **state)
{
    Desk *desk = *state;
    PersonChangeRows page = {0};
    const ToldItems withheld = TOLD(person_field_item("phone")) | TOLD(TOLD_MAILINGS);
    for (int32_t version = 1; version <= 2; version++) {
        PersonChange change = change_of(desk, version, 7, version, version == 1 ? 21 : 71);
        change.state.phone = S("093-222-3333");
        change.state.relationship = S("子");
        *person_changes_push(&page, &desk->arena) = change;
    }
    *version_nos_push(&page.at[1].withdraws, &desk->arena) = 1;
    *person_changes_push(&page, &desk->arena) = posted(desk, 3, 7, "堺町", 1);
    assert_int_equal(taken(desk, &page), 3);
    assert_true(withheld_erase(desk->store, withheld, &desk->err));
    assert_int_equal(count(desk, "SELECT count(*) FROM resident_version WHERE phone IS NOT NULL"), 0);
    assert_int_equal(count(desk, "SELECT count(*) FROM resident_version WHERE relationship = '子'"), 2);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address"), 0);

    bool seen;
    PersonChangeRows told = {0};
    for (int i = 0; i < 2; i++)
        *person_changes_push(&told, &desk->arena) = person_change_seen(&page.at[i], withheld, &seen);
    assert_int_equal(taken(desk, &told), 2);
    assert_int_equal(taken(desk, &told), 0);
    assert_int_equal(count(desk, "SELECT count(*) FROM resident_version WHERE phone IS NOT NULL"), 0);
    assert_int_equal(count(desk, "SELECT count(*) FROM resident_version WHERE to_act = 2147483647"), 1);
    assert_int_equal(count(desk, "SELECT count(*) FROM person"), 1);

    assert_int_equal(taken(desk, &page), 1 + 2);  // the mailing address as well
    assert_int_equal(count(desk, "SELECT count(*) FROM resident_version WHERE to_act = 2147483647 AND phone = '093-222-3333'"), 1);
    assert_int_equal(count(desk, "SELECT count(*) FROM mailing_address WHERE to_act = 2147483647"), 1);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)
    const struct CMUnitTest tests[] = {
        STORY(a_page_costs_few_round_trips_a_change),
        STORY(two_changes_of_a_page_are_one_after_the_other),
        STORY(where_post_goes_stands_as_it_was_told_last),
        STORY(another_right_has_items_erased_and_told_again),
        STORY(what_moved_meanwhile_is_seen_before_anything_is_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
