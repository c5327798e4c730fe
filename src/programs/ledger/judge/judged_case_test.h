// A person of tests as the judge wants rows, under the built-in rules. To be included after cmocka.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "judge.h"
#include "rules_house.h"

enum { ROWS_MOST = 6 };

typedef struct JudgedPerson {
    PersonRows rows;
    DoseRow doses[ROWS_MOST];
    FactRow facts[ROWS_MOST];
} JudgedPerson;

typedef struct JudgedHouse {
    House *house;
    Products products;
    ForeignCodes foreign;
    Judge judge;
} JudgedHouse;

// Ledger numbers of products are those of the rules, one greater; behind them one from abroad, "CVX 03", and one that
// the rules do not know any more.
static inline Products products_numbered(const Schedule *rules, Arena *arena)
{
    int32_t known = product_count(rules), count = known + 3;
    int32_t *rule_of = NEW(arena, int32_t, count);
    Str *code_of = NEW(arena, Str, count);
    rule_of[0] = PRODUCT_NONE;
    for (int32_t n = 1; n <= known; n++) {
        rule_of[n] = n - 1;
        code_of[n] = product_id(rules, n - 1);
    }
    rule_of[known + 1] = rule_of[known + 2] = PRODUCT_NONE;
    code_of[known + 1] = foreign_product_code(S("03"), arena);
    code_of[known + 2] = S("GONE");
    return (Products){.rule_of = rule_of, .code_of = code_of, .count = count};
}

static inline int judged_open(void **state)
{
    static JudgedHouse made;
    void *house;
    Error err = {0};
    if (house_open(&house)) return -1;
    made.house = house;
    Arena *arena = &made.house->arena;
    if (!foreign_codes_embedded(made.house->rules, arena, &made.foreign, &err)) return -1;
    made.products = products_numbered(made.house->rules, arena);
    made.judge = judge_of(made.house->rules, &made.products, &made.foreign, arena);
    *state = &made;
    return 0;
}

static inline int judged_close(void **state)
{
    void *house = ((JudgedHouse *)*state)->house;
    return house_close(&house);
}

static inline PartialDate written(const char *text)
{
    int year, month, of_month;
    assert_int_equal(sscanf(text, "%d-%d-%d", &year, &month, &of_month), 3);
    return (PartialDate){(int16_t)year, (int8_t)month, (int8_t)of_month};
}

static inline int32_t product_no(const JudgedHouse *h, const char *code)
{
    for (int32_t n = 1; n < h->products.count; n++)
        if (str_equal(h->products.code_of[n], str_of(code))) return n;
    fail_msg("no product %s", code);
    return 0;
}

static inline void born(JudgedPerson *person, const char *birth, int32_t sex)
{
    *person = (JudgedPerson){.rows = {.birth = written(birth), .sex = sex}};
}

static inline DoseRow *given(JudgedPerson *person, const JudgedHouse *h, const char *product, const char *date)
{
    DoseRow *dose = &person->doses[person->rows.dose_count++];
    assert_in_range(person->rows.dose_count, 1, ROWS_MOST);
    *dose = (DoseRow){.dose_id = (int32_t)person->rows.dose_count,
                      .product_no = product_no(h, product),
                      .given_on = written(date),
                      .provenance = PROVENANCE_CLINIC};
    person->rows.doses = person->doses;
    return dose;
}

static inline FactRow *knows(JudgedPerson *person, const char *kind, const char *subject, const char *value)
{
    FactRow *fact = &person->facts[person->rows.fact_count++];
    assert_in_range(person->rows.fact_count, 1, ROWS_MOST);
    *fact = (FactRow){.kind = str_of(kind),
                      .subject = str_of(subject),
                      .value = str_of(value),
                      .since = DAY_NONE,
                      .until = DAY_NONE,
                      .began = DAY_NONE,
                      .ended = DAY_NONE};
    person->rows.facts = person->facts;
    return fact;
}

static inline Case case_on(const JudgedHouse *h, const JudgedPerson *person, const char *date)
{
    return case_of(&h->judge, &person->rows, day(date), &h->house->arena);
}
