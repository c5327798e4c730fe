// The roster of staff and single duties: what a row must say, what the file or a request changes, and that nothing of it
// counts before a second person has seen it, before its term has begun, or after it has ended.
// Proves C-3.3-08 (rights with an end, by two people), C-3.3-09 (who left is out the same day), C-3.3-04, C-2.3-12 (a right of
// some wards is one of these wards).
// SPDX-License-Identifier: Apache-2.0
#include "approvals.h"
#include "duty_request.h"
#include "error_texts.h"
#include "office_roster.h"
#include "roster.h"
#include "test_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define HEAD "氏名,所属,職務,開始日,終了日\n"

static const Door staff = COMMAND("staff", "office", DUTY_ADMIN, AUDIT_LOOK, SHARED, test_does_nothing);
static const Door show = COMMAND("show", "immunization", DUTY_READ, AUDIT_LOOK, SHARED, test_does_nothing);
static const Door show_in_wards =
    COMMAND_IN_WARDS("ours", "immunization", DUTY_READ, AUDIT_LOOK, SHARED, test_does_nothing);
static const Door approve = COMMAND("approvals", "office", DUTY_APPROVE, AUDIT_CHANGE, SHARED, test_does_nothing);
static const Door *const doors[] = {&staff, &show, &show_in_wards, &approve};
static const ApprovalKind *const kinds[] = {&roster_kind, &duty_kind};
static const int no_migration_count = 0;
static const OfficeProgram program = {.name = "ledger",
                                      .doors = {doors, countof(doors)},
                                      .approvals = {kinds, countof(kinds)},
                                      .migration_count = &no_migration_count};

typedef struct Town {
    TestPlace place;
    Arena whole, arena;
    Error err;
    TestOffice office;
} Town;

static int town_open(void **state)
{
    static Town town;
    Town *t = &town;
    *t = (Town){0};
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve(128 << 20);
    t->office = test_office_at(&t->place, &program, day_of(2026, 4, 1), &t->arena);
    *state = t;
    return !test_office_found(&t->office, "佐藤", &t->arena, &t->err);
}

static int town_close(void **state)
{
    Town *t = *state;
    arena_release(t->whole);
    test_place_remove(&t->place);
    return 0;
}

// ---- rows

static void read(Town *t, const char *text, RosterTerms *terms, RosterFaults *faults)
{
    CsvReader *csv;
    assert_true(csv_open_text(str_of(text), &roster_layout, CSV_ENCODING_AUTO, &t->arena, &csv, &t->err));
    assert_true(roster_read(csv, &t->arena, terms, faults, &t->err));
}

static void every_fault_of_every_row_is_told_with_its_row_and_item(void **state)
{
    static const struct {
        const char *row, *item;
        ErrorCode code;
    } vectors[] = {
        {"山田　花子,健康推進課,閲覧,2026-04-01,2027-03-31", NULL, E_NONE},
        {"山田　花子,健康推進課,read,R8.4.1,令和9年3月31日", NULL, E_NONE},
        {"山田　花子,健康推進課,閲覧,2026-04-01,2026-04-01", NULL, E_NONE},
        {",健康推進課,閲覧,2026-04-01,2027-03-31", "氏名", E_MISSING},
        {"system:ledger,健康推進課,閲覧,2026-04-01,2027-03-31", "氏名", E_CHARSET},
        {"山田　花子,,閲覧,2026-04-01,2027-03-31", "所属", E_MISSING},
        {"山田　花子,健康推進課,,2026-04-01,2027-03-31", "職務", E_MISSING},
        {"山田　花子,健康推進課,課長,2026-04-01,2027-03-31", "職務", E_CODE_UNKNOWN},
        {"山田　花子,健康推進課,閲覧,2026-04-31,2027-03-31", "開始日", E_DATE_FORMAT},
        {"山田　花子,健康推進課,閲覧,,2027-03-31", "開始日", E_MISSING},
        {"山田　花子,健康推進課,閲覧,2026-04-01,", "終了日", E_MISSING},
        {"山田　花子,健康推進課,閲覧,2026-04-01,2026-03-31", "終了日", E_CONFLICT},
        {"山田　花子,健康推進課,閲覧,2026-04-01,2062-03-31", "終了日", E_CONFLICT},
    };
    Town *t = *state;
    for (ptrdiff_t i = 0; i < countof(vectors); i++) {
        RosterTerms terms;
        RosterFaults faults;
        const char *text = str_z(&t->arena, str_format(&t->arena, HEAD "%s\n", vectors[i].row));
        read(t, text, &terms, &faults);
        assert_int_equal(faults.count, vectors[i].item != NULL);
        assert_int_equal(terms.count, !vectors[i].item);
        if (!vectors[i].item) continue;
        assert_int_equal(faults.at[0].code, vectors[i].code);
        assert_int_equal(faults.at[0].row, 2);
        assert_true(str_equal(error_item(&faults.at[0]), str_of(vectors[i].item)));
    }
    RosterTerms terms;
    RosterFaults faults;
    read(t, HEAD ",,,,\n,健康推進課,課長,x,y\n", &terms, &faults);
    assert_int_equal(faults.count, 5 + 4);
}

static void two_terms_of_one_duty_may_follow_each_other_and_not_overlap(void **state)
{
    RosterTerms terms;
    RosterFaults faults;
    Town *t = *state;
    read(t, HEAD "花,課,閲覧,2026-04-01,2026-09-30\n花,室,閲覧,2026-10-01,2027-03-31\n花,課,印刷・発送,2026-04-01,2027-03-31\n",
         &terms, &faults);
    assert_int_equal(faults.count, 0);
    read(t, HEAD "花,室,閲覧,2026-09-30,2027-03-31\n花,課,閲覧,2026-04-01,2026-09-30\n", &terms, &faults);
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.at[0].row, 2);
}

static void a_roster_is_one_text_whatever_the_order_of_its_rows(void **state)
{
    RosterTerms terms[3];
    RosterFaults faults;
    Town *t = *state;
    read(t, HEAD "花,課,閲覧,2026-04-01,2027-03-31\n太,室,承認,2026-04-01,2027-03-31\n", &terms[0], &faults);
    read(t, HEAD "太,室,approve,R8.4.1,R9.3.31\n花,課,read,R8.4.1,R9.3.31\n", &terms[1], &faults);
    Str text = roster_text(&terms[0], &t->arena);
    assert_true(str_equal(text, roster_text(&terms[1], &t->arena)));
    assert_true(roster_of_text(text, &t->arena, &terms[2]));
    assert_true(str_equal(text, roster_text(&terms[2], &t->arena)));
    assert_false(roster_of_text(S("花\tread\tx\t1\t課\n"), &t->arena, &terms[2]));
}

static void wards_are_read_by_code_and_by_name_and_never_guessed(void **state)
{
    static const struct {
        const char *typed, *codes;  // NULL: refused
    } vectors[] = {
        {"", ""},
        {" 　", ""},
        {"小倉北区", "401064"},
        {"北九州市小倉北区", "401064"},
        {"401064", "401064"},
        {"４０１０６４", "401064"},
        {"小倉南区、小倉北区", "401064 401072"},
        {"401072 小倉北区・小倉南区", "401064 401072"},
        {"戸畑区，若松区", "401030 401056"},
        {"札幌市北区", "011029"},
        {"北区", NULL},          // of many cities
        {"北九州市", NULL},      // no ward
        {"401005", NULL},        // the city's own
        {"401063", NULL},        // its check digit
        {"131016", NULL},        // 千代田区: no ward of a designated city
        {"小倉北区 札幌市北区", NULL},
        {"小倉東区", NULL},
        {"区", NULL},
        {"北九州市 小倉北区", NULL},
    };
    Town *t = *state;
    for (ptrdiff_t i = 0; i < countof(vectors); i++) {
        Str codes;
        bool read = ward_scope_read(str_of(vectors[i].typed), &t->arena, &codes, &t->err);
        if (read != (vectors[i].codes != NULL)) fail_msg("%s", vectors[i].typed);
        if (read) assert_true(str_equal(codes, str_of(vectors[i].codes)));
        if (!read) assert_int_equal(t->err.code, E_CODE_UNKNOWN);
    }
    assert_true(str_equal(ward_scope_words(S("401064 401072"), &t->arena), S("小倉北区・小倉南区")));
    assert_true(str_equal(ward_scope_words(S(""), &t->arena), S("全市")));
}

static void a_right_of_wards_covers_who_lives_there_and_nobody_of_whom_no_ward_is_known(void **state)
{
    (void)state;
    assert_true(ward_scope_covers((Str){0}, S("401064")) && ward_scope_covers(S(""), (Str){0}));
    assert_true(ward_scope_covers(S("401064 401072"), S("401072")) && ward_scope_covers(S("401064"), S("401064")));
    assert_false(ward_scope_covers(S("401064"), S("401072")) || ward_scope_covers(S("401064"), (Str){0}) ||
                 ward_scope_covers(S("401064"), S("")) || ward_scope_covers(S("401064"), S("40106")));
}

static void a_roster_keeps_its_wards_in_its_text_and_refuses_one_it_does_not_know(void **state)
{
    RosterTerms terms, again;
    RosterFaults faults;
    Town *t = *state;
    read(t, "氏名,所属,職務,開始日,終了日,担当区\n花,区役所,閲覧,2026-04-01,2027-03-31,小倉南区 小倉北区\n太,課,閲覧,2026-04-01,2027-03-31,\n",
         &terms, &faults);
    assert_int_equal(faults.count, 0);
    Str text = roster_text(&terms, &t->arena);
    assert_true(str_find(text, S("区役所\t401064 401072\n")) > 0);
    assert_true(roster_of_text(text, &t->arena, &again) && str_equal(text, roster_text(&again, &t->arena)));
    assert_true(roster_of_text(S("花\tread\t1\t2\t課\n"), &t->arena, &again));  // as it was written before wards
    assert_int_equal(again.at[0].wards.len, 0);
    assert_true(str_equal(again.at[0].department, S("課")));
    read(t, "氏名,所属,職務,開始日,終了日,担当区\n花,区役所,閲覧,2026-04-01,2027-03-31,中央区\n", &terms, &faults);
    assert_int_equal(faults.count, 1);
    assert_true(str_equal(error_item(&faults.at[0]), S("担当区")));
    // Nobody could give a right any more: that is done for the city.
    read(t, "氏名,所属,職務,開始日,終了日,担当区\n花,区役所,職員と権限の管理,2026-04-01,2027-03-31,小倉北区\n", &terms, &faults);
    assert_int_equal(faults.count, 1);
    assert_true(str_equal(error_item(&faults.at[0]), S("担当区")));
    assert_int_equal(faults.at[0].code, E_CONFLICT);
}

// ---- an office

static bool asks(Town *t, const char *text, int64_t *number, int64_t *changes)
{
    TestAct in;
    char path[160];
    (void)snprintf(path, sizeof path, "%.128s/roster.csv", t->place.folder);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    bool asked = roster_ask(&in.act, str_of(path), S("年度の初め"), number, changes, &t->err);
    test_act_leave(&in);
    return asked;
}

static bool decides(Town *t, const char *who, int64_t number, Instant later)
{
    TestAct in;
    const ApprovalDecision decision = {.approval_no = number, .kind = APPROVAL_GRANT};
    if (!test_act_enter(&t->office, &approve, who, &t->arena, &in, &t->err)) return false;
    in.act.now += later;
    bool decided = approval_decide(&in.act, &decision, &t->err);
    test_act_leave(&in);
    return decided;
}

// By the clock of so many days from now.
static bool may(Town *t, const char *who, const Door *door, int days)
{
    TestAct in;
    bool holds = false;
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    assert_true(staff_holds_duty(in.act.store, str_of(who), door->programme, door->duty,
                                 in.act.now + days * INSTANT_DAY, &holds, &t->err));
    test_act_leave(&in);
    return holds;
}

// "city": of the whole of it; "": not held.
static const char *held_in(Town *t, const char *who, const Door *door)
{
    TestAct in;
    StaffHeld held;
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    assert_true(staff_duty_held(in.act.store, str_of(who), door->programme, door->duty, in.act.now, &t->arena, &held, &t->err));
    test_act_leave(&in);
    return !held.holds ? "" : held.wards.len ? str_z(&t->arena, held.wards) : "city";
}

static bool in_office(Town *t, int64_t staff_no, int days)
{
    TestAct in;
    bool stands;
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    assert_true(staff_in_office(in.act.store, staff_no, instant_day_in_japan(in.act.now) + days, &stands, &t->err));
    test_act_leave(&in);
    return stands;
}

static void by_sql(Town *t, const char *sql)
{
    TestAct in;
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    assert_true(store_execute(in.act.store, sql, &t->err));
    test_act_leave(&in);
}

static const char *day(Town *t, int later)
{
    char text[DAY_TEXT_SIZE];
    return str_z(&t->arena, str_of(day_text(instant_day_in_japan(clock_now()) + later, text)));
}

// 佐藤 looks after the staff, 鈴木 approves from today on for ten days, 田中 reads from tomorrow on.
static const char *roster(Town *t)
{
    Text text = {0};
    static const char *const own[] = {"管理", "閲覧", "承認"};
    text_add(&text, &t->arena, S(HEAD));
    for (ptrdiff_t i = 0; i < countof(own); i++)
        text_addf(&text, &t->arena, "佐藤,課,%s,%s,%s\n", i ? own[i] : "admin", day(t, 0), day(t, 300));
    text_addf(&text, &t->arena, "鈴木,課,承認,%s,%s\n", day(t, 0), day(t, 10));
    text_addf(&text, &t->arena, "田中,室,閲覧,%s,%s\n", day(t, 1), day(t, 20));
    return str_z(&t->arena, text_str(&text));
}

static void given(Town *t, const char *name, Duty duty)
{
    assert_true(test_duty_given(&t->office, &staff, "佐藤", name, duty, &t->arena, &t->err));
}

static void second_person(Town *t)
{
    given(t, "鈴木", DUTY_APPROVE);
}

static void a_roster_counts_when_a_second_person_has_approved_it_and_within_its_terms(void **state)
{
    int64_t number = 0, changes = 0;
    Town *t = *state;
    second_person(t);
    assert_true(asks(t, roster(t), &number, &changes));
    assert_true(number > 0 && changes > 0);
    assert_true(may(t, "佐藤", &approve, 0));  // as founded
    assert_false(may(t, "田中", &show, 5));
    assert_false(decides(t, "佐藤", number, 0));  // nobody approves what he asked for
    assert_true(decides(t, "鈴木", number, 0));
    assert_false(may(t, "田中", &show, 0));  // not yet
    assert_true(may(t, "田中", &show, 1));
    assert_true(may(t, "田中", &show, 20));
    assert_false(may(t, "田中", &show, 21));  // no more
    assert_true(may(t, "鈴木", &approve, 10));
    assert_false(may(t, "鈴木", &approve, 11));
    assert_false(may(t, "鈴木", &show, 0));
    assert_true(in_office(t, 3, 1));
    assert_false(in_office(t, 3, 0));
    assert_false(in_office(t, 3, 21));
    assert_true(asks(t, roster(t), &number, &changes));
    assert_int_equal(changes, 0);  // it says what stands
}

static void whoever_left_the_roster_is_out_and_somebody_stays_who_may_say_so(void **state)
{
    int64_t number = 0, changes = 0;
    Town *t = *state;
    second_person(t);
    assert_true(asks(t, roster(t), &number, &changes));
    assert_true(decides(t, "鈴木", number, 0));
    const char *without = str_z(&t->arena, str_format(&t->arena, HEAD "佐藤,課,admin,%s,%s\n鈴木,課,承認,%s,%s\n", day(t, 0),
                                                      day(t, 300), day(t, 0), day(t, 10)));
    assert_true(asks(t, without, &number, &changes));
    assert_int_equal(changes, 3);  // 佐藤 reads and approves no more, 田中 left
    assert_true(decides(t, "鈴木", number, 0));
    assert_false(may(t, "田中", &show, 5));
    assert_false(in_office(t, 3, 5));
    assert_false(asks(t, HEAD "鈴木,課,承認,2026-04-01,2027-03-31\n", &number, &changes));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(asks(t, str_z(&t->arena, str_format(&t->arena, HEAD "佐藤,課,admin,%s,%s\n", day(t, 1), day(t, 9))), &number,
                      &changes));
    assert_int_equal(t->err.code, E_CONFLICT);  // only from tomorrow on
    assert_false(asks(t, HEAD "鈴木,課,課長,2026-04-01,2027-03-31\n", &number, &changes));
    assert_int_equal(t->err.code, E_FILE_LAYOUT);
}

static void a_request_lapses_when_somebody_was_given_a_duty_meanwhile(void **state)
{
    int64_t number = 0, changes = 0;
    Town *t = *state;
    second_person(t);
    assert_true(asks(t, roster(t), &number, &changes));
    int64_t first = number;
    const char *other = str_z(&t->arena, str_format(&t->arena, HEAD "佐藤,課,admin,%s,%s\n鈴木,課,承認,%s,%s\n", day(t, 0),
                                                    day(t, 300), day(t, 0), day(t, 10)));
    assert_true(asks(t, other, &number, &changes));
    assert_true(decides(t, "鈴木", number, 0));
    assert_false(decides(t, "鈴木", first, 0));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(may(t, "田中", &show, 5));
}

static void a_roster_that_leaves_nobody_by_the_day_it_is_decided_is_not_taken(void **state)
{
    int64_t number = 0, changes = 0;
    Town *t = *state;
    second_person(t);
    assert_true(asks(t, str_z(&t->arena, str_format(&t->arena, HEAD "佐藤,課,admin,%s,%s\n鈴木,課,承認,%s,%s\n", day(t, 0),
                                                    day(t, 1), day(t, 0), day(t, 300))),
                     &number, &changes));
    assert_false(decides(t, "鈴木", number, 2 * INSTANT_DAY));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_true(may(t, "佐藤", &staff, 2));
    assert_true(decides(t, "鈴木", number, INSTANT_DAY));  // while the term lasts
}

// ---- one duty of one person

static bool asks_duty(Town *t, const DutyChange *change, int64_t *number)
{
    TestAct in;
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    AuditLeaf leaf = act_leaf(&in.act, AUDIT_HELD);
    leaf.act = AUDIT_CHANGE;
    bool asked = act_begin(&in.act, &t->err) && duty_ask(&in.act, change, S("応援"), number, &t->err) &&
                 act_record(&in.act, &leaf, &t->err) && store_commit(in.act.store, &t->err);
    if (!asked) store_rollback(in.act.store);
    test_act_leave(&in);
    return asked;
}

static DutyChange for_days(const char *name, Duty duty, int first, int last)
{
    Day today = instant_day_in_japan(clock_now());
    return (DutyChange){.name = str_of(name), .duty = duty, .given = true, .department = S("課\t二係"),
                        .begins_on = today + first, .ends_on = today + last};
}

static void a_duty_is_given_for_its_term_by_two_people(void **state)
{
    int64_t number = 0;
    Town *t = *state;
    second_person(t);
    DutyChange reads = for_days("鈴木", DUTY_READ, 1, 20);
    assert_true(asks_duty(t, &reads, &number));
    assert_false(decides(t, "佐藤", number, 0));
    assert_false(may(t, "鈴木", &show, 5));
    assert_true(decides(t, "鈴木", number, 0));
    assert_true(!may(t, "鈴木", &show, 0) && may(t, "鈴木", &show, 1) && may(t, "鈴木", &show, 20) && !may(t, "鈴木", &show, 21));
    by_sql(t, "UPDATE staff_term SET ends_on = ends_on + 300");
    assert_false(may(t, "鈴木", &show, 5));  // no term that its record does not say
    assert_false(in_office(t, 2, 5) && may(t, "鈴木", &show, 25));
    by_sql(t, "UPDATE staff_term SET ends_on = ends_on - 300");
    by_sql(t, "CREATE TABLE kept AS SELECT * FROM staff_term; DELETE FROM staff_term");
    assert_false(may(t, "鈴木", &show, 5) || may(t, "鈴木", &show, 25));
    by_sql(t, "INSERT INTO staff_term SELECT * FROM kept");
    assert_true(may(t, "鈴木", &show, 5));
    assert_false(asks_duty(t, &reads, &number));  // it is so already
    assert_int_equal(t->err.code, E_CONFLICT);
    reads = for_days("鈴木", DUTY_READ, 0, 3);  // in place of the term before
    assert_true(asks_duty(t, &reads, &number) && decides(t, "鈴木", number, 0));
    assert_true(may(t, "鈴木", &show, 0) && may(t, "鈴木", &show, 3) && !may(t, "鈴木", &show, 4));
    assert_true(asks_duty(t, &(DutyChange){.name = S("鈴木"), .duty = DUTY_READ}, &number) && decides(t, "鈴木", number, 0));
    assert_false(may(t, "鈴木", &show, 0));
}

static bool enters(Town *t, const char *who, const Door *door, const char *wards)
{
    TestAct in;
    if (!test_act_enter(&t->office, door, who, &t->arena, &in, &t->err)) return false;
    assert_true(str_equal(in.act.wards, str_of(wards)));
    test_act_leave(&in);
    return true;
}

// As the command `grant` does: without a term, for the city.
static bool granted_plainly(Town *t, const char *who, Duty duty)
{
    TestAct in;
    DutyChanged changed = {0};
    assert_true(test_act_enter(&t->office, &staff, "佐藤", &t->arena, &in, &t->err));
    DutyChange change = {.name = str_of(who), .duty = duty, .given = true, .by = S("佐藤"), .now = in.act.now};
    assert_true(act_begin(&in.act, &t->err) && duty_change(&in.act, &change, &changed, &t->err) && store_commit(in.act.store, &t->err));
    test_act_leave(&in);
    return changed.duty;
}

// Whoever has a database and no office gives nobody more of the city: the record says which wards it was.
static void a_duty_of_some_wards_is_that_of_its_record_and_opens_what_keeps_to_wards(void **state)
{
    int64_t number = 0;
    Town *t = *state;
    second_person(t);
    DutyChange reads = for_days("鈴木", DUTY_READ, 0, 20);
    reads.wards = S("401064 401072");
    assert_true(asks_duty(t, &reads, &number) && decides(t, "鈴木", number, 0));
    assert_string_equal(held_in(t, "鈴木", &show), "401064 401072");
    assert_string_equal(held_in(t, "佐藤", &show), "city");
    assert_true(enters(t, "鈴木", &show_in_wards, "401064 401072") && enters(t, "佐藤", &show_in_wards, ""));
    assert_false(enters(t, "鈴木", &show, ""));
    assert_int_equal(t->err.code, E_RIGHT);
    assert_true(str_find(error_words(&t->err), S("担当区")) >= 0);
    by_sql(t, "UPDATE staff_term SET wards = '401064'");
    assert_string_equal(held_in(t, "鈴木", &show), "");
    by_sql(t, "UPDATE staff_term SET wards = ''");
    assert_string_equal(held_in(t, "鈴木", &show), "");
    by_sql(t, "UPDATE staff_term SET wards = '401064 401072'");
    assert_string_equal(held_in(t, "鈴木", &show), "401064 401072");
    assert_false(asks_duty(t, &reads, &number));  // it is so already
    reads.wards = S("401064");
    assert_true(asks_duty(t, &reads, &number) && decides(t, "鈴木", number, 0));
    assert_string_equal(held_in(t, "鈴木", &show), "401064");
    assert_true(granted_plainly(t, "鈴木", DUTY_READ));  // the city is more than a ward
    assert_string_equal(held_in(t, "鈴木", &show), "city");
    assert_true(asks_duty(t, &reads, &number) && decides(t, "鈴木", number, 0));
    assert_string_equal(held_in(t, "鈴木", &show), "401064");
    reads.wards = (Str){0};
    assert_true(asks_duty(t, &reads, &number) && decides(t, "鈴木", number, 0));
    assert_string_equal(held_in(t, "鈴木", &show), "city");
}

static void a_request_for_a_duty_lapses_when_the_duty_was_changed_meanwhile(void **state)
{
    int64_t first = 0, number = 0;
    Town *t = *state;
    second_person(t);
    const DutyChange reads = for_days("鈴木", DUTY_READ, 0, 20), shorter = for_days("鈴木", DUTY_READ, 0, 3);
    assert_true(asks_duty(t, &reads, &first) && asks_duty(t, &shorter, &number) && decides(t, "鈴木", number, 0));
    assert_false(decides(t, "鈴木", first, 0));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(may(t, "鈴木", &show, 4));
}

static void two_requests_never_take_the_last_who_looks_after_rights(void **state)
{
    int64_t one = 0, other = 0;
    Town *t = *state;
    second_person(t);
    assert_false(asks_duty(t, &(DutyChange){.name = S("佐藤"), .duty = DUTY_ADMIN}, &one));
    assert_int_equal(t->err.code, E_CONFLICT);
    given(t, "鈴木", DUTY_ADMIN);
    const DutyChange later = for_days("佐藤", DUTY_ADMIN, 1, 20);
    assert_true(asks_duty(t, &later, &one));
    assert_true(asks_duty(t, &(DutyChange){.name = S("鈴木"), .duty = DUTY_ADMIN}, &other));
    assert_true(decides(t, "鈴木", one, 0));
    assert_false(decides(t, "鈴木", other, 0));  // 佐藤 begins tomorrow
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_true(decides(t, "鈴木", other, INSTANT_DAY));
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(every_fault_of_every_row_is_told_with_its_row_and_item),
        STORY(two_terms_of_one_duty_may_follow_each_other_and_not_overlap),
        STORY(a_roster_is_one_text_whatever_the_order_of_its_rows),
        STORY(wards_are_read_by_code_and_by_name_and_never_guessed),
        STORY(a_right_of_wards_covers_who_lives_there_and_nobody_of_whom_no_ward_is_known),
        STORY(a_roster_keeps_its_wards_in_its_text_and_refuses_one_it_does_not_know),
        STORY(a_roster_counts_when_a_second_person_has_approved_it_and_within_its_terms),
        STORY(whoever_left_the_roster_is_out_and_somebody_stays_who_may_say_so),
        STORY(a_request_lapses_when_somebody_was_given_a_duty_meanwhile),
        STORY(a_roster_that_leaves_nobody_by_the_day_it_is_decided_is_not_taken),
        STORY(a_duty_is_given_for_its_term_by_two_people),
        STORY(a_duty_of_some_wards_is_that_of_its_record_and_opens_what_keeps_to_wards),
        STORY(a_request_for_a_duty_lapses_when_the_duty_was_changed_meanwhile),
        STORY(two_requests_never_take_the_last_who_looks_after_rights),
    };
    return cmocka_run_group_tests_name("roster", stories, NULL, NULL);
}
