// Which days of whom stand out in the trail, at each edge. Proves C-3.3-11, C-3.3-12 (looks that need an explanation).
// SPDX-License-Identifier: Apache-2.0
#include "marked_days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const MarkLimits limits = {.begins_hour = 8, .ends_hour = 19, .many = 3, .refusals = 2};
static const unsigned char somebody[32] = {1};

// 2026-11-`day` at that time in Japan: the 24th is a Tuesday.
static Instant at(int day, int hour, int minute)
{
    return ((Instant)day_of(2026, 11, day) * 24 * 60 + (hour - 9) * 60 + minute) * 60 * 1000000;
}

static AuditRow look(Instant when, const char *who)
{
    return (AuditRow){.at = when, .operator_name = str_of(who), .act = AUDIT_LOOK, .result = AUDIT_DONE,
                      .whose_index = {somebody, sizeof somebody}};
}

static void a_look_outside_of_hours_marks_the_day_at_each_edge(void **state)
{
    static const struct {
        int day, hour, minute;
        bool marked;
    } vectors[] = {{24, 7, 59, true},  {24, 8, 0, false},  {24, 18, 59, false}, {24, 19, 0, true}, {24, 0, 0, true},
                   {24, 23, 59, true}, {28, 12, 0, true}, {29, 12, 0, true},   {27, 12, 0, false}, {30, 12, 0, false}};
    Arena arena = arena_reserve(1 << 20), whole = arena;
    (void)state;
    for (ptrdiff_t i = 0; i < countof(vectors); i++) {
        StaffDays days = {0};
        const AuditRow row = look(at(vectors[i].day, vectors[i].hour, vectors[i].minute), "花子");
        staff_days_add(&days, &limits, &row, &arena);
        assert_int_equal(days.count, 1);
        assert_int_equal(days.at[0].day, day_of(2026, 11, vectors[i].day));
        assert_int_equal(staff_day_marked(&days.at[0], &limits, MARK_HOURS), vectors[i].marked);
    }
    arena_release(whole);
}

static void a_look_at_somebody_under_protection_marks_the_day_and_no_other_act_does(void **state)
{
    Sha256 indexes[] = {{{9}}, {{1}}, {{5}}};
    static const unsigned char other[32] = {2}, short_one[4] = {1};
    MarkLimits with = limits;
    Arena arena = arena_reserve(1 << 20), whole = arena;
    StaffDays days = {0};
    (void)state;
    guarded_sort(indexes, countof(indexes));
    with.guarded = indexes;
    with.guarded_count = countof(indexes);
    AuditRow rows[6];
    for (int i = 0; i < 6; i++) rows[i] = look(at(24, 10, i), i == 0 ? "花子" : i == 5 ? "system:ledger" : "太郎");
    rows[1].whose_index = (Bytes){other, sizeof other};
    rows[2].result = AUDIT_REFUSED;
    rows[3].act = AUDIT_CHANGE;
    rows[4].whose_index = (Bytes){short_one, sizeof short_one};
    for (int i = 0; i < 6; i++) staff_days_add(&days, &with, &rows[i], &arena);
    assert_int_equal(days.count, 2);
    VEC_EACH (const StaffDay, day, days)
        assert_int_equal(staff_day_marked(day, &with, MARK_GUARDED), str_equal(day->operator_name, S("花子")));
    days = (StaffDays){0};
    staff_days_add(&days, &limits, &rows[0], &arena);  // nobody is under protection
    assert_false(staff_day_marked(&days.at[0], &limits, MARK_GUARDED));
    arena_release(whole);
}

static void many_people_and_refusals_mark_one_persons_one_day(void **state)
{
    StaffDays days = {0};
    Arena arena = arena_reserve(1 << 20), whole = arena;
    (void)state;
    for (int i = 0; i < 3; i++) {
        const AuditRow one = look(at(24, 10, i), "花子"), other = look(at(i ? 25 : 24, 10, i), "太郎");
        AuditRow list = look(at(24, 11, i), "次郎"), refused = look(at(24, 12, i), "三郎"), program = look(at(24, 3, i), "system:ledger");
        list.whose_index = (Bytes){0};  // nobody's in particular
        refused.result = i ? AUDIT_REFUSED : AUDIT_DONE;
        staff_days_add(&days, &limits, &one, &arena);
        staff_days_add(&days, &limits, &other, &arena);
        staff_days_add(&days, &limits, &list, &arena);
        staff_days_add(&days, &limits, &refused, &arena);
        staff_days_add(&days, &limits, &program, &arena);
    }
    assert_int_equal(days.count, 5);  // 太郎 on two days, programs on none
    VEC_EACH (const StaffDay, day, days) {
        bool hanako = str_equal(day->operator_name, S("花子")), saburo = str_equal(day->operator_name, S("三郎"));
        assert_int_equal(staff_day_marked(day, &limits, MARK_MANY), hanako);
        assert_int_equal(staff_day_marked(day, &limits, MARK_REFUSED), saburo);
        assert_false(staff_day_marked(day, &limits, MARK_HOURS));
    }
    arena_release(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_look_outside_of_hours_marks_the_day_at_each_edge),
        cmocka_unit_test(a_look_at_somebody_under_protection_marks_the_day_and_no_other_act_does),
        cmocka_unit_test(many_people_and_refusals_mark_one_persons_one_day),
    };
    return cmocka_run_group_tests_name("marked days", tests, NULL, NULL);
}
