// What is kept of a person holds on every day up to the one it names, and is what a pass finds.
// SPDX-License-Identifier: Apache-2.0
#include "standing_judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "person_state.h"
#include "rules.h"

enum { DAYS_FOLLOWED = 900 };

typedef struct Town {
    Arena arena, tables;  // of people; of a pass
    Ledger ledger;
} Town;

// Ledger numbers of products are those of the rules, one greater.
static Products products_of(const Schedule *rules, Arena *arena)
{
    int32_t count = product_count(rules) + 1;
    int32_t *rule_of = NEW(arena, int32_t, count);
    Str *code_of = NEW(arena, Str, count);
    rule_of[0] = PRODUCT_NONE;
    for (int32_t n = 1; n < count; n++) {
        rule_of[n] = n - 1;
        code_of[n] = product_id(rules, n - 1);
    }
    return (Products){.rule_of = rule_of, .code_of = code_of, .count = count};
}

static int town_open(void **state)
{
    static Town town;
    Error err = {0};
    town.arena = arena_reserve((ptrdiff_t)1 << 30);
    town.tables = arena_reserve((ptrdiff_t)1 << 30);
    Ledger *ledger = &town.ledger;
    if (!rules_embedded(&town.arena, &ledger->schedule, &err)) return -1;
    ledger->products = products_of(ledger->schedule, &town.arena);
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, &town.arena);
    *state = &town;
    return 0;
}

static int town_close(void **state)
{
    const Town *town = *state;
    arena_release(town->arena);
    arena_release(town->tables);
    return 0;
}

static Day today(void)
{
    return day_of(2026, 10, 1);
}

static PartialDate written(Day day)
{
    CivilDate c = civil_of(day);
    return (PartialDate){(int16_t)c.year, (int8_t)c.month, (int8_t)c.day};
}

// Rows of one made-up person; what is not said is empty.
typedef struct Rows {
    CityPerson person;
    DoseRow doses[4];
    FactRow facts[4];
    SpanRow spans[3];
} Rows;

static void lives(Rows *rows, Day first, Day last, ResidenceEnd end)
{
    SpanRows *spans = &rows->person.spans;
    rows->spans[spans->count] = (SpanRow){.span = {first, last, end}};
    *spans = (SpanRows){rows->spans, spans->count + 1, countof(rows->spans)};
}

static void born(Rows *rows, Day birth)
{
    rows->person.birth = written(birth);
    rows->person.sex = 2;
    rows->person.status = STATUS_RESIDENT;
}

static void given(const Town *town, Rows *rows, const char *product, Day day)
{
    DoseRows *doses = &rows->person.doses;
    rows->doses[doses->count] =
        (DoseRow){.product_no = product_by_id(town->ledger.schedule, str_of(product)) + 1,
                  .given_on = written(day)};
    *doses = (DoseRows){rows->doses, doses->count + 1, countof(rows->doses)};
}

static void knows(Rows *rows, const char *kind, const char *subject, const char *value, Day since,
                  Day until)
{
    FactRows *facts = &rows->person.facts;
    rows->facts[facts->count] = (FactRow){.kind = str_of(kind),
                                          .subject = str_of(subject),
                                          .value = str_of(value),
                                          .since = since,
                                          .until = until};
    *facts = (FactRows){rows->facts, facts->count + 1, countof(rows->facts)};
}

static CityPass *pass_of(const Town *town, Day day, Arena *arena)
{
    const Schedule *rules = town->ledger.schedule;
    return city_pass(city_table(rules, day, groups_all(rules), arena), arena);
}

// From turn to turn: how often the standing became another one. Each is asked of a pass as well.
static int turns_followed(const Town *town, const Rows *rows, int *named)
{
    Arena arena = town->arena;
    const CityPerson *person = &rows->person;
    int turns = 0;
    Standing stands = standing_of(&town->ledger, NULL, person, today(), &arena);
    for (Day on = today(); on <= today() + DAYS_FOLLOWED; on++) {
        Arena again = arena;
        Standing fresh = standing_of(&town->ledger, NULL, person, on, &again);
        Str was = standing_words(town->ledger.schedule, &stands, &again);
        bool same = str_equal(was, standing_words(town->ledger.schedule, &fresh, &again));
        if (on < stands.turns_on && !same)
            fail_msg("another one after %d days, and was to hold for %d:\n%.*s", on - today(),
                     stands.turns_on - today(), STR(was));
        if (on < stands.turns_on) continue;
        Arena tables = town->tables;
        Standing passed =
            standing_of(&town->ledger, pass_of(town, on, &tables), person, on, &again);
        assert_true(str_equal(standing_words(town->ledger.schedule, &fresh, &again),
                              standing_words(town->ledger.schedule, &passed, &again)));
        assert_int_equal(passed.turns_on, fresh.turns_on);
        turns += !same;
        ++*named;
        stands = standing_of(&town->ledger, NULL, person, on, &arena);
    }
    return turns;
}

static void expect_turns(const Town *town, const Rows *rows, int least, int named_most)
{
    int named = 0;
    assert_in_range(turns_followed(town, rows, &named), least, DAYS_FOLLOWED);
    assert_in_range(named, least, named_most);
}

static void a_child_turns_from_one_dose_to_the_next(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 100);
    lives(&rows, today() - 100, DAY_NONE, RESIDENCE_OPEN);
    given(town, &rows, "DPT-IPV-HIB", today() - 30);
    given(town, &rows, "DPT-IPV-HIB", today() + 20);  // registered ahead of its day
    expect_turns(town, &rows, 10, 80);
}

static void an_old_person_turns_with_the_year(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 64 * 365);
    lives(&rows, DAY_NONE, DAY_NONE, RESIDENCE_OPEN);
    expect_turns(town, &rows, 3, 40);
}

static void a_contraindication_turns_where_it_begins_and_after_it_ends(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 3000);
    lives(&rows, DAY_NONE, DAY_NONE, RESIDENCE_OPEN);
    knows(&rows, "contraindication", "JE1", "", today() + 5, today() + 9);
    Arena arena = town->arena;
    Standing stands = standing_of(&town->ledger, NULL, &rows.person, today(), &arena);
    assert_int_equal(stands.turns_on, today() + 5);
    stands = standing_of(&town->ledger, NULL, &rows.person, today() + 5, &arena);
    assert_int_equal(stands.turns_on, today() + 10);
    expect_turns(town, &rows, 2, 40);
}

static void who_comes_goes_or_dies_turns_on_that_day(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 900);
    lives(&rows, today() + 30, today() + 60, RESIDENCE_PLANNED);
    lives(&rows, today() + 90, today() + 200, RESIDENCE_DEAD);
    Arena arena = town->arena;
    Standing stands = standing_of(&town->ledger, NULL, &rows.person, today(), &arena);
    assert_int_equal(stands.statuses.len, 0);
    assert_int_equal(stands.turns_on, today() + 30);
    stands = standing_of(&town->ledger, NULL, &rows.person, today() + 199, &arena);
    assert_true(stands.statuses.len > 0);
    stands =
        standing_of(&town->ledger, NULL, &rows.person, today() + 200, &arena);  // the day of death
    assert_int_equal(stands.statuses.len, 0);
    expect_turns(town, &rows, 4, 80);
}

static void who_is_yet_to_be_born_is_nobody_until_then(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() + 10);
    lives(&rows, DAY_NONE, DAY_NONE, RESIDENCE_OPEN);
    expect_turns(town, &rows, 5, 90);
}

static void vague_dates_are_judged_anew_every_day(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 400);
    rows.person.birth.day = 0;
    lives(&rows, DAY_NONE, DAY_NONE, RESIDENCE_OPEN);
    Arena arena = town->arena;
    Standing stands = standing_of(&town->ledger, NULL, &rows.person, today(), &arena);
    assert_int_equal(stands.turns_on, today() + 1);
}

static void who_has_moved_away_says_nothing_for_ever(void **state)
{
    const Town *town = *state;
    Rows rows = {0};
    born(&rows, today() - 400);
    rows.person.status = STATUS_RESIDENT + 1;
    lives(&rows, today() - 400, today() - 5, RESIDENCE_MOVED_OUT);
    Arena arena = town->arena;
    Standing stands = standing_of(&town->ledger, NULL, &rows.person, today(), &arena);
    assert_int_equal(stands.statuses.len, 0);
    assert_int_equal(stands.next_count, 0);
    assert_int_equal(stands.turns_on, DAY_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_turns_from_one_dose_to_the_next),
        cmocka_unit_test(an_old_person_turns_with_the_year),
        cmocka_unit_test(a_contraindication_turns_where_it_begins_and_after_it_ends),
        cmocka_unit_test(who_comes_goes_or_dies_turns_on_that_day),
        cmocka_unit_test(who_is_yet_to_be_born_is_nobody_until_then),
        cmocka_unit_test(vague_dates_are_judged_anew_every_day),
        cmocka_unit_test(who_has_moved_away_says_nothing_for_ever),
    };
    return cmocka_run_group_tests(tests, town_open, town_close);
}
