// The office's own engine reads the lives of the city's people: whoever was vaccinated without a slip
// was vaccinated by the rules of that day.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "city_lifetime.h"
#include "city_population.h"
#include "rules.h"

#define RESIDENTS 3000

static City city;
static Arena arena;
static const Schedule *schedule;
static int products[PRODUCT_COUNT];

static int make_city(void **state)
{
    CityWish wish = {.residents = RESIDENTS, .seed = 11, .as_of = day_of(2026, 10, 31)};
    Error err = {0};
    (void)state;
    arena = arena_reserve((ptrdiff_t)256 << 20);
    if (!rules_embedded(&arena, &schedule, &err)) return -1;
    for (int i = 0; i < PRODUCT_COUNT; i++)
        products[i] = product_by_id(schedule, str_of(city_products[i].id));
    return population_make(&wish, &arena, &city, &err) ? 0 : -1;
}

static void every_product_of_the_city_is_one_of_the_rules(void **state)
{
    (void)state;
    for (int i = 0; i < PRODUCT_COUNT; i++)
        if (products[i] == PRODUCT_NONE) fail_msg("%s", city_products[i].id);
}

// A shared brand is told apart by age: the shingles vaccine of the old is the chickenpox vaccine of
// the young.
static void every_way_a_clinic_writes_a_product_means_that_product(void **state)
{
    (void)state;
    for (int i = 0; i < PRODUCT_COUNT; i++) {
        const ProductFacts *p = &city_products[i];
        const char *ways[] = {p->id, p->name, p->brand};
        Day birth = i == PRODUCT_ZVL ? day_of(1955, 5, 5) : day_of(2024, 5, 5);
        for (int w = 0; w < countof(ways); w++)
            if (product_find(schedule, str_of(ways[w]), birth, day_of(2026, 5, 5), arena) !=
                products[i])
                fail_msg("%s is not %s", ways[w], p->id);
    }
}

typedef struct Tally {
    int judged, unjudged, invalid;
} Tally;

static void tell(int32_t person, const CityDose *dose, const DoseVerdict *v)
{
    char birth[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
    print_message("person %d born %s: %s on %s:", person,
                  day_text(city.people[person].birth, birth), city_products[dose->product].id,
                  day_text(dose->on, on));
    for (int i = 0; i < v->reason_count; i++)
        print_message(" %.*s", STR(reason_text(schedule, v->reasons[i].code)));
    print_message("\n");
}

// As intake judges it: on the day of the dose, valid in one of the series that list the product.
static void judge(int32_t person, const Subject *subject, History history, int entry,
                  const CityDose *dose, Arena scratch, Tally *tally)
{
    Assessment a = assess(schedule, subject, history, dose->on, &scratch);
    const DoseVerdict *worst = NULL;
    bool valid = false;
    for (int g = 0; g < a.group_count; g++)
        for (int d = 0; d < a.groups[g].dose_count; d++) {
            const DoseVerdict *v = &a.groups[g].doses[d];
            if (v->entry != entry || v->status == STATUS_NOT_TARGET) continue;
            if (v->status == STATUS_VALID || v->status == STATUS_COUNTED)
                valid = true;
            else
                worst = v;
        }
    tally->judged++;
    tally->unjudged += !valid && !worst;
    if (valid || !worst) return;
    if (++tally->invalid <= 20) tell(person, dose, worst);
}

static void judge_life(int32_t person, const CityDoses *doses, Arena scratch, Tally *tally)
{
    const Person *p = &city.people[person];
    HistoryEntry *entries = NEW(&scratch, HistoryEntry, doses->count);
    SubjectFact due_date = {.fact = fact_find(schedule, S("edd"))};
    Subject subject = {
        .birth = p->birth, .sex = p->sex == 1 ? SUBJECT_MALE : SUBJECT_FEMALE, .facts = &due_date};
    for (int d = 0; d < doses->count; d++) {
        entries[d] =
            (HistoryEntry){.given_on = doses->at[d].on, .product = products[doses->at[d].product]};
        if (doses->at[d].due_date == DAY_NONE) continue;
        due_date.value = doses->at[d].due_date;
        subject.fact_count = 1;
    }
    History history = {entries, doses->count};
    for (int d = 0; d < doses->count; d++)
        judge(person, &subject, history, d, &doses->at[d], scratch, tally);
}

static void the_engine_finds_every_dose_valid_on_its_day(void **state)
{
    static CityDoses doses;
    Tally tally = {0};
    (void)state;
    for (int32_t i = 0; i < city.people_count; i++) {
        Arena scratch = arena;
        lifetime_doses(&city, i, city.as_of, &doses);
        judge_life(i, &doses, scratch, &tally);
    }
    print_message("judged %d, in no series %d, invalid %d\n", tally.judged, tally.unjudged,
                  tally.invalid);
    assert_true(tally.judged > RESIDENTS * 10);
    assert_int_equal(tally.invalid, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_product_of_the_city_is_one_of_the_rules),
        cmocka_unit_test(every_way_a_clinic_writes_a_product_means_that_product),
        cmocka_unit_test(the_engine_finds_every_dose_valid_on_its_day),
    };
    return cmocka_run_group_tests_name("the city before the engine", tests, make_city, NULL);
}
