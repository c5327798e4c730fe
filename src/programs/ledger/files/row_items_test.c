// The items of one row: trimmed, masked, read in the words that people write, and blamed by the name of the file.
// SPDX-License-Identifier: Apache-2.0
#include "row_items.h"

#include "error_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ITEM_WORDS, ITEM_DAY, ITEM_SORT, ITEM_YES, ITEMS };

static const CsvColumn columns[ITEMS] = {
    {"備考", false, false}, {"開始日", false, false}, {"種別", false, false}, {"取消", false, false}};
static const CsvLayout layout = {columns, ITEMS};
static const RowWord sorts[] = {{"定期", 1}, {"任意", 2}, {"A", 3}};

typedef struct Desk {
    Arena whole, arena;
    CsvReader *csv;
    CsvRow row;
    Error err;
    RowFaults faults;
} Desk;

static int open_desk(void **state)
{
    static Desk desk;
    desk = (Desk){.whole = arena_reserve(64 << 20)};
    desk.arena = desk.whole;
    *state = &desk;
    return 0;
}

static void file_closed(Desk *d)
{
    Error err;
    if (d->csv) assert_true(csv_close(d->csv, &err));
    d->csv = NULL;
}

static int close_desk(void **state)
{
    file_closed(*state);
    arena_release(((Desk *)*state)->whole);
    return 0;
}

static RowItems items(Desk *d, const char *line)
{
    file_closed(d);
    Str file = str_format(&d->arena, "備考,開始日,種別,取消\n%s\n", line);
    assert_true(csv_open_text(file, &layout, CSV_ENCODING_UTF8, &d->arena, &d->csv, &d->err));
    assert_true(csv_next(d->csv, &d->row));
    d->err = (Error){0};
    return (RowItems){&d->row, &d->arena, &d->err, &d->faults};
}

static void assert_text(Str is, const char *expected)
{
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

static void blanks_around_an_item_are_no_part_of_it(void **state)
{
    RowItems r = items(*state, " 　再発行 です　 ,,,");
    assert_text(row_item(&r, ITEM_WORDS), "再発行 です");
    assert_text(row_item(&r, ITEM_DAY), "");
    assert_text(row_item_name(&r, ITEM_DAY), "開始日");
}

// Also where the file's own reader let it through.
static void what_may_be_an_individual_number_is_not_kept(void **state)
{
    Str text;
    Desk *d = *state;
    RowItems r = items(d, ",,,");
    const Str fields[ITEMS] = {S("番号は123456789018です")};
    d->row.fields = fields;
    assert_true(row_item_text(&r, ITEM_WORDS, &text));
    assert_int_equal(str_find(text, S("123456789018")), -1);
    assert_true(str_starts(text, S("番号は")));
}

// Counted as people count: a character with its variant is one.
static void a_hundred_characters_are_taken_and_one_more_is_told(void **state)
{
    Str text;
    Text hundred = {0};
    Desk *d = *state;
    for (int i = 0; i < 100; i++) text_add(&hundred, &d->arena, S("葛\U000E0101"));
    const char *line = str_z(&d->arena, str_format(&d->arena, "%.*s,,,", STR(text_str(&hundred))));
    RowItems r = items(d, line);
    assert_true(row_item_text(&r, ITEM_WORDS, &text));
    r = items(d, str_z(&d->arena, str_format(&d->arena, "%.*sん,,,", STR(text_str(&hundred)))));
    assert_false(row_item_text(&r, ITEM_WORDS, &text));
    assert_int_equal(r.err->code, E_LENGTH);
    assert_text(error_item(r.err), "備考");
}

static void a_word_is_one_of_those_that_there_are_in_any_width(void **state)
{
    int value = 0;
    RowItems r = items(*state, ",,任意,");
    assert_true(row_item_word(&r, ITEM_SORT, sorts, countof(sorts), S("どれか"), &value));
    assert_int_equal(value, 2);
    r = items(*state, ",,Ａ,");
    assert_true(row_item_word(&r, ITEM_SORT, sorts, countof(sorts), S("どれか"), &value));
    assert_int_equal(value, 3);
    for (int i = 0; i < 2; i++) {
        r = items(*state, i ? ",,定期接種," : ",,,");
        assert_false(row_item_word(&r, ITEM_SORT, sorts, countof(sorts), S("どれか"), &value));
        assert_int_equal(r.err->code, E_CODE_UNKNOWN);
        assert_text(error_words(r.err), "どれか");
    }
    assert_text(error_value(r.err), "定期接種");
    assert_int_equal(value, 3);  // as it was
}

static void nothing_is_no_and_what_is_neither_is_told(void **state)
{
    bool yes = true;
    RowItems r = items(*state, ",,,");
    assert_true(row_item_yes(&r, ITEM_YES, S("1か空"), &yes));
    assert_false(yes);
    r = items(*state, ",,,1");
    assert_true(row_item_yes(&r, ITEM_YES, S("1か空"), &yes));
    assert_true(yes);
    r = items(*state, ",,,2");
    assert_false(row_item_yes(&r, ITEM_YES, S("1か空"), &yes));
    assert_text(error_item(r.err), "取消");
    assert_text(error_value(r.err), "2");
}

static void a_day_is_read_as_people_write_it_and_blamed_by_its_item(void **state)
{
    Day day = 1;
    RowItems r = items(*state, ",R8.4.1,,");
    assert_true(row_item_day(&r, ITEM_DAY, &day));
    assert_int_equal(day, day_of(2026, 4, 1));
    r = items(*state, ",,,");
    assert_true(row_item_day(&r, ITEM_DAY, &day));
    assert_int_equal(day, DAY_NONE);
    r = items(*state, ",2026-02-30,,");
    assert_false(row_item_day(&r, ITEM_DAY, &day));
    assert_text(error_item(r.err), "開始日");
    r = items(*state, ",2026-04-00,,");
    assert_false(row_item_day(&r, ITEM_DAY, &day));
}

static void a_month_alone_means_all_its_days(void **state)
{
    DaySpan span;
    RowItems r = items(*state, ",2026-02-00,,");
    assert_true(row_item_span(&r, ITEM_DAY, &span));
    assert_int_equal(span.first, day_of(2026, 2, 1));
    assert_int_equal(span.last, day_of(2026, 2, 28));
    r = items(*state, ",いつか,,");
    assert_false(row_item_span(&r, ITEM_DAY, &span));
}

// 昭和 had ended: the year meant is one of 平成 (what the paper says stays, and how it is read is told).
static void a_year_of_an_era_that_had_ended_is_told_as_it_is_read(void **state)
{
    Desk *d = *state;
    Str told = row_era_words(S("S65.4.1"), &d->arena);
    assert_true(str_starts(told, S("「S65.4.1」は、")));
    assert_true(str_find(told, S("平成2年")) > 0);
    assert_text(row_era_words(S("H2.4.1"), &d->arena), "");
    assert_text(row_era_words(S(""), &d->arena), "");
    assert_text(row_era_words(S("いつか"), &d->arena), "");
}

static void faults_of_a_row_are_gathered_until_all_are_known(void **state)
{
    Desk *d = *state;
    Day day;
    RowItems r = items(d, ",いつか,,9");
    bool yes;
    assert_false(row_item_checked(&r, row_item_day(&r, ITEM_DAY, &day)));
    assert_true(row_item_checked(&r, true));
    assert_false(row_item_checked(&r, row_item_yes(&r, ITEM_YES, S("1か空"), &yes)));
    assert_int_equal(d->faults.count, 2);
    assert_text(error_item(&d->faults.at[0]), "開始日");
    assert_text(error_item(&d->faults.at[1]), "取消");
}

#define AT_DESK(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        AT_DESK(blanks_around_an_item_are_no_part_of_it),
        AT_DESK(what_may_be_an_individual_number_is_not_kept),
        AT_DESK(a_hundred_characters_are_taken_and_one_more_is_told),
        AT_DESK(a_word_is_one_of_those_that_there_are_in_any_width),
        AT_DESK(nothing_is_no_and_what_is_neither_is_told),
        AT_DESK(a_day_is_read_as_people_write_it_and_blamed_by_its_item),
        AT_DESK(a_month_alone_means_all_its_days),
        AT_DESK(a_year_of_an_era_that_had_ended_is_told_as_it_is_read),
        AT_DESK(faults_of_a_row_are_gathered_until_all_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
