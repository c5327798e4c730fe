// What must hold of every judgement, whatever the history: tried on seeded random people.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

enum { PEOPLE = 3000, DOSES_MOST = 9 };

// ---- Random people ------------------------------------------------------------------------------

typedef struct Person {
    Subject subject;
    SubjectFact facts[2];
    SubjectSpan spans[2];
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
    if (fact_kind(rules, p->facts[0].fact) == FACT_SPAN) return;
    switch (fact_kind(rules, p->facts[0].fact)) {
    case FACT_FLAG: p->facts[0].value = 1; break;
    case FACT_DATE: p->facts[0].value = p->subject.birth + below(seed, 12000); break;
    case FACT_NUMBER: p->facts[0].value = below(seed, 4); break;
    case FACT_LIST: p->facts[0].value = 1 + below(seed, 15); break;
    case FACT_SPAN: break;
    }
    p->subject.fact_count = 1;
}

// One that still holds, or was over after some years; most begin while the person is young.
static void spans_draw(const Schedule *rules, uint64_t *seed, Person *p)
{
    p->subject.spans = p->spans;
    if (below(seed, 3)) return;
    p->subject.span_count = 1 + below(seed, 2);
    for (int i = 0; i < p->subject.span_count; i++) {
        int group = below(seed, group_count(rules));
        int most = below(seed, 2) ? 1200 : 26000;
        Day began = p->subject.birth + below(seed, most), ended = began + below(seed, 1500);
        p->spans[i] = (SubjectSpan){fact_find(rules, S("special_circumstances")), group, began,
                                    below(seed, 6) ? ended : DAY_NONE};
    }
}

static void person_draw(const Schedule *rules, uint64_t seed, Person *p)
{
    uint64_t state = seed * 2862933555777941757ull + 3037000493u;
    static const int ages[] = {1, 3, 8, 15, 20, 60, 75, 103};
    *p = (Person){.as_of = day("2026-11-23") - below(&state, 4000)};
    p->subject.sex = (SubjectSex)below(&state, 3);
    p->subject.birth = p->as_of - below(&state, 366 * ages[below(&state, (int)countof(ages))]) - 1;
    facts_draw(rules, &state, p);
    spans_draw(rules, &state, p);
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
            .accepted_for =
                below(&state, 30) ? 0 : (uint64_t)1 << below(&state, group_count(rules)),
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
           a->window_first == b->window_first && a->reason_count == b->reason_count &&
           !memcmp(a->reasons, b->reasons, (size_t)a->reason_count * sizeof *a->reasons);
}

static bool next_same(const NextDose *a, const NextDose *b)
{
    if (a->position != b->position || a->earliest != b->earliest || a->last != b->last ||
        a->standard_from != b->standard_from || a->standard_to != b->standard_to ||
        a->offer_count != b->offer_count || a->shown_count != b->shown_count || a->row != b->row ||
        a->last_by_product_count != b->last_by_product_count)
        return false;
    for (int i = 0; i < a->offer_count; i++)
        if (a->offer[i] != b->offer[i]) return false;
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

static const GroupAssessment *group_in(const Assessment *assessment, int group)
{
    for (int i = 0; i < assessment->group_count; i++)
        if (assessment->groups[i].group == group) return &assessment->groups[i];
    return NULL;
}

// Who is asked for now is there, with the answer and the last safe day of one person alone; who is
// absent is asked for nothing.
static void expect_due(const House *house, CityPass *pass, const Person *p, const Assessment *one,
                       Arena arena)
{
    Assessment due = city_due(pass, &p->subject, history(p), &arena);
    for (int g = 0; g < one->group_count; g++) {
        const GroupAssessment *alone = &one->groups[g], *found = group_in(&due, g);
        bool asked = alone->status == STATUS_DUE || alone->status == STATUS_LATE;
        assert_true(found || !asked);
        if (!found) continue;
        assert_true(group_same(found, alone));
        if (!asked) continue;
        Day safe = last_safe(house->rules, &p->subject, history(p), alone, one->as_of, arena);
        assert_int_equal(city_last_safe(pass, &p->subject, history(p), found, arena), safe);
    }
}

static void a_city_pass_and_an_explained_run_give_the_same_answer(void **state)
{
    House *house = *state;
    Arena kept = house->arena, arena_of_people = arena_reserve((ptrdiff_t)256 << 20);
    Day today = day("2026-04-01");
    CityTable *table = city_table(house->rules, today, groups_all(house->rules), &kept);
    CityPass *passes[] = {city_pass(table, &kept), city_pass(table, &kept)};
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = arena_of_people;
        Person p;
        person_draw(house->rules, seed, &p);
        Day as_of = day("2026-04-01");
        Assessment one = assess(house->rules, &p.subject, history(&p), as_of, &arena);
        CityPass *pass = passes[seed & 1];  // one finds what the other has kept
        const Subject plain = {.birth = p.subject.birth, .sex = p.subject.sex};
        (void)city_assess(pass, &plain, (History){0}, &arena);  // of the same birth, without facts
        Assessment city = city_assess(pass, &p.subject, history(&p), &arena);
        expect_same(house, seed, &one, &city);
        expect_due(house, pass, &p, &one, arena);
        int g = (int)(seed % (uint64_t)one.group_count);
        Explanation explanation = {0};
        GroupAssessment told =
            assess_explained(house->rules, g, &p.subject, history(&p), as_of, &explanation, &arena);
        assert_true(group_same(&told, &one.groups[g]));
        assert_true(explanation.count > 0);
    }
    arena_release(arena_of_people);
}

// ---- Until when an answer holds -----------------------------------------------------------------

enum { PEOPLE_WAITED_FOR = 700, DAYS_WAITED = 500 };

// What may be promised, and how much of it is: days on which an answer stood, and turns on the very day named.
typedef struct Promises {
    int kept, turns;
} Promises;

// From day to day, as far as it goes.
static void expect_promises_kept(const House *house, const Person *p, uint64_t seed,
                                 const Assessment *now, Promises *promises)
{
    Arena people = house->arena;
    for (Day on = now->as_of + 1; on <= now->as_of + DAYS_WAITED; on++) {
        Arena arena = people;
        Assessment then = assess(house->rules, &p->subject, history(p), on, &arena);
        for (int g = 0; g < now->group_count; g++) {
            const GroupAssessment *a = &now->groups[g], *b = &then.groups[g];
            if (on > a->may_turn) continue;
            bool same = group_same(a, b);
            if (on < a->may_turn && !same) {
                char text[DAY_TEXT_SIZE];
                fail_msg("person %d, %.*s on %s", (int)seed, STR(group_id(house->rules, g)),
                         day_text(on, text));
            }
            promises->kept += on < a->may_turn;
            promises->turns += on == a->may_turn && !same;
        }
    }
}

static void an_answer_stands_until_the_day_it_names(void **state)
{
    const House *house = *state;
    Promises promises = {0};
    for (uint64_t seed = 1; seed <= PEOPLE_WAITED_FOR; seed++) {
        Arena arena = house->arena;
        House rest = *house;
        Person p;
        person_draw(house->rules, seed, &p);
        p.as_of -= (Day)(seed % 700);  // so that doses lie ahead as well
        if (p.as_of < p.subject.birth) continue;
        Assessment now = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        rest.arena = arena;
        expect_promises_kept(&rest, &p, seed, &now, &promises);
    }
    assert_true(promises.kept > PEOPLE_WAITED_FOR * 1000);
    assert_true(promises.turns > PEOPLE_WAITED_FOR);
}

static void a_city_pass_promises_what_one_person_alone_is_promised(void **state)
{
    House *house = *state;
    Arena kept = house->arena, arena_of_people = arena_reserve((ptrdiff_t)256 << 20);
    Day today = day("2026-04-01");
    CityTable *table = city_table(house->rules, today, groups_all(house->rules), &kept);
    CityPass *pass = city_pass(table, &kept);
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = arena_of_people;
        Person p;
        person_draw(house->rules, seed, &p);
        Assessment one = assess(house->rules, &p.subject, history(&p), today, &arena);
        Assessment city = city_assess(pass, &p.subject, history(&p), &arena);
        for (int g = 0; g < one.group_count; g++)
            assert_int_equal(city.groups[g].may_turn, one.groups[g].may_turn);
    }
    arena_release(arena_of_people);
}

// ---- Vague dates --------------------------------------------------------------------------------

static PartialDate whole_date(Day on)
{
    CivilDate c = civil_of(on);
    return (PartialDate){(int16_t)c.year, (int8_t)c.month, (int8_t)c.day};
}

static void whole_dates_on_paper_are_judged_as_dates(void **state)
{
    const House *house = *state;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        const PartialSubject on_paper = {
            whole_date(p.subject.birth), p.subject.sex,   p.subject.facts,
            p.subject.fact_count,        p.subject.spans, p.subject.span_count};
        PartialEntry entries[DOSES_MOST + 4];
        for (int i = 0; i < p.count; i++)
            entries[i] = (PartialEntry){whole_date(p.entries[i].given_on),
                                        p.entries[i].product,
                                        p.entries[i].funding,
                                        p.entries[i].override,
                                        p.entries[i].reference,
                                        p.entries[i].accepted_for};
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment b = assess_partial(house->rules, &on_paper, entries, p.count, p.as_of, &arena);
        expect_same(house, seed, &a, &b);
    }
}

// ---- Spans ---------------------------------------------------------------------------------------

static void a_span_bears_on_its_own_group_alone(void **state)
{
    const House *house = *state;
    int moved = 0;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = house->arena;
        Person p;
        person_draw(house->rules, seed, &p);
        Subject without = p.subject;
        without.span_count = 0;
        Assessment a = assess(house->rules, &p.subject, history(&p), p.as_of, &arena);
        Assessment b = assess(house->rules, &without, history(&p), p.as_of, &arena);
        for (int g = 0; g < a.group_count; g++) {
            bool own = false;
            for (int i = 0; i < p.subject.span_count; i++) own = own || p.spans[i].group == g;
            bool same = group_same(&a.groups[g], &b.groups[g]);
            if (!own && !same)
                fail_msg("person %d, %.*s", (int)seed, STR(group_id(house->rules, g)));
            moved += own && !same;
        }
    }
    assert_true(moved > 20);
}

// Of the codes that a window may give.
static bool has_window_code(const House *house, const DoseVerdict *dose)
{
    static const char *const codes[] = {"BEFORE_WINDOW", "AFTER_WINDOW", "NOT_TARGET_YEAR"};
    for (int r = 0; r < dose->reason_count; r++)
        for (ptrdiff_t i = 0; i < countof(codes); i++)
            if (str_equal(reason_text(house->rules, dose->reasons[r].code), str_of(codes[i])))
                return true;
    return false;
}

static DoseVerdict only_dose(const House *house, const Subject *subject, int group, int product,
                             Day on, Arena scratch)
{
    HistoryEntry entry = {.given_on = on, .product = product};
    GroupAssessment a =
        assess_group(house->rules, group, subject, (History){&entry, 1}, on, &scratch);
    return a.dose_count ? a.doses[0] : (DoseVerdict){.status = STATUS_NONE};
}

// On the days that are said to be open a dose is inside the window; on the days beside them the span
// changes no verdict. What a dose of today has given never counts.
static void a_dose_is_inside_the_window_where_a_span_opens_it(void **state)
{
    const House *house = *state;
    int opened = 0;
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Person p;
        person_draw(house->rules, seed, &p);
        Subject with = p.subject, without = p.subject;
        if (!p.subject.span_count) continue;
        with.span_count = 1;
        without.span_count = 0;
        int group = p.spans[0].group;
        for (int product = 0; product < product_count(house->rules); product++) {
            DaySpan opens;
            if (!group_lists(house->rules, group, product) ||
                !span_opens(house->rules, &with, (History){0}, &p.spans[0], product,
                            day("2026-11-29"), &opens, house->arena))
                continue;
            const Day inside[] = {opens.first, opens.last,
                                  opens.first + (opens.last - opens.first) / 2};
            const Day beside[] = {opens.first - 1, opens.last + 1};
            for (ptrdiff_t i = 0; i < countof(inside); i++) {
                DoseVerdict dose = only_dose(house, &with, group, product, inside[i], house->arena);
                if (has_window_code(house, &dose) ||
                    (dose.status == STATUS_VALID && dose.window_first < opens.first))
                    fail_msg("person %d, %.*s %.*s", (int)seed, STR(group_id(house->rules, group)),
                             STR(product_id(house->rules, product)));
            }
            for (ptrdiff_t i = 0; i < countof(beside); i++) {
                DoseVerdict a = only_dose(house, &with, group, product, beside[i], house->arena);
                DoseVerdict b = only_dose(house, &without, group, product, beside[i], house->arena);
                assert_int_equal(a.status, b.status);
                assert_int_equal(has_window_code(house, &a), has_window_code(house, &b));
            }
            assert_true(p.spans[0].ended <= opens.first);
            opened++;
        }
    }
    assert_true(opened > 50);
}

// ---- The search for the last safe date ---------------------------------------------------------

// Each later dose on its own first day: does the series finish?
static bool finishes(const House *house, const Person *p, int group, int product, Day on,
                     Arena scratch)
{
    HistoryEntry entries[DOSES_MOST + 16];
    memcpy(entries, p->entries, sizeof p->entries);
    for (int count = p->count; count < p->count + 8; count++) {
        entries[count] = (HistoryEntry){.given_on = on, .product = product};
        history_sort(entries, count + 1);
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

// Somebody of the same birth date who has had nothing came by before: what was kept of him or her must
// not be taken for the person's own.
static void a_city_pass_over_two_days_gives_the_answer_of_each(void **state)
{
    House *house = *state;
    Arena kept = house->arena, arena_of_people = arena_reserve((ptrdiff_t)256 << 20);
    Day days[2] = {day("2026-03-20"), day("2026-10-01")};
    CityPass *passes[2];
    for (int i = 0; i < 2; i++)
        passes[i] =
            city_pass(city_table(house->rules, days[i], groups_all(house->rules), &kept), &kept);
    for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
        Arena arena = arena_of_people;
        Person p;
        Assessment answers[2], alone[2];
        person_draw(house->rules, seed, &p);
        city_compare(passes, &p.subject, (History){0}, answers, &arena);
        city_compare(passes, &p.subject, history(&p), answers, &arena);
        for (int i = 0; i < 2; i++)
            alone[i] = assess(house->rules, &p.subject, history(&p), days[i], &arena);
        for (int g = 0; g < alone[0].group_count; g++) {
            const GroupAssessment *found = group_in(&answers[0], g);
            if (found) {
                assert_true(group_same(found, &alone[0].groups[g]));
                assert_true(group_same(group_in(&answers[1], g), &alone[1].groups[g]));
                continue;
            }
            const GroupAssessment *a = &alone[0].groups[g], *b = &alone[1].groups[g];
            assert_int_equal(a->status, b->status);
            assert_int_equal(a->has_next, b->has_next);
            if (a->has_next) assert_int_equal(a->next.position, b->next.position);
        }
    }
    arena_release(arena_of_people);
}

// A dose that is tried is meant for this group: an officer would leave to the one before it only what
// was given.
static Person with_prior_decided(const House *house, const Person *p, int group)
{
    Person decided = *p;
    int fact = fact_find(house->rules, S("je1_doses")), given = 0;
    if (!str_equal(group_id(house->rules, group), S("JE2"))) return decided;
    for (int i = 0; i < p->count; i++)
        given += group_lists(house->rules, group, p->entries[i].product) &&
                 p->entries[i].override != OVERRIDE_DOES_NOT_COUNT;
    bool known = p->subject.fact_count && p->facts[0].fact == fact;
    int64_t most = known ? p->facts[0].value : 3;
    decided.facts[0] = (SubjectFact){fact, given < most ? given : most};
    decided.subject.fact_count = 1;
    return decided;
}

// What `a` points to must live through it: `scratch` begins behind it.
static Day last_safe_by_walking(const House *house, const Person *p, const GroupAssessment *a,
                                int product, Arena scratch)
{
    Day last = a->next.last, floor = a->next.earliest;
    for (int i = 0; i < a->next.last_by_product_count; i++)
        if (a->next.last_by_product[i].product == product) last = a->next.last_by_product[i].day;
    for (int i = 0; i < a->dose_count; i++) {
        Day given_on = p->entries[a->doses[i].entry].given_on;
        if (given_on >= floor) floor = given_on + 1;
    }
    Person decided = with_prior_decided(house, p, a->group);
    decided.subject.facts = decided.facts;
    for (Day on = last; on >= floor; on--)
        if (finishes(house, &decided, a->group, product, on, scratch)) return on;
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
            Day walked = offered ? last_safe_by_walking(house, &p, &a, product, arena) : DAY_NONE;
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

// Where several series object to one dose, the money goes by this day.
static void a_judged_dose_says_when_its_window_began(void **state)
{
    const House *house = *state;
    Arena scratch = house->arena;
    static const struct {
        const char *given, *first[2];  // MR1, MR2
    } cases[] = {
        {"2021-03-31", {"", ""}},
        {"2021-04-01", {"2021-04-01", ""}},
        {"2022-06-01", {"2021-04-01", ""}},
        {"2026-03-31", {"2021-04-01", ""}},
        {"2026-04-01", {"2021-04-01", "2026-04-01"}},
    };
    static const char *const series[] = {"MR1", "MR2"};
    Subject child = {.birth = day("2020-04-02"), .sex = SUBJECT_FEMALE};
    for (int i = 0; i < (int)(countof(cases) * countof(series)); i++) {
        const char *given = cases[i / 2].given, *first = cases[i / 2].first[i % 2];
        HistoryEntry entry = {.given_on = day(given),
                              .product = product_by_id(house->rules, S("MR"))};
        GroupAssessment group =
            assess_group(house->rules, group_find(house->rules, str_of(series[i % 2])), &child,
                         (History){&entry, 1}, entry.given_on, &scratch);
        Day began = group.dose_count ? group.doses[0].window_first : DAY_NONE;
        if (began != (*first ? day(first) : DAY_NONE)) fail_msg("%s %s", given, series[i % 2]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_judged_dose_says_when_its_window_began),
        cmocka_unit_test(a_dose_has_reasons_exactly_when_it_is_invalid),
        cmocka_unit_test(doses_of_one_day_may_come_in_any_order),
        cmocka_unit_test(an_unrelated_inactivated_vaccine_changes_nothing),
        cmocka_unit_test(a_live_dose_never_moves_another_vaccines_last_day),
        cmocka_unit_test(judging_day_by_day_agrees_with_judging_at_once),
        cmocka_unit_test(verdicts_kept_for_another_day_give_the_same_answer),
        cmocka_unit_test(an_answer_stands_until_the_day_it_names),
        cmocka_unit_test(a_city_pass_promises_what_one_person_alone_is_promised),
        cmocka_unit_test(a_city_pass_and_an_explained_run_give_the_same_answer),
        cmocka_unit_test(a_city_pass_over_two_days_gives_the_answer_of_each),
        cmocka_unit_test(whole_dates_on_paper_are_judged_as_dates),
        cmocka_unit_test(a_span_bears_on_its_own_group_alone),
        cmocka_unit_test(a_dose_is_inside_the_window_where_a_span_opens_it),
        cmocka_unit_test(days_left_out_of_the_search_hide_no_last_safe_date),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
