// Every row of immunization.md 5.6, and what lies just beside it.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dose_sameness.h"

enum { D = 1, P = 2, T = 4, POLIO = 8, HIB = 16, MEASLES = 32, RUBELLA = 64, FLU = 128, VZV = 256 };
enum { S_DPTIPV = 1, S_HIB = 2, S_MR = 4, S_INF = 8, S_VAR = 16 };

typedef enum Made { FIVE, FOUR, HIB1, MR, M, R, INF, VAR } Made;

static const struct {
    uint64_t series, components;
    bool seasonal;
} products[] = {
    [FIVE] = {S_DPTIPV | S_HIB, D | P | T | POLIO | HIB, false},
    [FOUR] = {S_DPTIPV, D | P | T | POLIO, false},
    [HIB1] = {S_HIB, HIB, false},
    [MR] = {S_MR, MEASLES | RUBELLA, false},
    [M] = {S_MR, MEASLES, false},
    [R] = {S_MR, RUBELLA, false},
    [INF] = {S_INF, FLU, true},
    [VAR] = {S_VAR, VZV, false},
};

typedef struct Told {
    Made product;
    PartialDate on;
    const char *clinic, *lot;
    int provenance;
} Told;

static KnownDose dose(Told told, int64_t ref)
{
    return (KnownDose){
        .ref = ref,
        .given = true,
        .given_on = told.on,
        .product = (int32_t)told.product,
        .series = products[told.product].series,
        .components = products[told.product].components,
        .seasonal = products[told.product].seasonal,
        .provenance = told.provenance ? told.provenance : PROVENANCE_CLINIC,
        .clinic = str_of(told.clinic),
        .lot = str_of(told.lot),
        .claimed = !told.provenance,
    };
}

typedef struct Comparison {
    Told stored, incoming;
    Sameness sameness;
    SamenessDoubt doubt;
    const char *why;
} Comparison;

static const Comparison comparisons[] = {
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, "A", "L1"},
     SAME_DUPLICATE,
     0,
     "the same in all"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, NULL, NULL},
     SAME_DUPLICATE,
     0,
     "clinic and lot missing"},
    {{VAR, {2025, 5, 10}, "A", NULL},
     {VAR, {2025, 5, 10}, "A", "L1"},
     SAME_DUPLICATE,
     0,
     "lot known later"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     301,
     "another lot"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, "B", "L1"},
     SAME_DOUBT,
     301,
     "another clinic"},
    {{VAR, {2025, 5, 10}, "A", "L1"}, {VAR, {2025, 9, 20}, "A", "L1"}, SAME_NONE, 0, "another day"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {HIB1, {2025, 5, 10}, "A", "L1"},
     SAME_NONE,
     0,
     "another vaccine on one day"},
    {{MR, {2025, 5, 10}, "A", "L1"},
     {M, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     305,
     "MR and its part"},
    {{M, {2025, 5, 10}, "A", "L1"},
     {R, {2025, 5, 10}, "A", "L2"},
     SAME_NONE,
     0,
     "M and R singly: two records"},
    {{FIVE, {2025, 5, 10}, "A", "L1"},
     {HIB1, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     305,
     "Hib double"},
    {{HIB1, {2025, 5, 10}, "A", "L1"},
     {FIVE, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     305,
     "Hib double, other order"},
    {{FOUR, {2025, 5, 10}, "A", "L1"},
     {HIB1, {2025, 5, 10}, "A", "L2"},
     SAME_NONE,
     0,
     "nothing in common"},
    {{FIVE, {2025, 5, 10}, "A", "L1"},
     {HIB1, {2025, 6, 20}, "A", "L2"},
     SAME_NONE,
     0,
     "another day"},
    // D303: only where one was copied.
    {{VAR, {2025, 5, 10}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 11}, "A", "L1"},
     SAME_DOUBT,
     303,
     "section 13, 68"},
    {{VAR, {2025, 5, 10}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 7}, "A", "L1"},
     SAME_DOUBT,
     303,
     "three days before"},
    {{VAR, {2025, 5, 10}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 14}, "A", "L1"},
     SAME_NONE,
     0,
     "four days after"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 11}, "A", "L1"},
     SAME_NONE,
     0,
     "both from clinics: the engine judges"},
    {{VAR, {2025, 5, 10}, NULL, NULL, PROVENANCE_WIDE_AREA},
     {VAR, {2025, 5, 11}, "A", "L1"},
     SAME_NONE,
     0,
     "P2 is no copy"},
    {{M, {2025, 5, 10}, NULL, NULL, PROVENANCE_BOOKLET},
     {R, {2025, 5, 11}, "A", "L1"},
     SAME_NONE,
     0,
     "nothing in common"},
    // D304.
    {{VAR, {2024, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     304,
     "a year apart"},
    {{VAR, {2023, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 10}, "A", "L2"},
     SAME_NONE,
     0,
     "two years apart"},
    {{INF, {2024, 11, 10}, "A", "L1"},
     {INF, {2025, 11, 10}, "A", "L2"},
     SAME_NONE,
     0,
     "seasonal: honest"},
    {{VAR, {2025, 3, 5}, "A", "L1"},
     {VAR, {2025, 5, 3}, "A", "L2"},
     SAME_DOUBT,
     304,
     "day and month exchanged"},
    {{INF, {2025, 11, 12}, "A", "L1"},
     {INF, {2025, 12, 11}, "A", "L2"},
     SAME_DOUBT,
     304,
     "also of seasonal ones"},
    {{VAR, {2025, 5, 5}, "A", "L1"},
     {VAR, {2024, 5, 6}, "A", "L2"},
     SAME_NONE,
     0,
     "a year and a day apart"},
    {{FOUR, {2024, 5, 10}, "A", "L1"},
     {FIVE, {2025, 5, 10}, "A", "L2"},
     SAME_DOUBT,
     304,
     "one series, other product"},
    // Partial dates.
    {{VAR, {2025, 5, 0}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 10}, "A", "L1"},
     SAME_DUPLICATE,
     0,
     "the month holds the day"},
    {{VAR, {2025, 0, 0}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 10}, "A", "L1"},
     SAME_DUPLICATE,
     0,
     "the year holds the day"},
    {{VAR, {2025, 5, 10}, "A", "L1"},
     {VAR, {2025, 5, 0}, NULL, NULL},
     SAME_DUPLICATE,
     0,
     "the vague one came later"},
    {{VAR, {2025, 6, 0}, NULL, NULL, PROVENANCE_BOOKLET},
     {VAR, {2025, 5, 10}, "A", "L1"},
     SAME_NONE,
     0,
     "another month"},
    {{FOUR, {2025, 5, 0}, NULL, NULL, PROVENANCE_BOOKLET},
     {FIVE, {2025, 5, 10}, "A", "L1"},
     SAME_NONE,
     0,
     "another product"},
};

static void doses_are_compared_as_the_table_says(void **state)
{
    (void)state;
    int wrong = 0;
    for (ptrdiff_t i = 0; i < countof(comparisons); i++) {
        const Comparison *c = &comparisons[i];
        KnownDose stored = dose(c->stored, 7), incoming = dose(c->incoming, 0);
        SamenessVerdict v = dose_sameness(&incoming, &stored, 1);
        bool right = v.sameness == c->sameness && v.doubt == c->doubt &&
                     v.ref == (c->sameness == SAME_NONE ? 0 : 7);
        if (!right)
            print_error("%s: sameness %d doubt %d\n", c->why, (int)v.sameness, (int)v.doubt);
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

static void a_doubt_about_one_dose_does_not_hide_the_duplicate_of_another(void **state)
{
    (void)state;
    KnownDose known[] = {
        dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 1),
        dose((Told){VAR, {2025, 5, 10}, "A", "L2", 0}, 2),
    };
    KnownDose incoming = dose((Told){VAR, {2025, 5, 10}, "A", "L2", 0}, 0);
    SamenessVerdict v = dose_sameness(&incoming, known, 2);
    assert_int_equal(v.sameness, SAME_DUPLICATE);
    assert_int_equal(v.ref, 2);
}

static void the_clinics_row_completes_what_the_booklet_left_vague(void **state)
{
    (void)state;
    KnownDose booklet = dose((Told){VAR, {2025, 5, 0}, NULL, NULL, PROVENANCE_BOOKLET}, 1);
    KnownDose incoming = dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 0);
    SamenessVerdict v = dose_sameness(&incoming, &booklet, 1);
    assert_true(v.fills);
    assert_true(v.claim_attaches);  // 6.5: nobody was paid for it yet

    KnownDose paid = dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 1);
    v = dose_sameness(&incoming, &paid, 1);
    assert_false(v.fills);
    assert_false(v.claim_attaches);

    KnownDose vague = dose((Told){VAR, {2025, 5, 0}, NULL, NULL, PROVENANCE_OTHER_CITY}, 0);
    v = dose_sameness(&vague, &paid, 1);
    assert_int_equal(v.sameness, SAME_DUPLICATE);
    assert_false(v.fills);  // the full date stays
}

static KnownDose row_of(KnownDose d, int month, const char *row_no, const char *content)
{
    d.month = month;
    d.row_no = str_of(row_no);
    d.content = str_of(content);
    return d;
}

static void the_same_row_again_is_a_duplicate_only_with_the_same_content(void **state)
{
    (void)state;
    KnownDose base = dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 1);
    KnownDose stored = row_of(base, 202506, "12", "x");
    KnownDose again = row_of(dose((Told){VAR, {2025, 6, 20}, "A", "L1", 0}, 0), 202506, "12", "x");
    assert_int_equal(dose_sameness(&again, &stored, 1).sameness, SAME_DUPLICATE);
    again.content = S("y");
    assert_int_equal(dose_sameness(&again, &stored, 1).sameness, SAME_NONE);
    again.content = S("x");
    again.month = 202507;
    assert_int_equal(dose_sameness(&again, &stored, 1).sameness, SAME_NONE);
}

// A file that is sent again under another name after the clinic corrected one of its rows.
static void what_was_corrected_since_does_not_come_back(void **state)
{
    (void)state;
    KnownDose once = row_of(dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 1), 202506, "12", "x");
    KnownDose now = row_of(dose((Told){VAR, {2025, 5, 12}, "A", "L1", 0}, 2), 202506, "12", "y");
    KnownDose again = once;
    once.replaced = true;
    now.corrects = true;
    now.claim_known = again.claim_known = true;
    now.claimed_dose = again.claimed_dose = (ClaimedDose){CLAIMED_NUMBER, 1, 0};
    const KnownDose known[] = {now, once};
    SamenessVerdict v = dose_sameness(&again, known, 2);
    assert_int_equal(v.sameness, SAME_DUPLICATE);
    assert_int_equal(v.ref, 1);
    // Without its old version at hand, or with one item written otherwise, a person decides.
    again.content = S("z");
    assert_int_equal(dose_sameness(&again, known, 2).doubt, DOUBT_CORRECTION);
    again.row_no = S("13");
    assert_int_equal(dose_sameness(&again, known, 2).sameness, SAME_NONE);
}

// In whichever file: what was taken away from this person does not come back by itself.
static void what_ended_is_known_when_it_is_reported_again(void **state)
{
    (void)state;
    KnownDose once = row_of(dose((Told){VAR, {2025, 5, 10}, "A", "L1", 0}, 1), 202506, "12", "x");
    KnownDose again = row_of(once, 202509, "12", "x");
    once.replaced = true;
    SamenessVerdict v = dose_sameness(&again, &once, 1);
    assert_int_equal(v.sameness, SAME_DUPLICATE);
    assert_true(v.ended);
    again.content = S("y");
    assert_int_equal(dose_sameness(&again, &once, 1).sameness, SAME_NONE);
    assert_ptr_equal(dose_ended(&again, &once, 1), &once);
    KnownDose other = again;
    other.lot = S("L2");
    assert_null(dose_ended(&other, &once, 1));
    other = again;
    other.clinic = S("B");
    assert_null(dose_ended(&other, &once, 1));
    other = again;
    other.given_on.day++;
    assert_null(dose_ended(&other, &once, 1));
    other = again;
    other.given = false;
    assert_null(dose_ended(&other, &once, 1));
    // A newer version of that day stands: it is that one, and nothing was taken away.
    KnownDose now = once;
    now.ref = 2;
    now.replaced = false;
    const KnownDose known[] = {once, now};
    assert_null(dose_ended(&again, known, 2));
    again.content = S("x");
    assert_false(dose_sameness(&again, known, 2).ended);
}

static void an_examination_is_the_same_only_as_itself(void **state)
{
    (void)state;
    KnownDose seen = dose((Told){VAR, {2025, 5, 10}, "A", NULL, 0}, 1);
    seen.given = false;
    KnownDose again = seen;
    assert_int_equal(dose_sameness(&again, &seen, 1).sameness, SAME_DUPLICATE);
    again.given_on = (PartialDate){2024, 5, 10};
    assert_int_equal(dose_sameness(&again, &seen, 1).sameness, SAME_NONE);
    again = seen;
    again.clinic = S("B");
    assert_int_equal(dose_sameness(&again, &seen, 1).sameness, SAME_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doses_are_compared_as_the_table_says),
        cmocka_unit_test(a_doubt_about_one_dose_does_not_hide_the_duplicate_of_another),
        cmocka_unit_test(the_clinics_row_completes_what_the_booklet_left_vague),
        cmocka_unit_test(the_same_row_again_is_a_duplicate_only_with_the_same_content),
        cmocka_unit_test(what_was_corrected_since_does_not_come_back),
        cmocka_unit_test(what_ended_is_known_when_it_is_reported_again),
        cmocka_unit_test(an_examination_is_the_same_only_as_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
