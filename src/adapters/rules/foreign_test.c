// The table of vaccinations abroad: what it says, and what it refuses.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
// cmocka wants those first.
#include <cmocka.h>

#include "error_texts.h"
#include "foreign_codes.h"
#include "rules.h"

static Arena arena;
static const Schedule *schedule;
static ForeignCodes table;

static const char *parts_of(const char *cvx)
{
    const ForeignCode *code = foreign_code_find(&table, str_of(cvx));
    Text text = {0};
    if (!code) return "unknown";
    if (code->rule == FOREIGN_JUDGEMENT) return "judgement";
    if (code->rule == FOREIGN_NOTHING) return "nothing";
    for (int i = 0; i < code->product_count; i++)
        text_addf(&text, &arena, "%s%.*s", i ? " " : "", STR(code->products[i]));
    return str_z(&arena, text_str(&text));
}

static void codes_count_for_what_their_antigens_are(void **state)
{
    (void)state;
    static const struct {
        const char *cvx, *parts;
    } rows[] = {
        {"03", "MR MUMPS"},  // immunization.md 5.4: both live, one day
        {"94", "MR MUMPS VAR"}, {"146", "DPT-IPV HIB HBV"},  // hexavalent: component records
        {"120", "DPT-IPV HIB"}, {"110", "DPT-IPV HBV"},     {"08", "HBV"},
        {"19", "BCG"},          {"177", "judgement"},  // PCV10: never in this country's programme
        {"178", "judgement"},                          // bivalent OPV lacks type 2
        {"115", "judgement"},  // Tdap: less diphtheria and pertussis than ours
        {"83", "nothing"},     // hepatitis A
        {"306", "nothing"},    // an antibody
        {"999", "unknown"},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++)
        assert_string_equal(parts_of(rows[i].cvx), rows[i].parts);
}

static void every_product_of_the_rules_that_names_a_code_is_met_by_it(void **state)
{
    (void)state;
    int counted = 0;
    for (int g = 0; g < group_count(schedule); g++) {
        bool met = false;
        VEC_EACH (const ForeignCode, c, table)
            for (int i = 0; i < c->product_count; i++)
                met = met || group_lists(schedule, g, product_by_id(schedule, c->products[i]));
        if (!met) print_error("no code counts for %.*s\n", STR(group_id(schedule, g)));
        assert_true(met);
        counted++;
    }
    assert_true(counted > 20);
}

static void codes_are_read_as_people_write_them(void **state)
{
    (void)state;
    Error err;
    Str cvx;
    static const char *const good[][2] = {
        {"3", "03"}, {"03", "03"}, {"003", "03"}, {"０８", "08"}, {" 146 ", "146"}};
    static const char *const bad[] = {"", " ", "MMR", "1234", "-3", "3.5", "0", "000"};
    for (ptrdiff_t i = 0; i < countof(good); i++) {
        assert_true(foreign_cvx_read(str_of(good[i][0]), &arena, &cvx, &err));
        assert_true(str_equal(cvx, str_of(good[i][1])));
    }
    for (ptrdiff_t i = 0; i < countof(bad); i++)
        assert_false(foreign_cvx_read(str_of(bad[i]), &arena, &cvx, &err));
}

#define HEAD "CVX,名称,数え方,製品,理由\n"

static void a_faulty_table_is_refused_with_row_and_item(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ErrorCode code;
        int row;
        const char *item;
    } rows[] = {
        {"CVX,名称\n03,MMR\n", E_FILE_LAYOUT, 0, NULL},
        {HEAD "03,MMR,数える,MMR,\n", E_CODE_UNKNOWN, 2, "製品"},
        {HEAD "03,MMR,数える,MR M,\n", E_CONFLICT, 2, "製品"},
        {HEAD "03,MMR,数える,,\n", E_CONFLICT, 2, "製品"},
        {HEAD "03,多種,数える,MR MUMPS VAR HBV BCG,\n", E_LIMIT, 2, "製品"},
        {HEAD "18,狂犬病,数えない,MR,対象外\n", E_CONFLICT, 2, "製品"},
        {HEAD "18,狂犬病,数えない,,\n", E_MISSING, 2, "理由"},
        {HEAD "18,,数えない,,対象外\n", E_MISSING, 2, "名称"},
        {HEAD "18,狂犬病,たぶん,,対象外\n", E_CODE_UNKNOWN, 2, "数え方"},
        {HEAD "x8,狂犬病,数えない,,対象外\n", E_NUMBER_FORMAT, 2, "CVX"},
        {HEAD "18,狂犬病,数えない,,対象外\n018,狂犬病,数えない,,対象外\n", E_CONFLICT, 3, "CVX"},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        Error err = {0};
        ForeignCodes codes;
        assert_false(foreign_codes_load(str_of(rows[i].text), schedule, &arena, &codes, &err));
        assert_int_equal(err.code, rows[i].code);
        if (!rows[i].item) continue;
        assert_int_equal(err.row, rows[i].row);
        assert_true(str_equal(error_item(&err), str_of(rows[i].item)));
        assert_true(error_words(&err).len > 0);
    }
}

static void a_country_is_one_that_has_a_code(void **state)
{
    (void)state;
    static const char *const known[] = {"AD", "US", "KR", "JE", "ZW", "XK"};
    static const char *const unknown[] = {"ZZ", "XX", "AA", "UK", "U", "", "USA", "D ", " A"};
    for (ptrdiff_t i = 0; i < countof(known); i++)
        if (!foreign_country_known(str_of(known[i]))) fail_msg("%s", known[i]);
    for (ptrdiff_t i = 0; i < countof(unknown); i++)
        if (foreign_country_known(str_of(unknown[i]))) fail_msg("%s", unknown[i]);
}

int main(void)
{
    Error err;
    arena = arena_reserve((ptrdiff_t)1 << 30);
    if (!rules_embedded(&arena, &schedule, &err)) return 1;
    if (!foreign_codes_embedded(schedule, &arena, &table, &err)) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_country_is_one_that_has_a_code),
        cmocka_unit_test(codes_count_for_what_their_antigens_are),
        cmocka_unit_test(every_product_of_the_rules_that_names_a_code_is_met_by_it),
        cmocka_unit_test(codes_are_read_as_people_write_them),
        cmocka_unit_test(a_faulty_table_is_refused_with_row_and_item),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
