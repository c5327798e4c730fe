// One row of a file of vaccinations abroad: what the paper says, what a physician decided, and what its sender is told.
// SPDX-License-Identifier: Apache-2.0
#include "foreign_row.h"

#include "error_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

#define HEADER "宛名番号,生年月日,接種日,CVX,国,製品名,ロット番号,根拠,医師の判断,数える製品,医師,判断日\n"
#define WHO    "83141,2022-05-20,"

static bool read_line(House *h, const char *line, ForeignRow *read, RowFaults *faults)
{
    CsvReader *csv;
    CsvRow row;
    Error err = {0};
    *faults = (RowFaults){0};
    Str file = str_format(&h->arena, HEADER "%s\n", line);
    assert_true(csv_open_text(file, &foreign_layout, CSV_ENCODING_UTF8, &h->arena, &csv, &err));
    assert_true(csv_next(csv, &row));
    bool good = foreign_row_read(h->rules, &row, &h->arena, read, faults);
    assert_int_equal(good, faults->count == 0);
    assert_true(csv_close(csv, &err));
    return good;
}

static ForeignRow taken(House *h, const char *line)
{
    ForeignRow read;
    RowFaults faults;
    if (!read_line(h, line, &read, &faults)) fail_msg("%s is refused", line);
    return read;
}

static void assert_text(Str is, const char *expected)
{
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

// The faults of a row as "item code, item code".
static ForeignRow assert_told(House *h, const char *line, const char *expected)
{
    ForeignRow read;
    RowFaults faults;
    Text told = {0};
    assert_false(read_line(h, line, &read, &faults));
    VEC_EACH (const Error, fault, faults) {
        assert_true(error_words(fault).len > 0);
        text_addf(&told, &h->arena, "%s%.*s %s", told.len ? ", " : "", STR(error_item(fault)), error_code_text(fault->code));
    }
    assert_text(text_str(&told), expected);
    return read;
}

static void a_paper_without_a_decision_is_kept_as_it_is_written(void **state)
{
    ForeignRow read = taken(*state, WHO "2023-06-01,03,us,M-M-R II,A1,接種証明書,,,,");
    assert_text(addressee_text(&read.who), "000000000083141");
    assert_true(read.named && read.given_read && read.cvx_read && read.counted_read);
    assert_text(read.origin.cvx, "03");
    assert_text(read.origin.country, "US");
    assert_text(read.origin.product_name, "M-M-R II");
    assert_text(read.lot, "A1");
    assert_int_equal(read.origin.source, ORIGIN_CERTIFICATE);
    assert_int_equal(read.origin.decision, DECISION_NONE);
    assert_int_equal(read.origin.decided_on, DAY_NONE);
    assert_int_equal(read.origin.counts_as.len, 0);
    // Wide letters, a code of one figure, a day of which the paper says the month alone.
    read = taken(*state, WHO "2023-06-00,3,ＫＲ,,,母子健康手帳,,,,");
    assert_text(read.origin.country, "KR");
    assert_text(read.origin.cvx, "03");
    assert_int_equal(read.origin.given_on.day, 0);
    assert_int_equal(read.origin.source, ORIGIN_BOOKLET);
}

static void a_country_is_one_that_there_is(void **state)
{
    assert_told(*state, WHO "2023-06-01,03,,,,接種証明書,,,,", "国 E_MISSING");
    assert_told(*state, WHO "2023-06-01,03,XX,,,接種証明書,,,,", "国 E_CODE_UNKNOWN");
    assert_told(*state, WHO "2023-06-01,03,USA,,,接種証明書,,,,", "国 E_CODE_UNKNOWN");
    assert_told(*state, WHO "2023-06-01,03,U,,,接種証明書,,,,", "国 E_CODE_UNKNOWN");
}

static void a_decision_to_count_says_which_products_who_and_when(void **state)
{
    ForeignRow read = taken(*state, WHO "2023-06-01,03,US,,,医師の証明,数える,MR おたふくかぜ,大手町 診,2026-10-01");
    assert_int_equal(read.origin.decision, DECISION_COUNTS);
    assert_int_equal(read.origin.decided_on, day_of(2026, 10, 1));
    assert_text(read.origin.physician, "大手町 診");
    assert_true(str_find(read.origin.counts_as, S("MR")) >= 0);
    assert_true(str_find(read.origin.counts_as, S(" ")) > 0);
    read = taken(*state, WHO "2023-06-01,03,US,,,医師の証明,数えない,,大手町 診,2026-10-01");
    assert_int_equal(read.origin.decision, DECISION_DOES_NOT_COUNT);
}

static void half_a_decision_is_none(void **state)
{
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,数える,MR,,", "医師 E_MISSING, 判断日 E_MISSING");
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,,,大手町 診,2026-10-01", "医師の判断 E_MISSING");
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,,,,2026-10-01", "医師の判断 E_MISSING");
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,数えない,MR,大手町 診,2026-10-01", "数える製品 E_CONFLICT");
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,,MR,,", "数える製品 E_CONFLICT");
    // What is there and cannot be read is told once, and not as missing too.
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,数える,MR,大手町 診,いつか", "判断日 E_DATE_FORMAT");
    assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,たぶん,MR,大手町 診,2026-10-01", "医師の判断 E_CODE_UNKNOWN");
}

static void what_was_only_told_counts_for_nothing(void **state)
{
    assert_int_equal(taken(*state, WHO "2023-06-01,03,US,,,申告,,,,").origin.source, ORIGIN_WORD);
    assert_told(*state, WHO "2023-06-01,03,US,,,申告,数える,MR,大手町 診,2026-10-01", "根拠 E_CONFLICT");
}

static void each_product_that_nobody_knows_is_told_and_the_others_are_read(void **state)
{
    ForeignRow read = assert_told(*state, WHO "2023-06-01,03,US,,,医師の証明,数える,MR なにか ほかの,大手町 診,2026-10-01",
                                  "数える製品 E_CODE_UNKNOWN, 数える製品 E_CODE_UNKNOWN");
    assert_false(read.counted_read);
    assert_text(read.origin.counts_as, "MR");
}

static void every_fault_of_a_row_is_told_at_once(void **state)
{
    ForeignRow read = assert_told(*state, "x,いつか,2023-13-01,,ZZ,,,うわさ,,,,",
                                  "宛名番号 E_CHARSET, 生年月日 E_DATE_FORMAT, 接種日 E_DATE_FORMAT, CVX E_MISSING, 国 E_CODE_UNKNOWN, 根拠 E_CODE_UNKNOWN");
    assert_false(read.named || read.given_read || read.cvx_read);
}

#define AT_DESK(name) cmocka_unit_test(name)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_DESK(a_paper_without_a_decision_is_kept_as_it_is_written),
        AT_DESK(a_country_is_one_that_there_is),
        AT_DESK(a_decision_to_count_says_which_products_who_and_when),
        AT_DESK(half_a_decision_is_none),
        AT_DESK(what_was_only_told_counts_for_nothing),
        AT_DESK(each_product_that_nobody_knows_is_told_and_the_others_are_read),
        AT_DESK(every_fault_of_a_row_is_told_at_once),
    };
    return cmocka_run_group_tests(tests, house_open, house_close);
}
