// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <stdio.h>
#include <fcntl.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "day.h"
#include "error_texts.h"
#include "errors.h"
#include "logging.h"
#include "map.h"
#include "regular_file.h"
#include "str.h"
#include "vec.h"

VEC(Numbers, int, numbers);

static void every_day_of_four_centuries_survives_the_way_there_and_back(void **state)
{
    (void)state;
    Day expected = day_of(1800, 1, 1);
    for (int y = 1800; y < 2200; y++)
        for (int m = 1; m <= 12; m++)
            for (int d = 1; d <= month_days(y, m); d++, expected++) {
                assert_int_equal(day_of(y, m, d), expected);
                CivilDate c = civil_of(expected);
                assert_true(c.year == y && c.month == m && c.day == d);
            }
}

static void known_days_have_their_known_numbers(void **state)
{
    (void)state;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2000, 3, 1), 11017);
    assert_int_equal(day_of(1, 1, 1), DAY_MIN);
    assert_int_equal(day_of(9999, 12, 31), DAY_MAX);
    assert_int_equal(weekday_of(day_of(2026, 11, 23)), 1);  // a Monday
    assert_false(civil_valid(2026, 2, 29));
    assert_true(civil_valid(2028, 2, 29));
    assert_false(civil_valid(2100, 2, 29));
}

static void a_vague_date_means_all_days_it_may_be(void **state)
{
    (void)state;
    DaySpan span;
    assert_true(partial_date_span((PartialDate){2024, 2, 0}, &span));
    assert_int_equal(span.first, day_of(2024, 2, 1));
    assert_int_equal(span.last, day_of(2024, 2, 29));
    assert_true(partial_date_span((PartialDate){2019, 0, 0}, &span));
    assert_int_equal(span.last - span.first, 364);
    assert_false(partial_date_span((PartialDate){0}, &span));
    assert_false(partial_date_valid(2024, 0, 5));  // a known day needs a known month
    assert_false(partial_date_valid(2023, 2, 29));
    char text[DAY_TEXT_SIZE];
    assert_string_equal(partial_date_text((PartialDate){2024, 5, 0}, text), "2024-05-00");
}

static void days_are_read_only_in_one_spelling(void **state)
{
    (void)state;
    Day day;
    assert_true(day_read("2026-11-23", 10, &day));
    assert_int_equal(day, day_of(2026, 11, 23));
    static const char *const bad[] = {"2026-11-2x", "2026/11/23", "2026-02-29",
                                      "2026-00-01", "0000-01-01", "20261-1-23"};
    for (ptrdiff_t i = 0; i < countof(bad); i++)
        assert_false(day_read(bad[i], (int)strlen(bad[i]), &day));
}

static void midnight_in_japan_is_where_the_day_changes(void **state)
{
    (void)state;
    Instant three_pm_utc = ((Instant)day_of(2026, 11, 23) * 86400 + 15 * 3600) * 1000000;
    assert_int_equal(instant_day_in_japan(three_pm_utc - 1), day_of(2026, 11, 23));
    assert_int_equal(instant_day_in_japan(three_pm_utc), day_of(2026, 11, 24));
    assert_true(instant_day_begins(day_of(2026, 11, 24)) == three_pm_utc);
    char text[INSTANT_TEXT_SIZE];
    assert_string_equal(instant_text(three_pm_utc, text), "2026-11-23T15:00:00.000000Z");
    assert_string_equal(instant_in_japan(three_pm_utc + 61000000, text), "2026-11-24 00:01:01");
}

static void slices_are_cut_trimmed_and_compared(void **state)
{
    (void)state;
    Cut cut = str_cut(S("接種日=2026"), '=');
    assert_true(cut.found && str_equal(cut.head, S("接種日")) && str_equal(cut.tail, S("2026")));
    assert_false(str_cut(S("none"), '=').found);
    assert_true(str_equal(str_trim(S(" \t a b\r\n")), S("a b")));
    assert_int_equal(str_order(S("ab"), S("abc")), -1);
    assert_int_equal(str_find(S("abcabd"), S("abd")), 3);
    assert_int_equal(str_find(S("ab"), S("abc")), -1);
    int64_t n;
    assert_true(str_int64(S("-9223372036854775808"), &n) && n == INT64_MIN);
    assert_false(str_int64(S("9223372036854775808"), &n));
    assert_false(str_int64(S(""), &n));
    char room[INT64_ROOM];
    static const int64_t numbers[] = {0, 9, 10, -1, -10, INT64_MAX, INT64_MIN};
    for (ptrdiff_t i = 0; i < countof(numbers); i++)
        assert_true(str_int64(str_of_int64(numbers[i], room), &n) && n == numbers[i]);
    assert_true(str_equal(str_of_int64(INT64_MIN, room), S("-9223372036854775808")));
    int small;
    assert_true(str_digits(S("007"), 1, 3, &small) && small == 7);
    assert_false(str_digits(S("0x7"), 1, 3, &small));
}

static void arrays_and_texts_grow_and_keep_what_they_hold(void **state)
{
    (void)state;
    Arena whole = arena_reserve(1 << 20), arena = whole;
    Numbers numbers = {0}, others = {0};
    Text text = {0};
    for (int i = 0; i < 1000; i++) {
        *numbers_push(&numbers, &arena) = i;
        if (i % 3 == 0) *numbers_push(&others, &arena) = -i;  // makes both move
        text_addf(&text, &arena, "%d,", i);
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(numbers.at[i], i);
    assert_int_equal(others.at[333], -999);
    assert_true(str_starts(text_str(&text), S("0,1,2,")) && str_ends(text_str(&text), S("999,")));
    arena_release(whole);
}

static void a_map_finds_what_was_placed_and_nothing_else(void **state)
{
    (void)state;
    Arena whole = arena_reserve(1 << 20), arena = whole;
    Map map = {0};
    for (int i = 0; i < 500; i++)
        *map_place(&map, &arena, str_format(&arena, "key-%d", i), NULL) = i;
    for (int i = 0; i < 500; i++)
        assert_int_equal(*map_find(&map, str_format(&arena, "key-%d", i)), i);
    assert_null(map_find(&map, S("key-500")));
    bool made = true;
    assert_int_equal(*map_place(&map, &arena, S("key-7"), &made), 7);
    assert_false(made);
    arena_release(whole);
}

static void an_error_has_a_code_with_a_name(void **state)
{
    (void)state;
    Error err = {0};
    assert_false(FAIL(&err, E_DATE_FORMAT, .words = S("日付として読めません。")));
    assert_string_equal(error_code_text(err.code), "E_DATE_FORMAT");
}

static void an_error_outlives_what_it_was_told_from(void **state)
{
    (void)state;
    Arena whole = arena_reserve(1 << 16), arena = whole;
    Error err = {0};
    bool ok =
        FAIL(&err, E_CONFLICT, .item = str_format(&arena, "項目%d", 1),
             .value = str_format(&arena, "値%d", 2), .words = str_format(&arena, "言葉%d", 3));
    error_set_item(&err, str_format(&arena, "項目%d", 4));
    arena_release(whole);
    assert_false(ok);
    assert_true(str_equal(error_item(&err), S("項目4")));
    assert_true(str_equal(error_value(&err), S("値2")));
    assert_true(str_equal(error_words(&err), S("言葉3")));
    Error higher;
    ok = FAIL(&higher, E_INTERNAL, .words = error_words(&err)) ||
         FAIL(&err, E_INTERNAL, .item = error_words(&err), .words = error_item(&err));
    assert_false(ok);
    assert_true(str_equal(error_words(&higher), S("言葉3")));
    assert_true(str_equal(error_item(&err), S("言葉3")));
    assert_true(str_equal(error_words(&err), S("項目4")));
}

// Whatever stands where the room ends, no character is cut in two, and the mark tells of the cut.
static void a_text_too_long_for_an_error_is_cut_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {
        "x", "é", "字", "𠮷", "か\u3099", "葛\U000E0100", "ｶﾞ", "e\u0301\u0323", "1\u20E3"};
    Arena whole = arena_reserve(1 << 20);
    for (ptrdiff_t i = 0; i < countof(characters); i++)
        for (int before = 0; before < 16; before++) {
            Arena arena = whole;
            Text text = {0};
            Error err = {0};
            Str one = str_of(characters[i]);
            for (int n = 0; n < before; n++) text_add_byte(&text, &arena, '-');
            while (text.len <= ERROR_TEXT_BYTES) text_add(&text, &arena, one);
            assert_false(FAIL(&err, E_LENGTH, .value = text_str(&text)));
            Str kept = error_value(&err);
            assert_true(kept.len <= ERROR_TEXT_BYTES && kept.len > ERROR_TEXT_BYTES - 16);
            assert_true(str_ends(kept, S("…")));
            kept.len -= S("…").len + before;
            assert_int_equal(kept.len % one.len, 0);
        }
    arena_release(whole);
}

static void an_arena_that_runs_out_ends_the_process_with_status_two(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        (void)close(STDERR_FILENO);
        Arena arena = arena_reserve(4096);
        (void)arena_alloc(&arena, 1, 1, 5000);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
}

static void what_is_no_regular_file_is_not_opened(void **state)
{
    (void)state;
    char folder[] = "/tmp/sesshu-base.XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/x", folder);
    assert_null(regular_file_read(path));
    assert_int_equal(errno, ENOENT);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(regular_file_read(path));
    assert_int_equal(errno, EINVAL);
    assert_int_equal(regular_file_open(path, O_RDWR, 0), -1);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink("/dev/zero", path), 0);
    assert_null(regular_file_read(path));
    assert_int_equal(unlink(path), 0);
    assert_null(regular_file_read(folder));
    int file = regular_file_open(path, O_RDWR | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
}

static void a_text_longer_than_printf_counts_prints_its_beginning_alone(void **state)
{
    (void)state;
    const ptrdiff_t lengths[] = {0, 1, STR_PRINTED_MOST, (ptrdiff_t)INT32_MAX + 1, (ptrdiff_t)1 << 33};
    for (int i = 0; i < (int)(sizeof lengths / sizeof *lengths); i++) {
        int printed = str_printed(lengths[i]);
        assert_true(printed >= 0 && printed <= lengths[i] && printed <= STR_PRINTED_MOST);
    }
}

enum { LOG_LINES = 20000 };  // more than a pipe holds

// A process that serves, with `ends` for its log.
static pid_t writes_a_log(const int ends[2], int lines)
{
    pid_t child = fork();
    if (child) return child;
    (void)dup2(ends[1], STDERR_FILENO);
    (void)close(ends[0]);
    log_serves();
    for (int i = 0; i < lines; i++) log_line(LOG_INFO, "event=test n=%d", i);
    _exit(0);
}

static void ends_well(pid_t child)
{
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

// Whoever reads it may stop, or end; and the end that others share with us goes on to wait for him.
static void a_log_that_nobody_reads_holds_nobody_up(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    ends_well(writes_a_log(ends, LOG_LINES));
    assert_false(fcntl(ends[1], F_GETFL) & O_NONBLOCK);
    assert_int_equal(close(ends[0]), 0);
    ends_well(writes_a_log(ends, LOG_LINES));
    assert_int_equal(close(ends[1]), 0);
}

static int lines_read(int from, char *text, size_t most)
{
    int lines = 0;
    ssize_t len = read(from, text, most - 1);
    text[len > 0 ? len : 0] = '\0';
    for (const char *at = text; (at = strchr(at, '\n')); at++) lines++;
    return lines;
}

// The log takes some lines, then none, and then again: whoever reads it learns how many are missing between which.
static int counts_what_it_lost(void)
{
    static char text[1 << 20];
    int ends[2], lost = -1;
    if (pipe(ends) != 0) return 1;
    (void)dup2(ends[1], STDERR_FILENO);
    log_serves();
    for (int i = 0; i < LOG_LINES; i++) log_line(LOG_INFO, "event=test");
    int taken = lines_read(ends[0], text, sizeof text);
    log_line(LOG_INFO, "event=after");
    log_line(LOG_INFO, "event=and_on");
    if (lines_read(ends[0], text, sizeof text) != 3) return 2;
    const char *said = strstr(text, "event=log_lines_lost lines=");
    if (!said || !strstr(said, "event=after")) return 3;
    (void)sscanf(said, "event=log_lines_lost lines=%d", &lost);
    return lost == LOG_LINES - taken ? 0 : 4;
}

static void lines_that_were_lost_are_counted(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) _exit(counts_what_it_lost());
    ends_well(child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries_survives_the_way_there_and_back),
        cmocka_unit_test(known_days_have_their_known_numbers),
        cmocka_unit_test(a_vague_date_means_all_days_it_may_be),
        cmocka_unit_test(days_are_read_only_in_one_spelling),
        cmocka_unit_test(midnight_in_japan_is_where_the_day_changes),
        cmocka_unit_test(slices_are_cut_trimmed_and_compared),
        cmocka_unit_test(a_text_longer_than_printf_counts_prints_its_beginning_alone),
        cmocka_unit_test(a_log_that_nobody_reads_holds_nobody_up),
        cmocka_unit_test(lines_that_were_lost_are_counted),
        cmocka_unit_test(arrays_and_texts_grow_and_keep_what_they_hold),
        cmocka_unit_test(a_map_finds_what_was_placed_and_nothing_else),
        cmocka_unit_test(an_error_has_a_code_with_a_name),
        cmocka_unit_test(an_error_outlives_what_it_was_told_from),
        cmocka_unit_test(a_text_too_long_for_an_error_is_cut_between_characters),
        cmocka_unit_test(an_arena_that_runs_out_ends_the_process_with_status_two),
        cmocka_unit_test(what_is_no_regular_file_is_not_opened),
    };
    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
