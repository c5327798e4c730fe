// Feed files into the register, on real stores: what the ledger is told, what people must look at.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <dirent.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "addressee.h"
#include "change_rows.h"
#include "consumer_rows.h"
#include "difference.h"
#include "error_texts.h"
#include "feed_files.h"
#include "feed_import.h"
#include "feed_watch.h"
#include "hold_resolve.h"
#include "number_message.h"
#include "office_main.h"
#include "register_search_rows.h"
#include "register_rows.h"
#include "test_act.h"

typedef struct Town {
    TestPlace place;
    Arena arena, whole;
    const char *who;  // at the desk now
    Text rows;        // of the file that is being written
    FeedReport report;
    int64_t round_trips;  // of the last import
    Error err;
} Town;

// ---- the office

extern const Door command_import, command_approve, command_resolve, command_serve, message_difference, message_numbers;

static TestOffice office_of(const Town *t)
{
    return (TestOffice){&addressee_office,
                        {str_of(t->place.folder), str_of(t->place.base_url)},
                        day_of(2026, 11, 3)};
}

static bool entered(Town *t, const Door *door, TestAct *in)
{
    const TestOffice office = office_of(t);
    return test_act_enter(&office, door, t->who, &t->arena, in, &t->err);
}

static void grant(Town *t, const char *name, Duty duty)
{
    const TestOffice office = office_of(t);
    assert_true(test_duty_given(&office, &office_grant, t->who, name, duty, &t->arena, &t->err));
}

// ---- feed files

typedef struct Resident {
    int serial;
    const char *who;
    int reason, status;
    const char *on, *name, *birth, *address, *number, *protection, *household, *reported;
    int kind;
    const char *alias, *since, *postal, *relation, *prints, *phone;
} Resident;

static const char header[] =
    "更新連番,宛名番号,世帯番号,住民種別,住民状態,異動事由,異動年月日,届出年月日,氏名,性別,生年月日,"
    "市区町村コード,住所,住民でなくなった日,支援措置,個人番号,"
    "通称,住民となった日,郵便番号,続柄,氏名優先区分,電話番号\r\n";

static const char *said(const char *text)
{
    return text ? text : "";
}

static void row(Town *t, Resident r)
{
    text_addf(&t->rows, &t->arena, "%d,%s,%s,%d,%d,%02d,%s,%s,%s,2,%s,401064,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s\r\n",
              r.serial, r.who, r.household ? r.household : "7", r.kind ? r.kind : 1, r.status ? r.status : 1, r.reason,
              r.on, r.reported ? r.reported : r.on, r.name ? r.name : "高橋　花子", r.birth ? r.birth : "2024-02-29",
              r.address ? r.address : "北九州市小倉北区馬借二丁目6番1号", r.status > 1 ? r.on : "",
              r.protection ? r.protection : "0", said(r.number), said(r.alias), said(r.since), said(r.postal),
              said(r.relation), said(r.prints), said(r.phone));
}

static const char *write_file(Town *t, const char *name)
{
    const char *path = str_z(&t->arena, str_format(&t->arena, "%s/%s", t->place.folder, name));
    FILE *out = fopen(path, "we");
    assert_non_null(out);
    assert_int_equal(fwrite(header, 1, sizeof header - 1, out), sizeof header - 1);
    assert_int_equal(fwrite(t->rows.at ? t->rows.at : "", 1, (size_t)t->rows.len, out),
                     (size_t)t->rows.len);
    assert_int_equal(fclose(out), 0);
    t->rows = (Text){0};
    return path;
}

static bool take(Town *t, const char *path, bool approved)
{
    TestAct in;
    FeedOrder order = {.path = str_of(path), .approved = approved};
    t->err = (Error){0};
    if (!entered(t, approved ? &command_approve : &command_import, &in)) return false;
    int64_t before = store_round_trips(in.act.store);
    bool good = feed_import(&in.act, &order, &t->arena, &t->report, &t->err);
    t->round_trips = store_round_trips(in.act.store) - before;
    test_act_leave(&in);
    return good;
}

static Str file_text(Town *t, const char *path)
{
    Text text = {0};
    FILE *in = fopen(path, "re");
    assert_non_null(in);
    for (int c = fgetc(in); c != EOF; c = fgetc(in)) text_add_byte(&text, &t->arena, (char)c);
    (void)fclose(in);
    return text_str(&text);
}

// The file in CP932, with a vendor's own character where `mark` stood.
static void as_cp932_with_gaiji(Town *t, const char *path, Str mark)
{
    Str text = file_text(t, path);
    ptrdiff_t at = str_find(text, mark);
    size_t left = (size_t)text.len, room = left;
    char *in = str_z(&t->arena, text), *bytes = NEW(&t->arena, char, text.len), *out = bytes;
    iconv_t way = iconv_open("CP932", "UTF-8");
    assert_true(at > 0);
    assert_int_equal(iconv(way, &in, &left, &out, &room), 0);
    (void)iconv_close(way);
    Str read = {bytes, out - bytes};
    at = str_find(read, mark);
    memcpy(bytes + at, "\xF0\x40", 2);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, (size_t)read.len, file), (size_t)read.len);
    assert_int_equal(fclose(file), 0);
}

static bool import(Town *t, const char *name)
{
    return take(t, write_file(t, name), false);
}

#define FULL(n) "JUKI_401005_ALL_2026103105000" #n "_00" #n ".csv"
#define DIFF(n) "JUKI_401005_DIF_2026110105000" #n "_00" #n ".csv"

// ---- what stands then

static PersonChangeRows changes(Town *t)
{
    TestAct in;
    PersonChangeRows rows;
    assert_true(entered(t, &command_serve, &in));
    assert_true(changes_after(in.act.store, in.act.office->keys, 0, 1000, &t->arena, &rows, &t->err));
    test_act_leave(&in);
    return rows;
}

static const PersonChange *latest(Town *t, const char *who)
{
    PersonChangeRows rows = changes(t);
    const PersonChange *found = NULL;
    Str zeros = S("000000000000000"), number = str_of(who);
    Str padded = str_join(&t->arena, str_from(zeros, number.len), number);
    VEC_EACH (PersonChange, change, rows) {
        bool theirs = str_equal(change->addressee_no, padded);
        if (theirs && change->hold == HOLD_NONE) found = change;
    }
    assert_non_null(found);
    return found;
}

// The founder looks, whoever is at the desk.
static void looks(Town *t, TestAct *in)
{
    const char *who = t->who;
    t->who = "hanako";
    assert_true(entered(t, &command_serve, in));
    t->who = who;
}

static int64_t count(Town *t, const char *sql)
{
    TestAct in;
    int64_t number = -1;
    looks(t, &in);
    Query *q = query_begin(in.act.store, sql, &t->err);
    assert_non_null(q);
    if (query_next(q)) number = column_int64(q, 0);
    assert_true(query_end(q, &t->err));
    test_act_leave(&in);
    return number;
}

static void changed_by_sql(Town *t, const char *sql)
{
    TestAct in;
    looks(t, &in);
    assert_true(store_begin(in.act.store, &t->err));
    assert_true(store_execute(in.act.store, sql, &t->err));
    assert_true(store_commit(in.act.store, &t->err));
    test_act_leave(&in);
}

static int leaves(Town *t, AuditAct act)
{
    TestAct in;
    AuditRows rows = {0};
    int found = 0;
    assert_true(entered(t, &command_serve, &in));
    assert_true(audit_last(in.act.store, 100, &t->arena, &rows, &t->err));
    VEC_EACH (AuditRow, leaf, rows) found += leaf->act == act;
    test_act_leave(&in);
    return found;
}

static int64_t requests(Town *t, ApprovalState state)
{
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM approval WHERE kind = 'feed_apply' AND state = %d", (int)state);
    return count(t, str_z(&t->arena, str_of(sql)));
}

static bool granted_without_file(Town *t)
{
    TestAct in;
    const ApprovalDecision decision = {.approval_no = 1, .kind = APPROVAL_GRANT};
    t->err = (Error){0};
    assert_true(entered(t, &command_approve, &in));
    bool good = approval_decide(&in.act, &decision, &t->err);
    test_act_leave(&in);
    return good;
}

// Does `needle` stand in any file of the data directory but the feed files themselves?
static bool stands_in_a_file(Town *t, Str needle)
{
    bool found = false;
    DIR *folder = opendir(t->place.folder);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        Str name = str_of(entry->d_name);
        if (entry->d_type != DT_REG || str_starts(name, S("JUKI"))) continue;
        Str path = str_format(&t->arena, "%s/%.*s", t->place.folder, STR(name));
        found |= str_find(file_text(t, str_z(&t->arena, path)), needle) >= 0;
    }
    (void)closedir(folder);
    return found;
}

static int town_open(void **state)
{
    Town *t = test_calloc(1, sizeof *t);
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve((ptrdiff_t)2 << 30);
    t->who = "hanako";
    *state = t;
    const TestOffice office = office_of(t);
    return !test_office_found(&office, t->who, &t->arena, &t->err);
}

static int town_close(void **state)
{
    Town *t = *state;
    test_place_remove(&t->place);
    arena_release(t->whole);
    test_free(t);
    return 0;
}

// ---- stories

static void twenty_residents(Town *t, int listed)
{
    for (int i = 1; i <= listed; i++)
        row(t, (Resident){.serial = i,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i)),
                          .reason = 21,
                          .on = "2024-02-29"});
}

static void a_full_copy_and_a_day_of_differences_become_one_sequence(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    row(t, (Resident){
               .serial = 2, .who = "2", .reason = 11, .on = "2024-03-01", .name = "佐藤　太郎"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.applied, 2);
    row(t, (Resident){.serial = 3, .who = "1", .reason = 42, .status = 2, .on = "2026-10-30"});
    assert_true(import(t, DIFF(2)));

    PersonChangeRows rows = changes(t);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.at[2].change_no, 3);
    assert_int_equal(rows.at[2].version_no, 2);
    assert_int_equal(rows.at[2].state.status, STATUS_MOVED_OUT);
    assert_int_equal(rows.at[2].residence.count, 1);
    assert_int_equal(rows.at[2].residence.at[0].last, day_of(2026, 10, 29));
    assert_true(str_equal(rows.at[1].state.name, S("佐藤　太郎")));
    assert_int_equal(leaves(t, AUDIT_IMPORT), 2);  // one act, one leaf
}

// Proves F2 of linkage.md 6.5: a file is the same by name and bytes.
static void the_same_file_changes_nothing_and_its_bytes_under_a_later_number_count(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.outcome, FEED_KNOWN_ALREADY);
    twenty_residents(t, 19);  // one was lost, few enough to pass
    assert_true(import(t, FULL(2)));
    assert_int_equal(t->report.vanished, 1);
    twenty_residents(t, 20);  // the bytes of 001, sent after the faulty one
    assert_true(import(t, FULL(3)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_int_equal(t->report.applied, 1);
    assert_true(str_equal(t->report.same_as, S(FULL(1))));
    assert_int_equal(latest(t, "20")->state.status, STATUS_RESIDENT);
    row(t, (Resident){.serial = 30, .who = "1", .reason = 71, .on = "2026-10-01"});
    assert_true(import(t, DIFF(4)));  // and the sequence goes on
    assert_int_equal(t->report.applied, 1);
}

// A faulty full copy is held and never approved; the next one comes under the next number.
static void a_full_copy_overtakes_files_that_nobody_will_approve(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 10);
    assert_true(import(t, FULL(2)));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    twenty_residents(t, 11);
    assert_true(import(t, FULL(3)));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    row(t, (Resident){.serial = 30, .who = "1", .reason = 71, .on = "2026-10-01"});
    assert_false(import(t, DIFF(4)));  // a difference says nothing of what is held before it
    assert_int_equal(t->err.code, E_FILE_SEQUENCE);
    twenty_residents(t, 20);
    assert_false(import(t, FULL(5)));
    twenty_residents(t, 20);
    assert_true(import(t, FULL(4)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    grant(t, "jiro", DUTY_APPROVE);
    t->who = "jiro";
    twenty_residents(t, 10);
    const char *late = write_file(t, FULL(2));
    assert_false(take(t, late, true));  // what was asked for has been overtaken
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_int_equal(requests(t, APPROVAL_LAPSED), 1);
    assert_false(take(t, late, true));
    assert_int_equal(t->err.code, E_NOT_FOUND);
}

// Whoever a difference does not name would be missing for ever; what waits meanwhile is judged anew behind the picture.
static void a_difference_before_the_first_full_copy_waits(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 31, .on = "2026-10-01"});
    const char *early = write_file(t, DIFF(2));
    for (int times = 0; times < 2; times++) {
        assert_true(take(t, early, false));
        assert_int_equal(t->report.outcome, FEED_WAITS);
        assert_true(t->report.no_picture);
        assert_true(str_find(t->report.held_for, S("DIF")) >= 0);
    }
    assert_true(import(t, DIFF(3)));  // a day without events says no more
    assert_int_equal(t->report.outcome, FEED_WAITS);
    assert_int_equal(changes(t).count, 0);
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));  // not too late
    assert_true(take(t, early, false));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_int_equal(t->report.applied, 1);
}

static void who_has_no_full_copy_begins_with_two_people(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2026-10-01"});
    const char *first = write_file(t, DIFF(7));
    assert_true(take(t, first, false));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    grant(t, "jiro", DUTY_APPROVE);
    t->who = "jiro";
    assert_true(take(t, first, true));
    assert_int_equal(t->report.applied, 1);
}

static int64_t last_hold(Town *t, const char *who)
{
    int64_t hold = -1;
    Str number = str_of(who);
    VEC_EACH (PersonChange, change, changes(t)) {
        if (change->hold != HOLD_NONE && str_ends(change->addressee_no, number)) hold = change->hold;
    }
    return hold;
}

static void who_dies_on_an_unknown_day_has_died(void **state)
{
    Town *t = *state;
    static const char *const days[] = {"2026-10-00", "2026-00-00", "令和8年10月不詳", "R8.10.0"};
    for (int i = 0; i < 5; i++)
        row(t, (Resident){.serial = i + 1,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i + 1)),
                          .reason = 21,
                          .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    for (int i = 0; i < 4; i++)
        row(t, (Resident){.serial = i + 11,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i + 1)),
                          .reason = 51,
                          .status = 3,
                          .on = days[i],
                          .reported = "2026-11-01"});
    row(t, (Resident){.serial = 15, .who = "5", .reason = 51, .status = 3, .on = "令和8年10月頃"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.applied, 4);
    assert_int_equal(t->report.refused, 1);
    assert_int_equal(t->report.held_people, 1);
    assert_int_equal(latest(t, "1")->state.status, STATUS_DEAD);
    assert_int_equal(latest(t, "1")->residence.at[0].last, day_of(2026, 10, 31));
    assert_int_equal(latest(t, "2")->residence.at[0].last, day_of(2026, 11, 1));
    assert_int_equal(count(t, "SELECT count(*) FROM register_task WHERE effect = 'DAY_UNKNOWN'"), 4);
    assert_int_equal(last_hold(t, "5"), HOLD_ROW_REFUSED);
    row(t, (Resident){.serial = 20, .who = "5", .reason = 51, .status = 3, .on = "2026-10-20"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(last_hold(t, "5"), HOLD_ENDED);
}

static bool decide(Town *t, const char *who)
{
    TestAct in;
    AddresseeNo number;
    int64_t decided = 0;
    t->err = (Error){0};
    assert_true(addressee_no_parse(str_of(who), &number, NULL, &t->err));
    assert_true(entered(t, &command_resolve, &in));
    bool good = hold_resolve(&in.act, &number, S("戸籍に確かめた"), &decided, &t->err);
    test_act_leave(&in);
    return good;
}

static void a_refused_row_holds_its_person_until_it_is_decided(void **state)
{
    Town *t = *state;
    const Resident as_before = {.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"};
    row(t, as_before);
    assert_true(import(t, FULL(1)));
    assert_int_equal(last_hold(t, "1"), -1);
    for (int i = 0; i < 2; i++)
        row(t, (Resident){.serial = 2, .who = "1", .reason = 74, .on = "2026-10-30",
                          .birth = "2126-01-05"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.refused, 2);
    assert_int_equal(t->report.held_people, 1);  // held once
    assert_int_equal(last_hold(t, "1"), HOLD_ROW_REFUSED);
    row(t, as_before);
    assert_true(import(t, FULL(3)));  // his old line decides nothing
    assert_int_equal(t->report.unchanged, 1);
    assert_int_equal(last_hold(t, "1"), HOLD_ROW_REFUSED);
    row(t, (Resident){.serial = 2, .who = "1", .reason = 71, .on = "2026-10-29", .name = "別　人"});
    assert_true(import(t, DIFF(4)));  // nor does his new name
    assert_int_equal(last_hold(t, "1"), HOLD_ROW_REFUSED);
    row(t, (Resident){.serial = 3, .who = "1", .reason = 74, .on = "2026-10-30", .birth = "2026-01-05"});
    assert_true(import(t, DIFF(5)));
    assert_int_equal(last_hold(t, "1"), HOLD_ENDED);
    PersonChangeRows rows = changes(t);
    for (ptrdiff_t i = 1; i < rows.count; i++)
        assert_true(rows.at[i].change_no > rows.at[i - 1].change_no);
}

// Two rows were refused: one of them in its right form decides itself, and the other one goes on waiting.
static void a_person_is_held_for_each_event_and_an_officer_may_decide(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    assert_false(decide(t, "1"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
    row(t, (Resident){.serial = 2, .who = "1", .reason = 51, .status = 3, .on = "令和8年10月頃"});
    row(t, (Resident){.serial = 3, .who = "1", .reason = 31, .on = "2026-10-00"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(count(t, "SELECT count(*) FROM person_hold WHERE held = 1 AND decided_at IS NULL"), 2);
    row(t, (Resident){.serial = 4, .who = "1", .reason = 31, .on = "2026-10-20"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(last_hold(t, "1"), HOLD_ROW_REFUSED);
    assert_true(decide(t, "1"));
    assert_int_equal(last_hold(t, "1"), HOLD_ENDED);
    assert_int_equal(count(t, "SELECT count(*) FROM person_hold WHERE held = 1 AND decided_by = 'hanako'"), 1);
    assert_int_equal(count(t, "SELECT count(*) FROM person WHERE held = 1"), 0);
    assert_false(decide(t, "1"));  // once
    row(t, (Resident){.serial = 5, .who = "1", .reason = 51, .status = 3, .on = "10月"});
    assert_true(import(t, DIFF(4)));
    assert_int_equal(last_hold(t, "1"), HOLD_ROW_REFUSED);  // told anew, held anew
}

static void many_residents(Town *t, int residents, Resident each)
{
    for (int i = 1; i <= residents; i++) {
        Resident r = each;
        r.serial = (each.serial ? each.serial : 1) + i;
        r.who = str_z(&t->arena, str_format(&t->arena, "%d", i));
        if (!each.number) r.number = "";
        row(t, r);
    }
}

// Rows that move and bury people whom nobody knows belong to another city, or to a picture that never came.
static void strangers(Town *t, int people, Resident each)
{
    for (int i = 1; i <= people; i++) {
        each.serial = i;
        each.who = str_z(&t->arena, str_format(&t->arena, "%d", 5000 + each.reason * 100 + i));
        row(t, each);
    }
}

static void events_of_many_strangers_wait(void **state)
{
    Town *t = *state;
    static const Resident events[] = {{.reason = 31, .on = "2026-10-01"},
                                      {.reason = 42, .status = 2, .on = "2026-10-01"},
                                      {.reason = 51, .status = 3, .on = "2026-10-01"}};
    static const char *const names[] = {DIFF(2), DIFF(3), DIFF(4)};
    many_residents(t, 300, (Resident){.reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    for (int i = 0; i < countof(events); i++) {
        strangers(t, FEED_SHARE_LEAST, events[i]);
        assert_true(import(t, names[i]));
        assert_int_equal(t->report.outcome, FEED_WAITS);
        assert_true(str_find(t->report.held_for, S("登録がないのに異動が届く人 20 人")) >= 0);
        strangers(t, FEED_SHARE_LEAST - 1, events[i]);
        assert_true(import(t, names[i]));
        assert_int_equal(t->report.outcome, FEED_TAKEN);
    }
    strangers(t, 25, (Resident){.reason = 21, .on = "2026-10-01"});  // who is born comes from nowhere
    assert_true(import(t, DIFF(5)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
}

static void nobody_is_changed_by_a_file_that_changes_too_many(void **state)
{
    Town *t = *state;
    const Resident born = {.reason = 21, .on = "2024-02-29"};
    static const struct {
        Resident how;
        FeedKind kind;
    } odd[] = {
        {{.reason = 93, .on = "2026-10-01", .protection = "1"}, FEED_KIND_PROTECTED},
        {{.reason = 51, .on = "2026-10-01", .status = 3}, FEED_KIND_DIED},
        {{.reason = 42, .on = "2026-10-01", .status = 2}, FEED_KIND_MOVED_OUT},
        {{.reason = 71, .on = "2026-10-01", .name = "別　人"}, FEED_KIND_RENAMED},
        {{.reason = 74, .on = "2026-10-01", .birth = "2024-03-01"}, FEED_KIND_BIRTH_CHANGED},
        {{.reason = 31, .on = "2026-10-01", .address = "北九州市門司区1番"}, FEED_KIND_ADDRESS_CHANGED},
        {{.reason = 64, .on = "2026-10-01", .household = "8"}, FEED_KIND_HOUSEHOLD_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .kind = 2}, FEED_KIND_KIND_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .alias = "別名"}, FEED_KIND_ALIAS_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .since = "2025-01-01"}, FEED_KIND_RESIDENT_SINCE_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .postal = "8020001"}, FEED_KIND_POSTAL_CODE_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .relation = "妻"}, FEED_KIND_RELATIONSHIP_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .prints = "2"}, FEED_KIND_PRINTED_NAME_CHANGED},
        {{.reason = 93, .on = "2026-10-01", .phone = "093-1"}, FEED_KIND_PHONE_CHANGED},
    };
    many_residents(t, 200, born);
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);  // the first load changes nobody
    int64_t before = changes(t).count;
    for (ptrdiff_t i = 0; i < countof(odd); i++) {
        many_residents(t, 100, odd[i].how);
        assert_true(import(t, DIFF(2)));
        if (t->report.outcome != FEED_WAITS) fail_msg("%s", feed_kind_words(odd[i].kind));
        assert_int_equal(feed_report_status(&t->report), EXIT_ATTENTION);
        assert_true(str_find(t->report.held_for, str_of(feed_kind_words(odd[i].kind))) >= 0);
        assert_true(str_find(t->report.held_for, S("100 人")) >= 0);
        assert_true(str_find(t->report.held_for, S("***********0001")) >= 0);
        assert_int_equal(changes(t).count, before);
    }
    many_residents(t, FEED_SHARE_LEAST - 1, odd[0].how);  // 9 % of a small place
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    many_residents(t, 100, (Resident){.reason = 71, .on = "2026-10-02", .name = "別　人", .serial = 300});
    const char *path = write_file(t, DIFF(3));
    assert_true(take(t, path, false));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    grant(t, "jiro", DUTY_APPROVE);
    t->who = "jiro";
    assert_true(take(t, path, true));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    t->who = "hanako";
    assert_true(str_equal(latest(t, "100")->state.name, S("別　人")));
}

static void a_file_of_refused_rows_holds_itself_and_nobody_in_it(void **state)
{
    Town *t = *state;
    const Resident born = {.reason = 21, .on = "2024-02-29"};
    many_residents(t, 100, born);
    assert_true(import(t, FULL(1)));
    static const Resident wrong[] = {
        {.reason = 21, .on = "2024-02-29", .birth = "2126-02-29"},  // in another century
        {.reason = 21, .on = "29/2"},                               // unreadable
        {.reason = 88, .on = "2024-02-29"},                         // no such event
    };
    for (ptrdiff_t i = 0; i < countof(wrong); i++) {
        many_residents(t, 100, wrong[i]);
        assert_true(import(t, FULL(2)));
        assert_int_equal(t->report.outcome, FEED_WAITS);
        assert_true(str_find(t->report.held_for, str_of(feed_kind_words(FEED_KIND_ROW_REFUSED))) >= 0);
        assert_int_equal(count(t, "SELECT count(*) FROM person WHERE held = 1"), 0);
        assert_int_equal(count(t, "SELECT count(*) FROM feed_refusal"), 0);
    }
    many_residents(t, 30, wrong[0]);  // a difference of few people, all refused
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    many_residents(t, FEED_SHARE_LEAST - 1, wrong[0]);
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_int_equal(t->report.held_people, FEED_SHARE_LEAST - 1);
}

// Rows are asked about by sets and written in runs: a server far away is waited for a few times a portion.
static void a_file_costs_few_round_trips_a_row(void **state)
{
    Town *t = *state;
    enum { PEOPLE = 6000 };  // more than one portion
    const Resident born = {.reason = 21, .on = "2024-02-29"};
    many_residents(t, PEOPLE, born);
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.applied, PEOPLE);
    assert_true(t->round_trips * 10 < PEOPLE);
    many_residents(t, PEOPLE, born);
    assert_true(import(t, FULL(2)));
    assert_int_equal(t->report.unchanged, PEOPLE);
    assert_true(t->round_trips * 10 < PEOPLE);
    many_residents(t, PEOPLE * 9 / 100, (Resident){.reason = 31, .on = "2026-10-01", .address = "北九州市門司区1番"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(t->report.applied, PEOPLE * 9 / 100);
    assert_true(t->round_trips * 10 < PEOPLE);  // a small file has its own few: statements are prepared, records kept
    many_residents(t, PEOPLE, born);
    t->rows.len -= 10;  // cut short: the last row, and the file nonetheless
    assert_true(import(t, FULL(4)));
    assert_int_equal(t->report.applied + t->report.unchanged + t->report.refused, PEOPLE);
}

// Somebody decides about a person while the file is worked through: what was decided of the old picture is decided
// again, and no number of the sequence is given twice.
static void who_is_touched_meanwhile_is_decided_again(void **state)
{
    Town *t = *state;
    static const char on_sqlite[] =
        "CREATE TRIGGER meanwhile AFTER UPDATE OF done ON job WHEN (SELECT held FROM person WHERE person_id = 1) = 1"
        " BEGIN INSERT INTO person_hold (change_no, person_id, held, file_no, line, event_reason)"
        " VALUES ((SELECT max(change_no) + 1 FROM person_hold), 1, 0, 2, 2, 0);"
        " UPDATE person_hold SET decided_at = 1, decided_by = 'jiro' WHERE person_id = 1 AND held = 1;"
        " UPDATE person SET held = 0 WHERE person_id = 1; END";
    static const char on_postgresql[] =
        "CREATE FUNCTION meanwhile() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " IF (SELECT held FROM person WHERE person_id = 1) = 1 THEN"
        " INSERT INTO person_hold (change_no, person_id, held, file_no, line, event_reason)"
        " VALUES ((SELECT max(change_no) + 1 FROM person_hold), 1, 0, 2, 2, 0);"
        " UPDATE person_hold SET decided_at = 1, decided_by = 'jiro' WHERE person_id = 1 AND held = 1;"
        " UPDATE person SET held = 0 WHERE person_id = 1; END IF; RETURN NULL; END $$;"
        " CREATE TRIGGER meanwhile AFTER UPDATE OF done ON job FOR EACH ROW EXECUTE FUNCTION meanwhile()";
    many_residents(t, 50, (Resident){.reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    row(t, (Resident){.serial = 90, .who = "1", .reason = 51, .status = 3, .on = "10月頃"});
    assert_true(import(t, DIFF(2)));
    changed_by_sql(t, t->place.postgresql ? on_postgresql : on_sqlite);
    row(t, (Resident){.serial = 91, .who = "2", .reason = 71, .on = "2026-10-20", .name = "別　人"});
    row(t, (Resident){.serial = 92, .who = "1", .reason = 51, .status = 3, .on = "2026-10-20"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(t->report.applied, 2);
    assert_int_equal(t->report.rows, 2);  // counted once
    assert_int_equal(count(t, "SELECT count(*) FROM person_hold WHERE held = 0"), 1);  // jiro's, and no second end
    assert_int_equal(count(t, "SELECT count(*) FROM person_hold WHERE decided_by = 'jiro'"), 1);
    assert_int_equal(latest(t, "1")->state.status, STATUS_DEAD);
    PersonChangeRows rows = changes(t);
    for (ptrdiff_t i = 1; i < rows.count; i++) assert_true(rows.at[i].change_no > rows.at[i - 1].change_no);
    assert_int_equal(count(t, "SELECT count(*) FROM job WHERE kind = 'import' AND done > 0"), 2);  // others can read it; not of the first load
}

// The vendor's release moved a column: no row is bad, and the numbers would leave unsealed.
static void a_file_whose_numbers_stand_in_another_column_is_refused(void **state)
{
    Town *t = *state;
    static const char *const places[] = {"000000123455", "０００００００００１２４", "000009722815"};
    for (int i = 0; i < 60; i++)
        row(t, (Resident){.serial = i + 1,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i + 1)),
                          .reason = 21,
                          .on = "2024-02-29",
                          .household = i == 7 ? places[0] : "7",
                          .name = i == 9 ? places[1] : "高橋　花子"});
    assert_false(import(t, FULL(1)));
    assert_int_equal(t->err.code, E_FILE_LAYOUT);
    assert_true(str_equal(error_item(&t->err), S("氏名")) || str_equal(error_item(&t->err), S("世帯番号")));
    assert_int_equal(count(t, "SELECT count(*) FROM feed_file"), 0);
    for (int i = 0; i < 60; i++)  // a column of other numbers of twelve digits is no such thing
        row(t, (Resident){.serial = i + 1,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i + 1)),
                          .reason = 21,
                          .on = "2024-02-29",
                          .household = str_z(&t->arena, str_format(&t->arena, "5550000%05d", i))});
    assert_true(import(t, FULL(1)));
}

static void a_file_of_rubbish_is_given_back_whole(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    for (int i = 0; i < 3 * FEED_NAMELESS_MOST; i++) text_add(&t->rows, &t->arena, S("y\n"));
    assert_false(import(t, FULL(1)));
    assert_int_equal(t->err.code, E_LIMIT);
    assert_int_equal(count(t, "SELECT count(*) FROM feed_refusal"), 0);
    assert_int_equal(changes(t).count, 0);
}

static void a_name_that_lost_a_character_is_counted(void **state)
{
    Town *t = *state;
    static const char *const names[] = {"高?　花子", "高？　花子", "高〓　花子", "高\xEF\xBF\xBD　花子", "髙橋　花子"};
    for (int i = 0; i < 5; i++)
        row(t, (Resident){.serial = i + 1,
                          .who = str_z(&t->arena, str_format(&t->arena, "%d", i + 1)),
                          .reason = 21,
                          .on = "2024-02-29",
                          .name = names[i]});
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.applied, 5);
    assert_int_equal(t->report.lost_names, 4);
    assert_int_equal(t->report.notes, 4);
    assert_true(str_find(file_text(t, str_z(&t->arena, t->report.error_path)), S("高?　花子")) >= 0);
}

static Str without_numbers(Town *t, Str list)
{
    Text text = {0};
    for (Cut line = str_cut(list, '\n'); line.found; line = str_cut(line.tail, '\n')) {
        ptrdiff_t end = line.head.len;
        while (end && line.head.at[end - 1] != ',') end--;
        text_add(&text, &t->arena, str_first(line.head, end));
    }
    return text_str(&text);
}

static bool in_clear(Town *t, Str words)
{
    TestAct in;
    bool found = false;
    looks(t, &in);
    Query *q = query_begin(in.act.store, "SELECT sealed FROM feed_listed ORDER BY listed_no", &t->err);
    assert_non_null(q);
    while (query_next(q)) {
        Bytes sealed = column_bytes(q, 0, &t->arena);
        found |= str_find((Str){(const char *)sealed.at, sealed.len}, words) >= 0;
    }
    assert_true(query_end(q, &t->err));
    test_act_leave(&in);
    return found;
}

// A crash behind the commit, or somebody who cleared DIR/errors: the same rows again, under a number of their own.
static void the_list_of_a_file_is_written_again_when_the_file_returns(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-30", .number = "000000123455"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29", .name = "高?　花子"});  // minded
    row(t, (Resident){.serial = 3, .who = "3", .reason = 33, .on = "2024-02-29", .protection = "1"});
    row(t, (Resident){.serial = 4, .who = "4", .reason = 21, .on = "2024-02-29", .name = "=高橋"});
    const char *path = write_file(t, FULL(1));
    assert_true(take(t, path, false));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    const char *list = str_z(&t->arena, t->report.error_path);
    Str first = file_text(t, list);
    assert_true(str_find(first, S("受付不可")) >= 0 && str_find(first, S("注意")) >= 0);
    assert_int_equal(unlink(list), 0);

    assert_true(take(t, path, false));
    assert_int_equal(t->report.outcome, FEED_KNOWN_ALREADY);
    assert_true(str_equal(t->report.error_path, str_of(list)));
    Str again = file_text(t, list);
    assert_true(str_equal(without_numbers(t, again), without_numbers(t, first)));
    assert_false(str_equal(again, first));  // its record is another one
    assert_true(take(t, path, false));      // where it lies still it takes its own place
    assert_true(str_equal(t->report.error_path, str_of(list)));

    // It names persons, so it stands sealed.
    assert_false(in_clear(t, S("高橋")) || in_clear(t, S("馬借")) || in_clear(t, S("000000123455")));
    assert_int_equal(count(t, "SELECT count(*) FROM feed_listed WHERE file_no = 1"),
                     count(t, "SELECT max(listed_no) FROM feed_listed"));
    row(t, (Resident){.serial = 5, .who = "5", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.error_path.len, 0);
}

static int64_t erased_after(Town *t, int days)
{
    TestAct in;
    int64_t gone;
    assert_true(entered(t, &office_erase, &in));
    in.act.now += days * INSTANT_DAY;
    assert_true(erasures_done(&in.act, &gone, &t->err));
    test_act_leave(&in);
    return gone;
}

// What was in a feed and refused is readable so long as the office keeps lists, in the register and as a file.
static void what_was_listed_is_erased_when_its_time_is_over(void **state)
{
    Town *t = *state;
    static const char sealed[] = "SELECT count(*) FROM feed_listed WHERE length(sealed) > 0";
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-30", .number = "000000123455"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29", .name = "高?　花子"});
    const char *path = write_file(t, FULL(1));
    assert_true(take(t, path, false));
    const char *list = str_z(&t->arena, t->report.error_path);
    int64_t listed = count(t, sealed);
    assert_true(listed > 0);
    assert_int_equal(access(list, F_OK), 0);
    assert_int_equal(erased_after(t, 89), 0);
    assert_int_equal(count(t, sealed), listed);
    assert_int_equal(access(list, F_OK), 0);
    assert_int_equal(erased_after(t, 91), listed + 1);  // and the file
    assert_int_equal(count(t, sealed), 0);
    assert_int_equal(count(t, "SELECT count(*) FROM feed_listed"), listed);
    assert_int_not_equal(access(list, F_OK), 0);
    assert_int_equal(erased_after(t, 91), 0);

    assert_true(take(t, path, false));  // the list of then says what is missing
    assert_true(str_find(file_text(t, str_z(&t->arena, t->report.error_path)), S("保存期間が過ぎた")) >= 0);
}

static void the_number_of_days_is_the_offices(void **state)
{
    Town *t = *state;
    TestAct in;
    Str said[] = {S("list-days"), S("30")};
    ExitStatus status = EXIT_DONE;
    const CommandLine line = {.command = &office_set.typed, .arguments = {said, 2, 2}};
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-30"});
    assert_true(import(t, FULL(1)));
    assert_true(entered(t, &office_set, &in));
    assert_true(office_set.command(&in.act, &line, &t->arena, &status, &t->err));
    test_act_leave(&in);
    assert_int_equal(erased_after(t, 29), 0);
    assert_true(erased_after(t, 31) > 0);
}

// Proves F2: the header of a day without events is the header of every such day.
static void days_without_events_carry_the_sequence_on(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_true(import(t, DIFF(3)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.outcome, FEED_KNOWN_ALREADY);
    assert_false(import(t, DIFF(5)));
    assert_int_equal(t->err.code, E_FILE_SEQUENCE);
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, DIFF(4)));
    assert_int_equal(t->report.applied, 1);
}

// Proves F3.
static void a_file_that_does_not_follow_the_last_one_is_refused(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29"});
    assert_false(import(t, DIFF(3)));
    assert_int_equal(t->err.code, E_FILE_SEQUENCE);
    assert_true(str_find(error_words(&t->err), S("002")) >= 0);
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29"});
    assert_false(import(t, "JUKI_401307_DIF_20261101050002_002.csv"));  // another city's
    assert_int_equal(t->err.code, E_FILE_NAME);
    assert_int_equal(changes(t).count, 1);
}

static void after_999_comes_001(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, "JUKI_401005_ALL_20261031050001_999.csv"));
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, DIFF(1)));
    assert_int_equal(t->report.applied, 1);
}

static void a_bad_row_stops_no_good_row_and_is_told_without_its_number(void **state)
{
    Town *t = *state;
    row(t,
        (Resident){
            .serial = 1, .who = "1", .reason = 21, .on = "2024-02-30", .number = "000000123455"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29"});
    row(t, (Resident){.serial = 3, .who = "3", .reason = 33, .on = "2024-02-29"});  // F23
    row(t, (Resident){.serial = 4, .who = "4", .reason = 21, .on = "2024-02-28"});  // F4
    row(t, (Resident){.serial = 5, .who = "5", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.applied, 2);
    assert_int_equal(t->report.refused, 3);
    assert_int_equal(feed_report_status(&t->report), EXIT_ATTENTION);
    assert_int_equal(count(t, "SELECT count(*) FROM feed_refusal WHERE code = 'E_CODE_UNKNOWN'"
                              " AND line = 4"),
                     1);

    Str told = file_text(t, str_z(&t->arena, t->report.error_path));
    assert_true(str_find(told, S("E_CODE_UNKNOWN")) >= 0);
    assert_true(str_find(told, S("異動年月日")) >= 0);
    assert_true(str_find(told, S("****")) >= 0);
    assert_true(str_find(told, S("000000123455")) < 0);
}

// Proves F1 and the order of application.
static void rows_out_of_order_are_refused_and_doubled_rows_change_nothing(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 5, .who = "1", .reason = 21, .on = "2024-02-29"});
    row(t, (Resident){.serial = 5, .who = "1", .reason = 21, .on = "2024-02-29"});
    row(t, (Resident){.serial = 4, .who = "2", .reason = 21, .on = "2024-02-29"});
    row(t, (Resident){.serial = 5, .who = "3", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.applied, 1);
    assert_int_equal(t->report.unchanged, 1);
    assert_int_equal(t->report.refused, 2);
}

// Proves F6 from file to message.
static void a_cancelled_middle_event_is_told_with_what_it_takes_back(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    row(t,
        (Resident){.serial = 2, .who = "1", .reason = 31, .on = "2026-05-01", .address = "浅野"});
    row(t, (Resident){.serial = 3,
                      .who = "1",
                      .reason = 71,
                      .on = "2026-06-01",
                      .address = "浅野",
                      .name = "佐藤　花子"});
    row(t, (Resident){
               .serial = 4, .who = "1", .reason = 99, .on = "2026-05-01", .name = "佐藤　花子"});
    assert_true(import(t, DIFF(2)));

    PersonChangeRows rows = changes(t);
    assert_int_equal(rows.count, 5);
    assert_int_equal(rows.at[3].event_reason, 99);
    assert_int_equal(rows.at[3].withdraws.count, 2);
    assert_int_equal(rows.at[3].withdraws.at[0], 2);
    assert_int_equal(rows.at[3].withdraws.at[1], 3);
    assert_int_equal(rows.at[4].event_reason, 71);
    assert_int_equal(rows.at[4].withdraws.count, 0);
    assert_true(str_equal(rows.at[4].state.name, S("佐藤　花子")));
    assert_true(str_equal(rows.at[4].state.address, S("北九州市小倉北区馬借二丁目6番1号")));
    assert_int_equal(count(t, "SELECT count(*) FROM register_version WHERE withdrawn_by = 4"), 2);
}

// Proves F11, F19, S-09: numbers are sealed, successive, and nowhere to be read.
static void an_individual_number_comes_later_changes_and_is_never_readable(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    row(t,
        (Resident){
            .serial = 2, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.applied, 1);
    row(t,
        (Resident){
            .serial = 3, .who = "1", .reason = 95, .on = "2026-10-01", .number = "000000987654"});
    row(t,
        (Resident){
            .serial = 4, .who = "1", .reason = 75, .on = "2026-10-02", .number = "000000987654"});
    assert_true(import(t, DIFF(3)));

    assert_int_equal(count(t, "SELECT count(*) FROM person_number"), 2);
    assert_int_equal(count(t, "SELECT count(*) FROM person_number"
                              " WHERE generation = 0 AND to_file IS NOT NULL"),
                     1);
    assert_int_equal(count(t, "SELECT n.generation FROM person p"
                              " JOIN person_number n ON n.number_id = p.number_id"),
                     1);
    if (t->place.postgresql) return;  // its files are not ours to read
    assert_false(stands_in_a_file(t, S("000000123455")));
    assert_false(stands_in_a_file(t, S("000000987654")));
    assert_true(stands_in_a_file(t, S("高橋　花子")));  // the search itself works
}

// ---- what unified is told

static void epoch_made(Town *t, Str *epoch)
{
    TestAct in;
    assert_true(entered(t, &command_serve, &in));
    assert_true(store_begin(in.act.store, &t->err));
    assert_true(change_epoch(in.act.store, &t->arena, epoch, &t->err));
    assert_true(store_commit(in.act.store, &t->err));
    test_act_leave(&in);
}

// The program `role` asks, as its certificate would prove.
static bool asks(Town *t, const char *role, const Door *door, const DifferenceAsk *ask, Str *bytes)
{
    Act act;
    TestAct in;
    t->err = (Error){0};
    assert_true(entered(t, &command_serve, &in));
    const ActAsked asked = {.actor = actor_of_certificate(str_of(role), &t->arena),
                            .now = in.act.now,
                            .business_day = in.act.business_day};
    bool good = act_enter(&in.office, door, &asked, &t->arena, &act, &t->err);
    if (good) {
        good = door->message(&act, difference_ask_encode(ask, &t->arena), &t->arena, bytes, &t->err);
        act_leave(&act);
    }
    test_act_leave(&in);
    return good;
}

static bool asks_numbers(Town *t, const char *role, const DifferenceAsk *ask, NumberAnswer *answer)
{
    Str bytes;
    return asks(t, role, &message_numbers, ask, &bytes) && number_answer_decode(bytes, &t->arena, answer, &t->err);
}

static bool asks_difference(Town *t, const char *role, const DifferenceAsk *ask, DifferenceAnswer *answer, Str *bytes)
{
    return asks(t, role, &message_difference, ask, bytes) && difference_answer_decode(*bytes, &t->arena, answer, &t->err);
}

static NumberAnswer numbers_after(Town *t, Str epoch, int64_t cursor, int32_t most)
{
    NumberAnswer answer;
    const DifferenceAsk ask = {.epoch = epoch, .cursor = cursor, .most = most};
    assert_true(asks_numbers(t, "unified", &ask, &answer));
    return answer;
}

static bool number_is(const NumberChange *change, const char *number)
{
    return str_equal(str_of(change->number.digits), str_of(number));
}

// Proves F11, F19: a number that comes by itself is a change of its own, in its place, and no change to the ledger.
static void a_number_that_comes_later_is_told_to_unified_and_not_to_the_ledger(void **state)
{
    Town *t = *state;
    Str epoch;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    epoch_made(t, &epoch);
    row(t, (Resident){.serial = 2, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    assert_true(import(t, DIFF(2)));
    row(t, (Resident){.serial = 3, .who = "1", .reason = 95, .on = "2026-10-01", .number = "000000987654"});
    assert_true(import(t, DIFF(3)));

    NumberAnswer all = numbers_after(t, (Str){0}, 0, DIFFERENCE_MOST);
    assert_int_equal(all.changes.count, 3);
    assert_true(number_is(&all.changes.at[0], "") && !all.changes.at[0].change_told);
    assert_true(number_is(&all.changes.at[1], "000000123455") && !all.changes.at[1].change_told);
    assert_true(number_is(&all.changes.at[2], "000000987654") && all.changes.at[2].change_told);
    assert_int_equal(all.changes.at[1].facts.birth.year, 2024);
    assert_true(str_equal(all.changes.at[1].facts.address, S("北九州市小倉北区馬借二丁目6番1号")));
    assert_false(all.more);
    assert_int_equal(changes(t).count, 2);

    // One at a time, the same; behind the end, nothing; from a sequence that is not this one, everything again.
    for (ptrdiff_t i = 0; i < 3; i++) {
        NumberAnswer one = numbers_after(t, epoch, i ? all.changes.at[i - 1].change_no : 0, 1);
        assert_int_equal(one.changes.count, 1);
        assert_int_equal(one.changes.at->change_no, all.changes.at[i].change_no);
        assert_int_equal(one.more, i < 2);
    }
    assert_int_equal(numbers_after(t, epoch, all.next_cursor, 10).changes.count, 0);
    assert_int_equal(numbers_after(t, epoch, all.next_cursor + 1, 10).refusal, DIFFERENCE_FULL_COPY);
    assert_int_equal(numbers_after(t, S("ffffffffffffffffffffffffffffffff"), 1, 10).refusal, DIFFERENCE_FULL_COPY);
}

static void decided(Town *t, const char *consumer, const char *items)
{
    TestAct in;
    ConsumerRight right = {.consumer = consumer_of_role(str_of(consumer)), .reason = S("試験"), .granted_by = S("jiro"), .granted_at = 1};
    assert_true(told_items_of(str_of(items), &right.given));
    assert_true(entered(t, &command_serve, &in));
    assert_true(store_begin(in.act.store, &t->err));
    assert_true(consumer_right_insert(in.act.store, &right, t->arena, &t->err));
    assert_true(store_commit(in.act.store, &t->err));
    test_act_leave(&in);
}

// Proves F-2-04: the certificate says who asks, and two people what it is given; the next right is another epoch.
static void each_consumer_is_told_its_items_by_the_door(void **state)
{
    Town *t = *state;
    Str epoch, bytes;
    DifferenceAnswer answer;
    const DifferenceAsk first = {.most = 10};
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    assert_true(import(t, FULL(1)));
    epoch_made(t, &epoch);
    assert_true(asks_difference(t, "ledger", &first, &answer, &bytes));
    assert_true(str_equal(answer.epoch, epoch) && answer.withheld == 0);
    static const char *const refused[] = {"payments", "unified", "addressee", "payment", "payments ", "ledger tax", ""};
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        assert_false(asks_difference(t, refused[i], &first, &answer, &bytes));
        assert_int_equal(t->err.code, E_RIGHT);
    }
    decided(t, "payments", "name birth");
    assert_true(asks_difference(t, "payments", &first, &answer, &bytes));
    const PersonChange *told = &answer.changes.at[0];
    assert_int_equal(answer.withheld, TOLD_BY_DIFFERENCE & ~(TOLD(person_field_item("name")) | TOLD(person_field_item("birth"))));
    assert_true(str_equal(told->state.name, S("高橋　花子")) && told->state.birth.year == 2024);
    assert_false(told->state.sex || told->state.name_kana.len || told->state.address.len || told->residence.count || told->event_reason);
    assert_true(str_find(bytes, S("馬借")) < 0 && str_find(bytes, S("タカハシ")) < 0);
    assert_false(str_equal(answer.epoch, epoch));

    // Another right: what was kept under the old one is refused, and everything comes again.
    const DifferenceAsk next = {.epoch = str_copy(&t->arena, answer.epoch), .cursor = answer.next_cursor, .most = 10};
    assert_true(asks_difference(t, "payments", &next, &answer, &bytes) && !answer.changes.count && !answer.refusal);
    decided(t, "payments", "address");
    assert_true(asks_difference(t, "payments", &next, &answer, &bytes));
    assert_int_equal(answer.refusal, DIFFERENCE_FULL_COPY);
    assert_true(asks_difference(t, "payments", &first, &answer, &bytes));
    assert_true(str_find(bytes, S("馬借")) > 0 && str_find(bytes, S("花子")) < 0);
    decided(t, "payments", "");
    assert_false(asks_difference(t, "payments", &next, &answer, &bytes));
    assert_int_equal(t->err.code, E_RIGHT);

    // Unified: of the facts those that it is given.
    NumberAnswer numbers = numbers_after(t, (Str){0}, 0, 10);
    assert_true(numbers.changes.at[0].facts.address.len && str_equal(numbers.epoch, epoch));
    decided(t, "unified", "status protection number birth");
    numbers = numbers_after(t, (Str){0}, 0, 10);
    assert_true(number_is(&numbers.changes.at[0], "000000123455") && numbers.changes.at[0].facts.birth.year == 2024);
    assert_false(numbers.changes.at[0].facts.address.len || numbers.changes.at[0].facts.kana.len || numbers.changes.at[0].facts.sex);
    assert_false(str_equal(numbers.epoch, epoch));
    numbers_wipe(&numbers.changes);
}

// Proves C-2.2-06, S-09: no other program, and nobody without a program's certificate, is told a number.
static void numbers_are_told_to_unified_alone_and_recorded(void **state)
{
    Town *t = *state;
    Str epoch;
    NumberAnswer answer;
    const DifferenceAsk first = {.most = 10};
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    assert_true(import(t, FULL(1)));
    epoch_made(t, &epoch);
    int64_t before = leaves(t, AUDIT_EXPORT);
    static const char *const others[] = {"ledger", "addressee", "intermediate", "unified-0220140100500000", "-"};
    for (ptrdiff_t i = 0; i < countof(others); i++) {
        assert_false(asks_numbers(t, others[i], &first, &answer));
        assert_int_equal(t->err.code, E_RIGHT);
    }
    assert_int_equal(leaves(t, AUDIT_EXPORT), before);
    assert_int_equal(numbers_after(t, (Str){0}, 0, 10).changes.count, 1);
    assert_int_equal(numbers_after(t, epoch, 1, 10).changes.count, 0);
    TestAct in;
    AuditRows looks = {0};
    assert_true(entered(t, &command_serve, &in));
    assert_true(audit_last(in.office.looks->store, 2, &t->arena, &looks, &t->err));
    test_act_leave(&in);
    assert_int_equal(looks.count, 2);  // the newest first
    assert_true(str_equal(looks.at[0].operator_name, S("system:unified")));
    assert_true(str_equal(looks.at[0].command, str_format(&t->arena, "/numbers after 1 of %.*s", STR(str_first(epoch, 8)))));
    assert_true(str_equal(looks.at[1].command, S("/numbers after 0 of the beginning")));
    assert_int_equal(looks.at[1].rows, 1);
}

// A protected person's place goes to unified for comparing, marked; what was read before it was hidden is marked too.
static void a_protected_place_is_told_to_unified_with_its_mark(void **state)
{
    Town *t = *state;
    Str epoch;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    assert_true(import(t, FULL(1)));
    row(t, (Resident){.serial = 2,
                      .who = "1",
                      .reason = 31,
                      .on = "2026-10-01",
                      .address = "北九州市門司区隠れ家町9番9号",
                      .protection = "1",
                      .number = "000000123455"});
    assert_true(import(t, DIFF(2)));
    epoch_made(t, &epoch);
    NumberAnswer all = numbers_after(t, (Str){0}, 0, 10);
    assert_int_equal(all.changes.count, 2);
    assert_true(all.changes.at[0].hidden && all.changes.at[1].hidden);
    assert_true(str_equal(all.changes.at[1].facts.address, S("北九州市門司区隠れ家町9番9号")));
    assert_true(number_is(&all.changes.at[1], "000000123455"));
}

// A number or a hidden place that cannot be opened is no newborn without a number, and nobody without an address: it is told as
// unread, with the mark of who hides; everybody else's is told as ever.
static void what_cannot_be_opened_is_told_as_unread_and_stops_nobody(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .number = "000000123455"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29", .household = "8", .protection = "1"});
    row(t, (Resident){.serial = 3, .who = "3", .reason = 21, .on = "2024-02-29", .number = "000000987654"});
    assert_true(import(t, FULL(1)));
    changed_by_sql(t, "UPDATE person_number SET sealed = (SELECT other.sealed FROM person_number other WHERE other.number_id = 2)"
               " WHERE number_id = 1;"
               "UPDATE register_version SET sealed_place = sealed_number.sealed FROM person_number sealed_number"
               " WHERE sealed_number.number_id = 2 AND register_version.sealed_place IS NOT NULL");
    NumberAnswer all = numbers_after(t, (Str){0}, 0, 10);
    assert_int_equal(all.changes.count, 3);
    assert_true(all.changes.at[0].unread && !all.changes.at[0].hidden);
    assert_true(all.changes.at[1].unread && all.changes.at[1].hidden);
    assert_int_equal(all.changes.at[0].facts.kana.len + all.changes.at[1].facts.kana.len, 0);
    assert_true(number_is(&all.changes.at[2], "000000987654") && !all.changes.at[2].unread);
}

static void two_residents_never_share_an_individual_number(void **state)
{
    Town *t = *state;
    const char *same = "000000123455";
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .number = same});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29", .number = same});
    assert_true(import(t, FULL(1)));
    assert_int_equal(t->report.refused, 1);
    assert_int_equal(changes(t).count, 1);

    // F13: naturalised under a new number; the old one is closed first, so nobody shares.
    row(t, (Resident){.serial = 3, .who = "1", .reason = 91, .status = 9, .on = "2026-10-01"});
    row(t, (Resident){.serial = 4, .who = "3", .reason = 11, .on = "2026-10-01", .number = same});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.refused, 0);
}

// Proves F12.
static void twins_stay_two_people(void **state)
{
    Town *t = *state;
    row(t,
        (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .name = "高橋　花"});
    row(t,
        (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2024-02-29", .name = "高橋　華"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(count(t, "SELECT count(*) FROM person"), 2);
    assert_true(str_equal(latest(t, "1")->state.name, S("高橋　花")));
    assert_true(str_equal(latest(t, "2")->state.name, S("高橋　華")));
}

// What the register itself knows of a person's address now: sealed places opened.
static Str address_kept(Town *t, const char *who)
{
    TestAct in;
    AddresseeNo number;
    PersonRow person;
    RegisterVersionRows history;
    assert_true(addressee_no_parse(str_of(who), &number, NULL, &t->err));
    assert_true(entered(t, &command_serve, &in));
    assert_true(person_find(in.act.store, &number, &person, &t->err));
    assert_true(person_history(in.act.store, in.office.keys, person.person_id, &t->arena, &history,
                               &t->err));
    test_act_leave(&in);
    return register_current(&history)->state.address;
}

// Proves F20: the version that brings the new address is the one that hides it, and the old one is hidden
// with it.
static void protection_with_a_move_hides_the_new_address_from_the_first_moment(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(1)));
    row(t, (Resident){.serial = 2,
                      .who = "1",
                      .reason = 31,
                      .on = "2026-10-01",
                      .address = "隠れ家町9番9号",
                      .protection = "1"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.effects[EFFECT_MASK], 1);
    assert_int_equal(latest(t, "1")->state.protection, 1);
    assert_true(str_equal(address_kept(t, "1"), S("隠れ家町9番9号")));
    assert_false(str_present(latest(t, "1")->state.address));  // kept, and not told
    assert_int_equal(count(t, "SELECT count(*) FROM register_version WHERE address IS NULL"), 2);
    if (!t->place.postgresql) assert_false(stands_in_a_file(t, S("隠れ家町")));
    if (!t->place.postgresql) assert_false(stands_in_a_file(t, S("馬借二丁目")));

    // The feed takes the measure away: the person stays masked and somebody is asked.
    row(t, (Resident){.serial = 3,
                      .who = "1",
                      .reason = 93,
                      .on = "2026-10-20",
                      .address = "隠れ家町9番9号"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(t->report.effects[EFFECT_REVIEW_UNMASK], 1);
    assert_int_equal(latest(t, "1")->state.protection, 1);
}

static int protection_of(Town *t, const char *who)
{
    return latest(t, who)->state.protection;
}

// Mother and child share household 77, the father lives in 80. All are told, covered and uncovered, as
// changes of their own.
static void protection_follows_the_household(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1,
                      .who = "1",
                      .reason = 11,
                      .on = "2024-02-29",
                      .household = "77",
                      .address = "隠れ家町9番9号"});
    row(t, (Resident){.serial = 2,
                      .who = "2",
                      .reason = 21,
                      .on = "2024-02-29",
                      .household = "77",
                      .address = "隠れ家町9番9号"});
    row(t,
        (Resident){.serial = 3, .who = "3", .reason = 11, .on = "2024-02-29", .household = "80"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(protection_of(t, "2"), PROTECTION_NONE);

    row(t, (Resident){.serial = 4,
                      .who = "1",
                      .reason = 93,
                      .on = "2026-10-01",
                      .household = "77",
                      .address = "隠れ家町9番9号",
                      .protection = "1"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(t->report.effects[EFFECT_HOUSEHOLD_MASK], 1);
    assert_int_equal(protection_of(t, "1"), PROTECTION_OWN);
    assert_int_equal(protection_of(t, "2"), PROTECTION_HOUSEHOLD);
    assert_int_equal(protection_of(t, "3"), PROTECTION_NONE);
    assert_int_equal(latest(t, "2")->event_reason, EVENT_PROTECTION);
    if (!t->place.postgresql) assert_false(stands_in_a_file(t, S("隠れ家町")));
    PersonChangeRows told = changes(t);
    VEC_EACH (PersonChange, change, told)
        assert_true(str_find(person_change_encode(change, &t->arena), S("隠れ家町")) < 0);

    // A sister is born into it; the child goes to the father.
    row(t, (Resident){.serial = 5,
                      .who = "4",
                      .reason = 21,
                      .on = "2026-10-20",
                      .household = "77",
                      .address = "隠れ家町9番9号"});
    row(t,
        (Resident){.serial = 6, .who = "2", .reason = 31, .on = "2026-10-20", .household = "80"});
    assert_true(import(t, DIFF(3)));
    assert_int_equal(protection_of(t, "4"), PROTECTION_HOUSEHOLD);
    assert_int_equal(protection_of(t, "2"), PROTECTION_ENDED);
    assert_int_equal(t->report.effects[EFFECT_HOUSEHOLD_UNMASK], 1);
    assert_true(str_find(latest(t, "2")->state.address, S("馬借")) >= 0);  // the father's
    if (!t->place.postgresql) assert_false(stands_in_a_file(t, S("隠れ家町")));

    // Zeros are no household: two without one share nothing.
    row(t, (Resident){.serial = 8,
                      .who = "8",
                      .reason = 11,
                      .on = "2026-10-20",
                      .household = "0",
                      .protection = "1"});
    row(t, (Resident){.serial = 9, .who = "9", .reason = 11, .on = "2026-10-20", .household = "0"});
    assert_true(import(t, DIFF(4)));
    assert_int_equal(protection_of(t, "9"), PROTECTION_NONE);

    // Death ends nothing.
    row(t, (Resident){.serial = 10,
                      .who = "1",
                      .reason = 51,
                      .status = 3,
                      .on = "2026-10-25",
                      .household = "77",
                      .address = "隠れ家町9番9号"});
    assert_true(import(t, DIFF(5)));
    assert_int_equal(protection_of(t, "4"), PROTECTION_HOUSEHOLD);
}

// The household has split, and a child is born into the part that stays where the mother was.
static void a_newborn_at_a_hidden_place_is_covered_from_the_first_row(void **state)
{
    Town *t = *state;
    const char *hidden = "隠れ家町9番9号";
    row(t, (Resident){.serial = 1, .who = "1", .reason = 11, .on = "2024-02-29", .household = "77", .address = hidden,
                      .protection = "1"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 11, .on = "2024-02-29", .household = "77", .address = hidden});
    assert_true(import(t, FULL(1)));
    row(t, (Resident){.serial = 3, .who = "2", .reason = 62, .on = "2026-10-01", .household = "78", .address = hidden});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(protection_of(t, "2"), PROTECTION_HOUSEHOLD);
    row(t, (Resident){.serial = 4, .who = "3", .reason = 21, .on = "2026-10-05", .birth = "2026-10-05",
                      .household = "78", .address = hidden});
    row(t, (Resident){.serial = 5, .who = "4", .reason = 31, .on = "2026-10-05", .household = "78",
                      .address = "門司区清滝一丁目1番1号"});  // of the household, and surely elsewhere
    assert_true(import(t, DIFF(3)));
    assert_int_equal(protection_of(t, "3"), PROTECTION_HOUSEHOLD);
    assert_int_equal(protection_of(t, "4"), PROTECTION_NONE);
    VEC_EACH (PersonChange, change, changes(t)) {
        if (!str_ends(change->addressee_no, S("3"))) continue;
        assert_true(person_protected(change->state.protection));  // the first row too
        assert_true(str_find(person_change_encode(change, &t->arena), str_of(hidden)) < 0);
    }
    if (!t->place.postgresql) assert_false(stands_in_a_file(t, str_of(hidden)));
    assert_true(import(t, DIFF(4)));  // and stays covered
    assert_int_equal(protection_of(t, "3"), PROTECTION_HOUSEHOLD);
}

// Whoever can write to the table makes the file another person's, and approves it under his own name.
static void whoever_changes_the_importer_by_sql_approves_nothing(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 10);
    const char *held = write_file(t, FULL(2));
    assert_true(take(t, held, false));
    assert_int_equal(count(t, feed_files_owed_sql), -1);  // all is as the trail says
    changed_by_sql(t, "UPDATE feed_file SET imported_by = 'jiro', imported_account = 'uid:7' WHERE state = 2");
    assert_false(take(t, held, true));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_true(str_equal(error_value(&t->err), S(FULL(2))));
    assert_int_equal(count(t, "SELECT count(*) FROM audit_leaf WHERE result = 3 AND detail LIKE 'E_CONFLICT JUKI%'"), 1);
    assert_int_equal(count(t, feed_files_owed_sql), 2);  // audit verify names it
    changed_by_sql(t, "UPDATE feed_file SET imported_by = 'hanako' WHERE state = 2");
    assert_int_equal(count(t, feed_files_owed_sql), 2);
    // The asker of the request is bound too.
    grant(t, "jiro", DUTY_APPROVE);
    changed_by_sql(t, "UPDATE approval SET asked_by = 'saburo', asked_proof = 'uid:8'");
    t->who = "jiro";
    assert_false(take(t, held, true));
    t->who = "hanako";
    assert_int_equal(latest(t, "20")->state.status, STATUS_RESIDENT);
}

// What the guard held is asked for once, decided once, and asked for anew where nobody decided.
static void a_held_file_is_a_request_to_a_second_person(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 10);
    const char *held = write_file(t, FULL(2));
    assert_true(take(t, held, false));
    assert_true(take(t, held, false));
    assert_int_equal(requests(t, APPROVAL_ASKED), 1);
    grant(t, "jiro", DUTY_APPROVE);
    t->who = "jiro";
    assert_false(granted_without_file(t));  // the bytes must be there
    assert_int_equal(t->err.code, E_USAGE);
    twenty_residents(t, 11);
    assert_false(take(t, write_file(t, FULL(2)), true));  // other bytes under the name
    assert_int_equal(t->err.code, E_NOT_FOUND);
    twenty_residents(t, 10);
    held = write_file(t, FULL(2));
    changed_by_sql(t, "UPDATE approval SET last_day = 0");  // that day is over
    assert_false(take(t, held, true));
    assert_int_equal(requests(t, APPROVAL_LAPSED), 1);
    t->who = "hanako";
    assert_true(take(t, held, false));  // asks again
    assert_int_equal(t->report.outcome, FEED_WAITS);
    assert_int_equal(requests(t, APPROVAL_ASKED), 1);
    assert_int_equal(count(t, feed_files_owed_sql), -1);
    t->who = "jiro";
    assert_true(take(t, held, true));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_int_equal(requests(t, APPROVAL_DONE), 1);
    assert_true(take(t, held, true));  // once
    assert_int_equal(t->report.outcome, FEED_KNOWN_ALREADY);
    t->who = "hanako";
    assert_int_equal(latest(t, "20")->state.status, STATUS_REMOVED);
    assert_int_equal(count(t, feed_files_owed_sql), -1);
    changed_by_sql(t, "UPDATE feed_file SET approved_by = 'saburo' WHERE file_no = 2");
    assert_int_equal(count(t, feed_files_owed_sql), 2);
}

// Proves F24: the guard, and that two people are needed to lift it.
static void a_shrunken_full_copy_waits_for_another_operator(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 18);  // a tenth is gone
    const char *shrunken = write_file(t, FULL(2));
    assert_true(take(t, shrunken, false));
    assert_int_equal(t->report.outcome, FEED_WAITS);
    assert_int_equal(t->report.vanished, 2);
    assert_int_equal(feed_report_status(&t->report), EXIT_ATTENTION);
    assert_int_equal(changes(t).count, 20);

    assert_false(take(t, shrunken, true));  // the same hands
    assert_int_equal(t->err.code, E_RIGHT);
    t->who = "taro";
    assert_false(take(t, shrunken, true));  // no right at all
    assert_int_equal(t->err.code, E_RIGHT);
    t->who = "hanako";
    grant(t, "taro", DUTY_APPROVE);
    t->who = "taro";
    assert_true(take(t, shrunken, true));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    t->who = "hanako";
    assert_int_equal(changes(t).count, 22);
    assert_int_equal(latest(t, "20")->state.status, STATUS_REMOVED);
    assert_int_equal(latest(t, "18")->state.status, STATUS_RESIDENT);
}

static void one_in_twenty_may_vanish_without_a_word(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 19);
    assert_true(import(t, FULL(2)));
    assert_int_equal(t->report.outcome, FEED_TAKEN);
    assert_int_equal(t->report.unchanged, 19);
    assert_int_equal(latest(t, "20")->state.status, STATUS_REMOVED);
}

static void who_is_listed_in_a_refused_row_has_not_vanished(void **state)
{
    Town *t = *state;
    twenty_residents(t, 20);
    assert_true(import(t, FULL(1)));
    twenty_residents(t, 19);
    row(t, (Resident){.serial = 20, .who = "20", .reason = 21, .on = "2024-02-30"});
    assert_true(import(t, FULL(2)));
    assert_int_equal(t->report.refused, 1);
    assert_int_equal(t->report.vanished, 0);
    // A row that names nobody may be anybody's: then nobody is removed.
    twenty_residents(t, 19);
    row(t, (Resident){.serial = 20, .who = "", .reason = 21, .on = "2024-02-29"});
    assert_true(import(t, FULL(3)));
    assert_int_equal(t->report.vanished, 1);
    assert_int_equal(latest(t, "20")->state.status, STATUS_RESIDENT);
}

// Proves F16: a vendor's character is told with its bytes, and the resident is there.
static void a_character_nobody_knows_is_told_and_loses_no_resident(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .name = "XY"});
    const char *path = write_file(t, FULL(1));
    as_cp932_with_gaiji(t, path, S("XY"));
    assert_true(take(t, path, false));
    assert_int_equal(t->report.applied, 1);
    assert_int_equal(t->report.notes, 1);
    assert_int_equal(feed_report_status(&t->report), EXIT_ATTENTION);
    assert_true(str_equal(latest(t, "1")->state.name, S("〓")));
    Str told = file_text(t, str_z(&t->arena, t->report.error_path));
    assert_true(str_find(told, S("F040")) >= 0);
}

// ---- searching

static int found_of(Town *t, const char *typed, Str first_name)
{
    TestAct in;
    PersonSearched found;
    assert_true(entered(t, &command_import, &in));
    SearchedRegister searched = {in.act.store, in.office.keys};
    const SearchSource source = register_search_source(&searched);
    SearchAsked asked = search_text_read(str_of(typed), in.act.business_day, &t->arena);
    assert_true(person_search(&source, &asked, &t->arena, &found, &t->err));
    if (found.hits.count) assert_true(str_equal(found.hits.at[0].person.name, first_name));
    test_act_leave(&in);
    return (int)found.hits.count;
}

static void people_are_found_by_any_name_they_had_and_by_birth(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .name = "髙橋　花子", .alias = "Hana Smith"});
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2023-05-05", .birth = "2023-05-05", .name = "佐藤　健"});
    row(t, (Resident){.serial = 3, .who = "1", .reason = 71, .on = "2026-01-01", .name = "渡邊　花子", .alias = "Hana Smith"});
    assert_true(import(t, FULL(1)));
    assert_int_equal(found_of(t, "高橋", S("渡邊　花子")), 1);           // a former name, folded
    assert_int_equal(found_of(t, "渡辺花子", S("渡邊　花子")), 1);
    assert_int_equal(found_of(t, "hana smith", S("渡邊　花子")), 1);
    assert_int_equal(found_of(t, "花子 高橋", S("渡邊　花子")), 1);      // given name first
    assert_int_equal(found_of(t, "R5.5.5", S("佐藤　健")), 1);
    assert_int_equal(found_of(t, "2023", S("佐藤　健")), 1);
    assert_int_equal(found_of(t, "鈴木", S("")), 0);
}

static void who_was_stored_before_names_were_filed_is_filed_with_the_next_file(void **state)
{
    Town *t = *state;
    row(t, (Resident){.serial = 1, .who = "1", .reason = 21, .on = "2024-02-29", .name = "高橋　花子"});
    assert_true(import(t, FULL(1)));
    changed_by_sql(t, "DELETE FROM person_name; UPDATE person SET named = 0");
    assert_int_equal(found_of(t, "高橋", S("")), 0);
    row(t, (Resident){.serial = 2, .who = "2", .reason = 21, .on = "2023-05-05", .birth = "2023-05-05", .name = "佐藤　健"});
    assert_true(import(t, DIFF(2)));
    assert_int_equal(found_of(t, "高橋", S("高橋　花子")), 1);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)
    const struct CMUnitTest tests[] = {
        STORY(people_are_found_by_any_name_they_had_and_by_birth),
        STORY(who_was_stored_before_names_were_filed_is_filed_with_the_next_file),
        STORY(a_full_copy_and_a_day_of_differences_become_one_sequence),
        STORY(the_same_file_changes_nothing_and_its_bytes_under_a_later_number_count),
        STORY(a_full_copy_overtakes_files_that_nobody_will_approve),
        STORY(a_difference_before_the_first_full_copy_waits),
        STORY(who_has_no_full_copy_begins_with_two_people),
        STORY(events_of_many_strangers_wait),
        STORY(who_dies_on_an_unknown_day_has_died),
        STORY(a_refused_row_holds_its_person_until_it_is_decided),
        STORY(a_person_is_held_for_each_event_and_an_officer_may_decide),
        STORY(a_file_of_refused_rows_holds_itself_and_nobody_in_it),
        STORY(a_file_costs_few_round_trips_a_row),
        STORY(who_is_touched_meanwhile_is_decided_again),
        STORY(a_newborn_at_a_hidden_place_is_covered_from_the_first_row),
        STORY(nobody_is_changed_by_a_file_that_changes_too_many),
        STORY(a_file_whose_numbers_stand_in_another_column_is_refused),
        STORY(a_file_of_rubbish_is_given_back_whole),
        STORY(a_name_that_lost_a_character_is_counted),
        STORY(the_list_of_a_file_is_written_again_when_the_file_returns),
        STORY(what_was_listed_is_erased_when_its_time_is_over),
        STORY(the_number_of_days_is_the_offices),
        STORY(days_without_events_carry_the_sequence_on),
        STORY(a_file_that_does_not_follow_the_last_one_is_refused),
        STORY(after_999_comes_001),
        STORY(a_bad_row_stops_no_good_row_and_is_told_without_its_number),
        STORY(rows_out_of_order_are_refused_and_doubled_rows_change_nothing),
        STORY(a_cancelled_middle_event_is_told_with_what_it_takes_back),
        STORY(an_individual_number_comes_later_changes_and_is_never_readable),
        STORY(a_number_that_comes_later_is_told_to_unified_and_not_to_the_ledger),
        STORY(numbers_are_told_to_unified_alone_and_recorded),
        STORY(each_consumer_is_told_its_items_by_the_door),
        STORY(a_protected_place_is_told_to_unified_with_its_mark),
        STORY(what_cannot_be_opened_is_told_as_unread_and_stops_nobody),
        STORY(two_residents_never_share_an_individual_number),
        STORY(twins_stay_two_people),
        STORY(protection_with_a_move_hides_the_new_address_from_the_first_moment),
        STORY(protection_follows_the_household),
        STORY(a_shrunken_full_copy_waits_for_another_operator),
        STORY(whoever_changes_the_importer_by_sql_approves_nothing),
        STORY(a_held_file_is_a_request_to_a_second_person),
        STORY(one_in_twenty_may_vanish_without_a_word),
        STORY(who_is_listed_in_a_refused_row_has_not_vanished),
        STORY(a_character_nobody_knows_is_told_and_loses_no_resident),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
