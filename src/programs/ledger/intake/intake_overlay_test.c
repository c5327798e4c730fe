// What earlier rows of a file do to a person's doses is what later rows of it see.
// SPDX-License-Identifier: Apache-2.0
#include "intake_overlay.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { HANAKO = 7, TARO = 9 };

typedef struct File {
    Arena whole, arena;
    IntakeOverlay overlay;
} File;

static int file_open(void **state)
{
    static File file;
    file = (File){.whole = arena_reserve(8 << 20)};
    file.arena = file.whole;
    file.overlay.arena = &file.arena;
    *state = &file;
    return 0;
}

static int file_close(void **state)
{
    arena_release(((File *)*state)->whole);
    return 0;
}

static PartialDate on(int day)
{
    return (PartialDate){2026, 10, (int8_t)day};
}

static DoseRow dose(int32_t number, int day)
{
    return (DoseRow){.dose_id = number, .person_id = HANAKO, .given_on = on(day)};
}

// A row of the file that brings this dose.
static StagedRow *brings(File *f, int32_t number, int day)
{
    DoseRecord *record = NEW(&f->arena, DoseRecord, 1);
    StagedRow *row = NEW(&f->arena, StagedRow, 1);
    *record = (DoseRecord){.dose = dose(number, day)};
    *row = (StagedRow){.person_id = HANAKO, .dose_id = number, .dose = record};
    return row;
}

static void adds(File *f, StagedRow *row)
{
    overlay_add(&f->overlay, row);
}

// "2 5": the numbers of the doses that stand, in their order.
static void assert_stand(File *f, const DoseRow *stored, int count, const char *expected)
{
    Text text = {0};
    StagedRows rows = overlay_rows(&f->overlay, HANAKO);
    DoseRows all = overlay_doses(&rows, stored, count, &f->arena);
    VEC_EACH (const DoseRow, one, all) text_addf(&text, &f->arena, "%s%d", text.len ? " " : "", one->dose_id);
    Str is = text_str(&text);
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

static void a_dose_of_an_earlier_row_stands_among_those_of_before_by_its_day(void **state)
{
    File *f = *state;
    const DoseRow stored[] = {dose(1, 3), dose(2, 20)};
    assert_stand(f, stored, 2, "1 2");
    adds(f, brings(f, 100, 10));
    assert_stand(f, stored, 2, "1 100 2");
    adds(f, brings(f, 101, 20));
    assert_stand(f, stored, 2, "1 100 2 101");
    adds(f, brings(f, 102, 1));
    assert_stand(f, stored, 2, "102 1 100 2 101");
}

static void rows_of_one_person_are_nobody_elses(void **state)
{
    File *f = *state;
    StagedRow *other = brings(f, 100, 10);
    other->person_id = TARO;
    adds(f, other);
    assert_stand(f, NULL, 0, "");
    assert_int_equal(overlay_rows(&f->overlay, TARO).count, 1);
    assert_int_equal(overlay_rows(&f->overlay, 0).count, 0);
}

static void a_row_that_corrects_takes_the_place_of_the_dose_and_of_the_row_before_it(void **state)
{
    File *f = *state;
    const DoseRow stored[] = {dose(1, 3)};
    StagedRow *first = brings(f, 100, 4), *second = brings(f, 101, 5);
    first->ends = 1;
    second->ends = 100;
    adds(f, first);
    assert_stand(f, stored, 1, "100");
    adds(f, second);
    assert_stand(f, stored, 1, "101");
    StagedRows rows = overlay_rows(&f->overlay, HANAKO);
    assert_ptr_equal(overlay_ends(&rows, 1), first);
    assert_ptr_equal(overlay_ends(&rows, 100), second);
    assert_null(overlay_ends(&rows, 101));
    assert_int_equal(overlay_version(&rows, first), 0);
    assert_int_equal(overlay_version(&rows, second), 101);
}

// A sheet that adds the lot of a dose goes on under the claim of the first.
static void a_row_that_fills_is_the_same_dose_further_on(void **state)
{
    File *f = *state;
    StagedRow *first = brings(f, 100, 4), *second = brings(f, 101, 4), *third = brings(f, 102, 4);
    second->ends = 100;
    second->fills = true;
    third->ends = 101;
    third->fills = true;
    adds(f, first);
    adds(f, second);
    adds(f, third);
    StagedRows rows = overlay_rows(&f->overlay, HANAKO);
    assert_int_equal(overlay_version(&rows, first), 102);
    third->fills = false;
    assert_int_equal(overlay_version(&rows, first), 0);
}

static NotGivenRow seen(int32_t number, int day)
{
    return (NotGivenRow){.record_id = number, .person_id = HANAKO, .kind = GIVEN_EXAMINED_ONLY, .seen_on = on(day)};
}

static StagedRow *examines(File *f, int32_t number, int day)
{
    NotGivenRow *record = NEW(&f->arena, NotGivenRow, 1);
    StagedRow *row = NEW(&f->arena, StagedRow, 1);
    *record = seen(number, day);
    *row = (StagedRow){.person_id = HANAKO, .record_id = number, .not_given = record};
    return row;
}

// A dose and an examination may have the same number: the one ends nothing of the other.
static void an_examination_is_ended_by_its_own_number_and_no_doses(void **state)
{
    File *f = *state;
    const NotGivenRow stored[] = {seen(1, 3), seen(2, 9)};
    StagedRow *dose_ends = brings(f, 100, 4), *seen_ends = examines(f, 50, 5);
    dose_ends->ends = 1;
    seen_ends->ends = -2;
    adds(f, dose_ends);
    adds(f, seen_ends);
    StagedRows rows = overlay_rows(&f->overlay, HANAKO);
    NotGivenRows all = overlay_not_given(&rows, stored, 2, &f->arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.at[0].record_id, 1);
    assert_int_equal(all.at[1].record_id, 50);
    assert_int_equal(overlay_version(&rows, seen_ends), -50);
}

static void facts_of_the_file_stand_beside_those_of_before(void **state)
{
    File *f = *state;
    const FactRow stored[] = {{.person_id = HANAKO, .kind = S("edd"), .since = 20000, .until = DAY_NONE}};
    FactRow *fact = NEW(&f->arena, FactRow, 1);
    StagedRow *row = brings(f, 100, 4);
    *fact = (FactRow){.person_id = HANAKO, .kind = S("edd"), .since = 20100, .until = DAY_NONE};
    row->fact = fact;
    adds(f, row);
    adds(f, brings(f, 101, 5));
    StagedRows rows = overlay_rows(&f->overlay, HANAKO);
    FactRows all = overlay_facts(&rows, stored, 1, &f->arena);
    assert_int_equal(all.count, 2);
    assert_int_equal(all.at[0].since, 20000);
    assert_int_equal(all.at[1].since, 20100);
}

static void what_is_judged_anew_begins_without_the_rows_of_before(void **state)
{
    File *f = *state;
    const DoseRow stored[] = {dose(1, 3)};
    StagedRow *row = brings(f, 100, 4);
    row->ends = 1;
    adds(f, row);
    overlay_forget(&f->overlay, HANAKO);
    overlay_forget(&f->overlay, TARO);  // who has none
    assert_stand(f, stored, 1, "1");
    adds(f, brings(f, 101, 9));
    assert_stand(f, stored, 1, "1 101");
}

#define WITH_FILE(name) cmocka_unit_test_setup_teardown(name, file_open, file_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FILE(a_dose_of_an_earlier_row_stands_among_those_of_before_by_its_day),
        WITH_FILE(rows_of_one_person_are_nobody_elses),
        WITH_FILE(a_row_that_corrects_takes_the_place_of_the_dose_and_of_the_row_before_it),
        WITH_FILE(a_row_that_fills_is_the_same_dose_further_on),
        WITH_FILE(an_examination_is_ended_by_its_own_number_and_no_doses),
        WITH_FILE(facts_of_the_file_stand_beside_those_of_before),
        WITH_FILE(what_is_judged_anew_begins_without_the_rows_of_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
