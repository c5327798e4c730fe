// What is decided in every sight, and a city whose people are numbered by requests at random, right ones and wrong ones.
// Proves F-3-01 (the same request gives the same number), F-3-02 (found by old and new), C-3.6-14.
// SPDX-License-Identifier: Apache-2.0
#include "unified_numbering.h"

#include "test_random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

static const UnifiedNo nobody = {{0}};

static UnifiedNo one(void)
{
    return unified_no_numbered(4, 1);
}

static UnifiedNo other(void)
{
    return unified_no_numbered(4, 2);
}

// Each cell by hand: number, whom the addressee number means, whether a change was told, whether the details agree.
static void every_sight_has_its_decision(void **state)
{
    enum { FREE, SAME, OTHER };
    enum {
        NEW = NUMBERING_NEW,
        KNOWN = NUMBERING_KNOWN,
        JOIN = NUMBERING_JOIN,
        CHANGE = NUMBERING_CHANGE,
        OLD = NUMBERING_BY_FORMER,
        LOOK = NUMBERING_REVIEW,
        CLASH = NUMBERING_CLASH
    };
    // clang-format off
    static const struct { NumberStanding number; int addressee; int told_agree, told_differ, agree, differ; } rows[] = {
        {NUMBER_UNKNOWN, FREE,  NEW,    NEW,   NEW,   NEW},
        {NUMBER_UNKNOWN, OTHER, CHANGE, LOOK,  LOOK,  LOOK},
        {NUMBER_CURRENT, FREE,  JOIN,   LOOK,  JOIN,  LOOK},
        {NUMBER_CURRENT, SAME,  KNOWN,  KNOWN, KNOWN, KNOWN},
        {NUMBER_CURRENT, OTHER, CLASH,  CLASH, CLASH, CLASH},
        {NUMBER_FORMER,  FREE,  LOOK,   LOOK,  OLD,   LOOK},
        {NUMBER_FORMER,  SAME,  LOOK,   LOOK,  OLD,   OLD},
        {NUMBER_FORMER,  OTHER, CLASH,  CLASH, CLASH, CLASH},
    };
    // clang-format on
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int told = 0; told < 2; told++)
            for (int agree = 0; agree < 2; agree++) {
                NumberingSight sight = {.number_given = true,
                                        .number = rows[i].number,
                                        .number_of =
                                            rows[i].number == NUMBER_UNKNOWN ? nobody : one(),
                                        .addressee_of = rows[i].addressee == FREE   ? nobody
                                                        : rows[i].addressee == SAME ? one()
                                                                                    : other(),
                                        .change_told = told,
                                        .details_agree = agree};
                int expected = told ? (agree ? rows[i].told_agree : rows[i].told_differ)
                                    : (agree ? rows[i].agree : rows[i].differ);
                Numbering numbering = numbering_decided(&sight);
                assert_int_equal(numbering.decision, expected);
                bool means =
                    expected == KNOWN || expected == JOIN || expected == CHANGE || expected == OLD;
                UnifiedNo who = !means ? nobody : expected == CHANGE ? other() : one();
                assert_string_equal(numbering.who.digits, who.digits);
            }
}

static void nobody_is_numbered_without_a_number(void **state)
{
    (void)state;
    NumberingSight sight = {.details_agree = true};
    assert_int_equal(numbering_decided(&sight).decision, NUMBERING_NO_NUMBER);
    sight.addressee_of = one();  // who has one keeps it
    assert_int_equal(numbering_decided(&sight).decision, NUMBERING_KNOWN);
    assert_string_equal(numbering_decided(&sight).who.digits, one().digits);
}

// ---- a city

enum { PEOPLE = 6, NUMBERS = 4, REQUESTS = 60 };

typedef struct
    City {  // what a store would keep, by the true person's Individual Numbers 0 to NUMBERS - 1
    UnifiedNo unified[PEOPLE];
    int holder_of[PEOPLE][NUMBERS];  // the row that holds that number; -1: none
    int current[PEOPLE];             // which of a row's numbers is current
    int addressee_row[PEOPLE];       // the row that an addressee number belongs to; -1: none
    int rows;
    int owner[PEOPLE];  // in truth, whose number opened the row
} City;

typedef struct Request {
    int addressee, person,
        number;  // the number is the person's; the addressee number may be another one's by mistake
    bool told, agree;
} Request;

static Numbering request(City *c, const Request *r)
{
    int row = c->holder_of[r->person][r->number], addressee = c->addressee_row[r->addressee];
    bool current = row >= 0 && c->current[row] == r->number;
    NumberingSight sight = {.number_given = true,
                            .number = row < 0   ? NUMBER_UNKNOWN
                                      : current ? NUMBER_CURRENT
                                                : NUMBER_FORMER,
                            .number_of = row < 0 ? nobody : c->unified[row],
                            .addressee_of = addressee < 0 ? nobody : c->unified[addressee],
                            .change_told = r->told,
                            .details_agree = r->agree};
    Numbering numbering = numbering_decided(&sight);
    if (numbering.decision == NUMBERING_NEW && c->rows < PEOPLE) {
        row = c->rows++;
        c->unified[row] = unified_no_numbered(4, row);
        c->owner[row] = r->person;
    }
    bool stores = numbering.decision == NUMBERING_NEW || numbering.decision == NUMBERING_CHANGE;
    if (numbering.decision == NUMBERING_CHANGE) row = addressee;
    if (stores) {
        c->holder_of[r->person][r->number] = row;
        c->current[row] = r->number;
    }
    if (numbering.decision == NUMBERING_NEW || numbering.decision == NUMBERING_JOIN)
        c->addressee_row[r->addressee] = row;
    if (numbering.decision == NUMBERING_NEW) numbering.who = c->unified[row];
    return numbering;
}

// The details of whoever is found agree when it is the same human being, whatever number the request names.
static bool same_human(const City *c, const Request *r)
{
    int row = c->holder_of[r->person][r->number];
    if (row < 0) row = c->addressee_row[r->addressee];
    return row < 0 || c->owner[row] == r->person;
}

static void whatever_is_asked_one_person_has_one_number(void **state)
{
    uint64_t seed = 0x9E;
    int decided[NUMBERING_COUNT] = {0};
    (void)state;
    for (int w = 0; w < 5000; w++) {
        City c = {.rows = 0};
        memset(c.holder_of, -1, sizeof c.holder_of);
        memset(c.addressee_row, -1, sizeof c.addressee_row);
        int newest[PEOPLE] = {0};
        for (int i = 0; i < REQUESTS; i++) {
            int person = (int)(random_next(&seed) % PEOPLE);
            bool changes = random_next(&seed) % 8 == 0 && newest[person] < NUMBERS - 1;
            newest[person] += changes;
            Request r = {.addressee =
                             random_next(&seed) % 8 ? person : (int)(random_next(&seed) % PEOPLE),
                         .person = person,
                         .number = random_next(&seed) % 4
                                       ? newest[person]
                                       : (int)(random_next(&seed) % (uint64_t)(newest[person] + 1)),
                         .told = changes};
            r.agree = same_human(&c, &r);
            bool full = c.rows == PEOPLE;
            if (full && c.holder_of[r.person][r.number] < 0 && c.addressee_row[r.addressee] < 0)
                continue;
            Numbering numbering = request(&c, &r), again = request(&c, &r);
            decided[numbering.decision]++;
            // Asked for again it is the same one, and stores nothing.
            if (numbering.who.digits[0])
                assert_string_equal(again.who.digits, numbering.who.digits);
            for (int p = 0; p < PEOPLE; p++)
                for (int n = 0; n < NUMBERS; n++)
                    if (c.holder_of[p][n] >= 0) assert_int_equal(c.owner[c.holder_of[p][n]], p);
        }
    }
    for (int d = NUMBERING_NEW; d < NUMBERING_COUNT; d++) assert_true(d == NUMBERING_UNREAD || decided[d] > 50);
}

static void numbers_are_counted_and_checked(void **state)
{
    (void)state;
    UnifiedNo no = unified_no_numbered(4, 123456789012), read;
    Error err;
    assert_int_equal(strlen(no.digits), 15);
    assert_memory_equal(no.digits, "49123456789012", 14);
    assert_true(unified_no_parse(unified_text(&no), &read, &err));
    UnifiedNo first = unified_no_numbered(0, 0);
    assert_string_equal(first.digits,
                        "090000000000001");  // 9 doubled is 18, its digits 9; 1 makes ten
    int next;
    assert_true(generation_next(0, &next, &err));
    assert_int_equal(next, 1);
    assert_false(generation_next(GENERATION_LAST, &next, &err));
    assert_int_equal(err.code, E_LIMIT);
}

static void who_must_act_is_told(void **state)
{
    (void)state;
    for (int d = 0; d < NUMBERING_COUNT; d++) {
        bool silent = d == NUMBERING_NEW || d == NUMBERING_KNOWN || d == NUMBERING_JOIN ||
                      d == NUMBERING_CHANGE;
        assert_int_equal(numbering_words((NumberingDecision)d).len == 0, silent);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sight_has_its_decision),
        cmocka_unit_test(nobody_is_numbered_without_a_number),
        cmocka_unit_test(whatever_is_asked_one_person_has_one_number),
        cmocka_unit_test(numbers_are_counted_and_checked),
        cmocka_unit_test(who_must_act_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
