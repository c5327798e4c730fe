// A kept difference: nobody sees it half made, a page of it is what the whole is, and it goes.
// SPDX-License-Identifier: Apache-2.0
#include "changes_kept.h"
#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { LINES = 7, NOON = 1000000 };

static const Schedule *rules_here(Desk *d)
{
    static Arena whole;
    static const Schedule *schedule;
    if (!schedule) {
        whole = arena_reserve((ptrdiff_t)1 << 30);
        assert_true(rules_embedded(&whole, &schedule, &d->err));
    }
    return schedule;
}

static void person_there(Desk *d, int number, bool is_protected)
{
    Str sql = str_format(&d->arena,
                         "INSERT INTO person (person_id, addressee_no, name, birth, sex, status, protected, withdrawn, from_act)"
                         " VALUES (%d, '41000000000000%d', '見本　%d', 20251005, 2, 1, %d, 0, 1)",
                         number, number, number, is_protected);
    assert_true(store_execute(d->store, str_z(&d->arena, sql), &d->err));
}

// One line for each person; of the first four somebody becomes due, of the others somebody ends.
static Changes changes_of(Desk *d, const Schedule *schedule)
{
    Changes changes = {.schedule = schedule, .act_no = 1};
    for (int n = 1; n <= LINES; n++) {
        bool comes = n <= 4;
        *change_rows_push(&changes.rows, &d->arena) = (ChangeRow){
            .person_id = n,
            .group = (int16_t)(n % 2),
            .cause = comes ? CHANGE_TIME : CHANGE_DOSE,
            .from_status = comes ? STATUS_NOT_YET : STATUS_DUE,
            .to_status = comes ? STATUS_DUE : STATUS_COMPLETE,
            .from_position = S("1"),
            .to_position = comes ? S("1") : (Str){0},
            .detail = str_format(&d->arena, "%d", n),
        };
    }
    return changes;
}

static ChangeListRow list_of(Day to)
{
    return (ChangeListRow){.from = 20000, .to = to, .judged_by = S("rules engine"), .act_no = 1, .made_at = NOON};
}

static ChangeListRow kept(Desk *d, const Changes *changes, Day to)
{
    ChangeListRow row = list_of(to);
    assert_true(change_list_begin(d->store, &row, &d->err));
    assert_true(change_lines_put(d->store, row.list_no, changes, 0, 5, &d->err));
    assert_true(change_lines_put(d->store, row.list_no, changes, 5, LINES - 5, &d->err));
    assert_true(change_list_end(d->store, &row, &d->err));
    return row;
}

static int32_t found(Desk *d, Day to, const char *judged_by)
{
    ChangeListRow row;
    assert_true(change_list_find(d->store, 20000, to, str_of(judged_by), &row, &d->err));
    return row.list_no;
}

static int64_t lines_there(Desk *d)
{
    int64_t count = -1;
    Query *q = query_begin(d->store, "SELECT count(*) FROM change_line", &d->err);
    assert_non_null(q);
    if (query_next(q)) count = column_int64(q, 0);
    assert_true(query_end(q, &d->err));
    return count;
}

static void nobody_sees_a_list_before_its_last_line(void **state)
{
    Desk *d = *state;
    Changes changes = changes_of(d, rules_here(d));
    ChangeListRow row = list_of(20031);
    assert_true(change_list_begin(d->store, &row, &d->err));
    assert_true(change_lines_put(d->store, row.list_no, &changes, 0, LINES, &d->err));
    assert_int_equal(found(d, 20031, "rules engine"), 0);
    assert_true(change_list_end(d->store, &row, &d->err));
    assert_int_equal(found(d, 20031, "rules engine"), row.list_no);
    assert_int_equal(found(d, 20031, "other engine"), 0);
    assert_int_equal(found(d, 20030, "rules engine"), 0);
}

static void pages_of_a_way_are_the_lines_of_the_whole(void **state)
{
    Desk *d = *state;
    ChangeRows all, page;
    int64_t counts[CHANGE_WAYS];
    const Schedule *schedule = rules_here(d);
    Changes changes = changes_of(d, schedule);
    for (int n = 1; n <= LINES; n++) person_there(d, n, n == 3);
    int32_t list_no = kept(d, &changes, 20031).list_no;
    assert_true(change_line_counts(d->store, list_no, counts, &d->err));
    assert_int_equal(counts[CHANGE_CAME], 4);
    assert_int_equal(counts[CHANGE_DONE], 3);
    assert_int_equal(counts[CHANGE_LEFT], 0);
    assert_true(change_lines_read(d->store, schedule, list_no, CHANGE_WAYS, 0, 100, &d->arena, &all, &d->err));
    assert_int_equal(all.count, LINES);
    for (int n = 0; n < LINES; n++) {
        const ChangeRow *was = &changes.rows.at[n], *is = &all.at[n];
        assert_int_equal(is->person_id, was->person_id);
        assert_int_equal(is->group, was->group);
        assert_int_equal(is->cause, was->cause);
        assert_int_equal(is->from_status, was->from_status);
        assert_int_equal(is->to_status, was->to_status);
        assert_true(str_equal(is->to_position, was->to_position));
        assert_true(str_equal(is->detail, was->detail));
        assert_int_equal(str_equal(is->name, S("＊＊＊")), n + 1 == 3);
    }
    assert_true(change_lines_read(d->store, schedule, list_no, CHANGE_DONE, 1, 2, &d->arena, &page, &d->err));
    assert_int_equal(page.count, 2);
    assert_int_equal(page.at[0].person_id, 6);
    assert_int_equal(page.at[1].person_id, 7);
}

static void a_newer_list_of_the_same_days_takes_the_place_and_the_old_one_goes(void **state)
{
    Desk *d = *state;
    int64_t gone;
    Changes changes = changes_of(d, rules_here(d));
    ChangeListRow old = kept(d, &changes, 20031), other = kept(d, &changes, 20032), new = kept(d, &changes, 20031);
    assert_true(old.list_no < new.list_no);
    assert_int_equal(found(d, 20031, "rules engine"), new.list_no);
    assert_true(change_lists_forget(d->store, NOON, NOON, 100, &gone, &d->err));
    assert_int_equal(gone, LINES + 1);
    assert_int_equal(lines_there(d), 2 * LINES);
    assert_int_equal(found(d, 20032, "rules engine"), other.list_no);
    assert_true(change_lists_forget(d->store, NOON, NOON, 100, &gone, &d->err));
    assert_int_equal(gone, 0);
}

// Also one whose maker died; and never more at once than one transaction should write.
static void lists_go_in_portions_when_their_time_is_over(void **state)
{
    Desk *d = *state;
    int64_t gone, all = 0;
    Changes changes = changes_of(d, rules_here(d));
    ChangeListRow broken = list_of(20040);
    (void)kept(d, &changes, 20031);
    assert_true(change_list_begin(d->store, &broken, &d->err));
    assert_true(change_lines_put(d->store, broken.list_no, &changes, 0, 2, &d->err));
    assert_true(change_lists_forget(d->store, NOON, NOON, 3, &gone, &d->err));
    assert_int_equal(gone, 0);
    assert_true(change_lists_forget(d->store, NOON, NOON + 1, 3, &gone, &d->err));
    assert_int_equal(gone, 3);
    do {
        assert_true(change_lists_forget(d->store, NOON + 1, NOON + 1, 3, &gone, &d->err));
        assert_in_range(gone, 0, 5);
        all += gone;
    } while (gone);
    assert_int_equal(all, LINES + 1);
    assert_int_equal(lines_there(d), 0);
}

#define ON_DESK(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_DESK(nobody_sees_a_list_before_its_last_line),
        ON_DESK(pages_of_a_way_are_the_lines_of_the_whole),
        ON_DESK(a_newer_list_of_the_same_days_takes_the_place_and_the_old_one_goes),
        ON_DESK(lists_go_in_portions_when_their_time_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
