// What must hold of every judgement, whatever the history: tried on seeded random people; and what
// the vectors' format cannot say: last safe dates, vague dates, names as clinics write them.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules.h"

enum { PEOPLE = 3000, DOSES_MOST = 9 };

typedef struct House {
    Arena arena;
    const Schedule *rules;
} House;

static Day day(const char *text)
{
    Day d;
    assert_true(day_read(text, (int)strlen(text), &d));
    return d;
}

static int house_open(void **state)
{
    static House house;
    Error err = {0};
    house.arena = arena_reserve((ptrdiff_t)1 << 30);
    if (!rules_embedded(&house.arena, &house.rules, &err)) return -1;
    *state = &house;
    return 0;
}

static int house_close(void **state)
{
    House *house = *state;
    arena_release(house->arena);
    return 0;
}

// ---- Random people ------------------------------------------------------------------------------

typedef struct Person {
    Subject subject;
    SubjectFact facts[2];
    HistoryEntry entries[DOSES_MOST + 4];
    int count;
    Day as_of;
} Person;

static uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 2685821657736338717ull;
}

static int below(uint64_t *state, int limit)
{
    return (int)(random_next(state) >> 33) % limit;
}

// Intervals that sit on and beside the edges of the law.
static const int steps[] = {0, 1, 6, 7, 20, 21, 27, 28, 57, 61, 90, 139, 140, 184, 365, 900, 2000};

static void facts_draw(const Schedule *rules, uint64_t *seed, Person *p)
{
    p->subject.facts = p->facts;
    if (below(seed, 4)) return;
    p->facts[0].fact = below(seed, fact_count(rules));
    switch (fact_kind(rules, p->facts[0].fact)) {
    case FACT_FLAG: p->facts[0].value = 1; break;
    case FACT_DATE: p->facts[0].value = p->subject.birth + below(seed, 12000); break;
    case FACT_NUMBER: p->facts[0].value = below(seed, 4); break;
    case FACT_LIST: p->facts[0].value = 1 + below(seed, 15); break;
    }
    p->subject.fact_count = 1;
}

static void person_draw(const Schedule *rules, uint64_t seed, Person *p)
{
    uint64_t state = seed * 2862933555777941757ull + 3037000493u;
    static const int ages[] = {1, 3, 8, 15, 20, 60, 75, 103};
    *p = (Person){.as_of = day("2026-11-23") - below(&state, 4000)};
    p->subject.sex = (SubjectSex)below(&state, 3);
    p->subject.birth = p->as_of - below(&state, 366 * ages[below(&state, (int)countof(ages))]) - 1;
    facts_draw(rules, &state, p);
    int kind = below(&state, product_count(rules)), doses = below(&state, DOSES_MOST + 1);
    Day on = p->subject.birth + below(&state, 30) + 30 * below(&state, 80);
    for (int i = 0; i < doses && on <= p->as_of; i++) {
        if (!below(&state, 3)) kind = below(&state, product_count(rules));
        p->entries[p->count++] = (HistoryEntry){
            .given_on = on,
            .product = kind,
            .funding = below(&state, 5) ? FUNDING_ROUTINE : FUNDING_VOLUNTARY,
            .override = below(&state, 20) ? OVERRIDE_NONE : (DoseOverride)(1 + below(&state, 2)),
            .reference = i,
        };
        on += steps[below(&state, (int)countof(steps))];
    }
}

static History history(const Person *p)
{
    return (History){p->entries, p->count};
}

static bool verdict_same(const DoseVerdict *a, const DoseVerdict *b)
{
    return a->entry == b->entry && a->position == b->position && a->status == b->status &&
           a->reason_count == b->reason_count &&
           !memcmp(a->reasons, b->reasons, (size_t)a->reason_count * sizeof *a->reasons);
}

static bool next_same(const NextDose *a, const NextDose *b)
{
    if (a->position != b->position || a->earliest != b->earliest || a->last != b->last ||
        a->standard_from != b->standard_from || a->standard_to != b->standard_to ||
        a->offer != b->offer || a->shown_count != b->shown_count || a->row != b->row ||
        a->last_by_product_count != b->last_by_product_count)
        return false;
    return !a->shown_count ||
           !memcmp(a->shown, b->shown, (size_t)a->shown_count * sizeof *a->shown);
}

static bool group_same(const GroupAssessment *a, const GroupAssessment *b)
{
    if (a->status != b->status || a->dose_count != b->dose_count || a->row != b->row ||
        a->has_next != b->has_next || a->series != b->series || !next_same(&a->next, &b->next))
        return false;
    for (int i = 0; i < a->dose_count; i++)
        if (!verdict_same(&a->doses[i], &b->doses[i])) return false;
    return true;
}

static void expect_same(const House *house, uint64_t seed, const Assessment *a, const Assessment *b)
{
    for (int g = 0; g < a->group_count; g++)
        if (!group_same(&a->groups[g], &b->groups[g]))
            fail_msg("person %d, %.*s differs", (int)seed, STR(group_id(house->rules, g)));
}

// ---- Properties ---------------------------------------------------------------------------------

static void a_dose_has_reasons_exactly_when_it_is_invalid(void **state)
{
    const House *house = *state;
    int invalid = 0, with_next = 0;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        for (int g = 0; g < a.group_count; g++) {
            const GroupAssessment *group = &a.groups[g];
            for (int i = 0; i < group->dose_count; i++) {
                assert_int_equal(group->doses[i].status == STATUS_INVALID,
                                 group->doses[i].reason_count > 0);
                invalid += group->doses[i].status == STATUS_INVALID;
            }
            bool open = group->status == STATUS_NOT_YET || group->status == STATUS_DUE ||
                        group->status == STATUS_LATE;
            assert_int_equal(group->has_next, open);
            if (open && group->next.last != DAY_NONE)
                assert_true(group->next.earliest <= group->next.last);
            with_next += open;
        }
    }
    assert_true(invalid > PEOPLE / 4);  // the generator reaches what the property is about
    assert_true(with_next > PEOPLE);
}

static void doses_of_one_day_may_come_in_any_order(void **state)
{
    const House *house = *state;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p, q;
        person_draw(house->rules, seed, &p);
        q = p;
        q.subject.facts = q.facts;
        // Swapping two different vaccines of one day changes nothing for a group that lists one.
        for (int i = 1; i < q.count; i++) {
            HistoryEntry a = q.entries[i - 1], b = q.entries[i];
            bool shared = false;
            for (int g = 0; g < group_count(house->rules); g++)
                shared = shared || (group_lists(house->rules, g, a.product) &&
                                    group_lists(house->rules, g, b.product));
            if (a.given_on != b.given_on || shared) continue;
            q.entries[i - 1] = b;
            q.entries[i] = a;
        }
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment b = assess(house->rules, &q.subject, history(&q), q.as_of, &arena);
        for (int g = 0; g < a.group_count; g++) {
            assert_int_equal(a.groups[g].status, b.groups[g].status);
            for (int i = 0; i < a.groups[g].dose_count; i++) {
                const DoseVerdict *x = &a.groups[g].doses[i], *y = &b.groups[g].doses[i];
                assert_int_equal(p.entries[x->entry].reference, q.entries[y->entry].reference);
                assert_int_equal(x->status, y->status);
                assert_int_equal(x->position, y->position);
            }
        }
    }
}

// After 2020-10-01 an inactivated vaccine bears on nobody else; a live one does not move a last day.
static void add_entry(Person *p, Day on, int product)
{
    p->entries[p->count++] = (HistoryEntry){.given_on = on, .product = product, .reference = 99};
    history_sort(p->entries, p->count);
}

static void an_unrelated_inactivated_vaccine_changes_nothing(void **state)
{
    const House *house = *state;
    int product = product_by_id(house->rules, S("RZV")), tried = 0;
    int own = group_find(house->rules, S("HZ"));
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p, q;
        person_draw(house->rules, seed, &p);
        q = p;
        q.subject.facts = q.facts;
        Day on = p.as_of - (Day)(seed % 1500);
        if (on < day("2020-10-01") || on < p.subject.birth) continue;
        add_entry(&q, on, product);
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment b = assess(house->rules, &q.subject, history(&q), q.as_of, &arena);
        for (int g = 0; g < a.group_count; g++) {
            if (g == own) continue;
            assert_int_equal(a.groups[g].status, b.groups[g].status);
            assert_true(next_same(&a.groups[g].next, &b.groups[g].next));
            for (int i = 0; i < a.groups[g].dose_count; i++)
                assert_int_equal(a.groups[g].doses[i].status, b.groups[g].doses[i].status);
        }
        tried++;
    }
    assert_true(tried > PEOPLE / 4);
}

static void a_live_dose_never_moves_another_vaccines_last_day(void **state)
{
    const House *house = *state;
    int product = product_by_id(house->rules, S("MUMPS")), moved = 0;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p, q;
        person_draw(house->rules, seed, &p);
        q = p;
        q.subject.facts = q.facts;
        add_entry(&q, p.as_of, product);
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment b = assess(house->rules, &q.subject, history(&q), q.as_of, &arena);
        for (int g = 0; g < a.group_count; g++) {
            if (!a.groups[g].has_next || !b.groups[g].has_next) continue;
            assert_int_equal(a.groups[g].next.last, b.groups[g].next.last);
            moved += a.groups[g].next.earliest != b.groups[g].next.earliest;
        }
    }
    assert_true(moved > 0);
}

// The verdict on a dose is the one it got on its own day; occasions are the only exception.
static void judging_day_by_day_agrees_with_judging_at_once(void **state)
{
    const House *house = *state;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        Assessment whole = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        for (int n = 0; n < p.count; n++) {
            if (n + 1 < p.count && p.entries[n + 1].given_on == p.entries[n].given_on) continue;
            Assessment then = assess(house->rules, &p.subject, (History){p.entries, n + 1},
                                     p.entries[n].given_on, &arena);
            for (int g = 0; g < then.group_count; g++) {
                if (group_depends_on_as_of(house->rules, g)) continue;
                for (int i = 0; i < then.groups[g].dose_count; i++)
                    if (!verdict_same(&then.groups[g].doses[i], &whole.groups[g].doses[i]))
                        fail_msg("person %d, %.*s", (int)seed, STR(group_id(house->rules, g)));
            }
        }
    }
}

static void verdicts_kept_for_another_day_give_the_same_answer(void **state)
{
    const House *house = *state;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        Day other = p.as_of - 200 + (Day)(seed % 400);
        if (other < p.subject.birth) continue;
        Evaluation *e = evaluate(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment kept = forecast(e, other, &arena);
        Assessment anew = assess(house->rules, &p.subject, history(&p), other, &arena);
        expect_same(house, seed, &anew, &kept);
    }
}

static void a_city_pass_and_an_explained_run_give_the_same_answer(void **state)
{
    House *house = *state;
    Arena kept = house->arena, arena_of_people = arena_reserve((ptrdiff_t)256 << 20);
    CityPass *pass = city_pass(house->rules, day("2026-04-01"), &kept);
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = arena_of_people;
        Person p;
        person_draw(house->rules, seed, &p);
        Day as_of = day("2026-04-01");
        Assessment one = assess(house->rules, &p.subject, history(&p), as_of, &arena);
        Assessment city = city_assess(pass, &p.subject, history(&p), &arena);
        expect_same(house, seed, &one, &city);
        int g = (int)(seed % (uint64_t)one.group_count);
        Explanation explanation = {0};
        GroupAssessment told =
            assess_explained(house->rules, g, &p.subject, history(&p), as_of, &explanation, &arena);
        assert_true(group_same(&told, &one.groups[g]));
        assert_true(explanation.count > 0);
    }
    arena_release(arena_of_people);
}

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
        if (got != day(row->expected))
            fail_msg("%s born %s: expected %s, got %s", row->group, row->birth, row->expected,
                     day_text(got, text));
    }
}

// Each later dose on its own first day: does the series finish?
static bool finishes(const House *house, const Person *p, int group, int product, Day on,
                     Arena scratch)
{
    HistoryEntry entries[DOSES_MOST + 16];
    memcpy(entries, p->entries, sizeof p->entries);
    for (int count = p->count; count < p->count + 8; count++) {
        entries[count] = (HistoryEntry){.given_on = on, .product = product};
        GroupAssessment a = assess_group(house->rules, group, &p->subject,
                                         (History){entries, count + 1}, on, &scratch);
        if (a.status == STATUS_COMPLETE) return true;
        if (!a.has_next) return false;
        bool offered = !a.next.offer_count;
        for (int i = 0; i < a.next.offer_count; i++)
            offered = offered || a.next.offer[i] == product;
        if (!offered) product = a.next.offer[0];
        on = a.next.earliest > on ? a.next.earliest : on + 1;
        if (a.next.last != DAY_NONE && on > a.next.last) return false;
    }
    return false;
}

static Day last_safe_by_walking(const House *house, const Person *p, const GroupAssessment *a,
                                int product)
{
    Day last = a->next.last, floor = a->next.earliest;
    for (int i = 0; i < a->next.last_by_product_count; i++)
        if (a->next.last_by_product[i].product == product) last = a->next.last_by_product[i].day;
    if (p->count && p->entries[p->count - 1].given_on > floor)
        floor = p->entries[p->count - 1].given_on;
    for (Day on = last; on >= floor; on--)
        if (finishes(house, p, a->group, product, on, house->arena)) return on;
    return DAY_NONE;
}

static void days_left_out_of_the_search_hide_no_last_safe_date(void **state)
{
    const House *house = *state;
    int found = 0, none = 0;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        int g = (int)(seed % (uint64_t)group_count(house->rules));
        GroupAssessment a = assess_group(house->rules, g, &p.subject, history(&p), p.as_of, &arena);
        if (!a.has_next || a.next.last == DAY_NONE || a.next.last - a.next.earliest > 1500)
            continue;
        for (int product = 0; product < product_count(house->rules); product++) {
            Day got =
                last_safe_with(house->rules, &p.subject, history(&p), &a, product, p.as_of, arena);
            bool offered = group_lists(house->rules, g, product) && !a.next.offer_count;
            for (int i = 0; i < a.next.offer_count; i++)
                offered = offered || a.next.offer[i] == product;
            Day walked = offered ? last_safe_by_walking(house, &p, &a, product) : DAY_NONE;
            if (got != walked)
                fail_msg("person %d, %.*s, %.*s: %d days apart", (int)seed,
                         STR(group_id(house->rules, g)), STR(product_id(house->rules, product)),
                         got - walked);
            found += got != DAY_NONE;
            none += offered && got == DAY_NONE;
        }
    }
    assert_true(found > 100);
    assert_true(none > 0);
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
        cmocka_unit_test(a_dose_has_reasons_exactly_when_it_is_invalid),
        cmocka_unit_test(doses_of_one_day_may_come_in_any_order),
        cmocka_unit_test(an_unrelated_inactivated_vaccine_changes_nothing),
        cmocka_unit_test(a_live_dose_never_moves_another_vaccines_last_day),
        cmocka_unit_test(judging_day_by_day_agrees_with_judging_at_once),
        cmocka_unit_test(verdicts_kept_for_another_day_give_the_same_answer),
        cmocka_unit_test(a_city_pass_and_an_explained_run_give_the_same_answer),
        cmocka_unit_test(the_last_safe_date_still_lets_the_series_finish),
        cmocka_unit_test(days_left_out_of_the_search_hide_no_last_safe_date),
        cmocka_unit_test(a_birth_month_is_enough_when_both_its_ends_agree),
        cmocka_unit_test(a_birth_date_quite_unknown_is_a_persons_work),
        cmocka_unit_test(a_dose_of_a_known_month_counts_when_every_day_of_it_does),
        cmocka_unit_test(a_vague_month_ends_today_at_the_latest),
        cmocka_unit_test(two_vague_doses_must_hold_at_their_nearest),
        cmocka_unit_test(clinics_spellings_find_the_product),
        cmocka_unit_test(a_reason_leads_to_its_law_and_words),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
