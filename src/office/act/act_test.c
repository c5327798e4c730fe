// Proves C-3.2-03, C-3.3-01, C-3.3-06 (rights, deny by default), S-01, S-02; files.md 4 (a second command waits
// or says who is at work).
// SPDX-License-Identifier: Apache-2.0
#include "error_texts.h"
#include "given_number_rows.h"
#include "individual_no.h"
#include "office_code.h"
#include "office_main.h"
#include "test_act.h"
#include "writer_lock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// clang-format off
static const Door init   = COMMAND("init",   "office",       DUTY_ADMIN,  AUDIT_CHANGE, ALONE,  test_does_nothing);
static const Door grant  = COMMAND("grant",  "office",       DUTY_ADMIN,  AUDIT_CHANGE, ALONE,  test_does_nothing);
static const Door audit  = COMMAND("audit",  "office",       DUTY_AUDIT,  AUDIT_LOOK,   SHARED, test_does_nothing);
static const Door show   = COMMAND("show",   "immunization", DUTY_READ,   AUDIT_LOOK,   SHARED, test_does_nothing);
static const Door intake = COMMAND("intake", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE,  test_does_nothing);
static const Door pay    = COMMAND("pay",    "relief",       DUTY_ENTER,  AUDIT_CHANGE, ALONE,  test_does_nothing);
// clang-format on
static const Door *const doors[] = {&init, &grant, &audit, &show, &intake, &pay};
static const EmbeddedFile migrations[] = {
    {"0001_test.sql", S("CREATE TABLE dose (dose_id bigint PRIMARY KEY)")}};
static const int migration_count = 1;
static const AuditOwed owed[] = {{"接種", "SELECT dose_id FROM dose ORDER BY dose_id LIMIT 1"},
                                 {0}};
static const OfficeProgram program = {.name = "ledger",
                                      .owed = owed,
                                      .doors = {doors, countof(doors)},
                                      .migrations = migrations,
                                      .migration_count = &migration_count};

typedef struct Town {
    TestPlace place;
    Arena whole, arena;
    Error err;
    const char *data_dir;
    TestOffice office;
} Town;

static int ground_open(void **state)  // nothing is founded yet
{
    static Town town;
    town = (Town){0};
    test_place_make(&town.place);
    town.whole = town.arena = arena_reserve(64 << 20);
    town.office = test_office_at(&town.place, &program, day_of(2026, 5, 11), &town.arena);
    town.data_dir = str_z(&town.arena, town.office.place.data_dir);
    *state = &town;
    return 0;
}

static bool found(Town *t, const char *who)
{
    return test_office_found(&t->office, who, &t->arena, &t->err);
}

static int town_open(void **state)
{
    (void)ground_open(state);
    return !found(*state, "佐藤");
}

static int town_close(void **state)
{
    Town *t = *state;
    arena_release(t->whole);
    test_place_remove(&t->place);
    return 0;
}

static bool entered(Town *t, const char *who, const Door *door, TestAct *in)
{
    return test_act_enter(&t->office, door, who, &t->arena, in, &t->err);
}

// Goes through the door as `who`; the answer is whether he was let in.
static bool may(Town *t, const char *who, const Door *door)
{
    TestAct in;
    if (!entered(t, who, door, &in)) return false;
    assert_ptr_equal(in.act.door, door);
    test_act_leave(&in);
    return true;
}

static bool ran(Town *t, const char *by, const Door *door, const char *first, const char *second)
{
    TestAct in;
    Str arguments[] = {str_of(first), str_of(second)};
    const CommandLine line = {.command = &door->typed, .arguments = {arguments, 2, 2}};
    ExitStatus status = EXIT_DONE;
    if (!entered(t, by, door, &in)) return false;
    bool done = door->command(&in.act, &line, &t->arena, &status, &t->err);
    test_act_leave(&in);
    return done && status == EXIT_DONE;
}

static bool granted(Town *t, const char *by, const char *who, const char *duty)
{
    return ran(t, by, &office_grant, who, duty);
}

// Changes and looks, the newest first.
static AuditRows trail(Town *t)
{
    TestAct in;
    AuditRows changes, looks, rows = {0};
    AuditVerdict verdict;
    assert_true(entered(t, "佐藤", &audit, &in));
    Looks *looking = in.office.looks;
    assert_true(audit_last(in.act.store, 100, &t->arena, &changes, &t->err));
    assert_true(audit_last(looking->store, 100, &t->arena, &looks, &t->err));
    assert_true(audit_verify(in.act.store, &in.office.trail, looking->store, NULL, 0, &t->arena,
                             &verdict, &t->err));
    assert_int_equal(verdict.first_broken, 0);
    assert_true(audit_verify(looking->store, &looking->trail, in.act.store, NULL, 0, &t->arena,
                             &verdict, &t->err));
    assert_true(verdict.whole);
    test_act_leave(&in);
    for (ptrdiff_t c = 0, l = 0; c < changes.count || l < looks.count;) {
        bool look = c == changes.count ||
                    (l < looks.count && looks.at[l].at > changes.at[c].at);
        *audit_rows_push(&rows, &t->arena) = look ? looks.at[l++] : changes.at[c++];
    }
    return rows;
}

static void who_sets_up_may_everything_and_nobody_else_anything(void **state)
{
    Town *t = *state;
    for (ptrdiff_t i = 0; i < countof(doors); i++) assert_true(may(t, "佐藤", doors[i]));
    for (ptrdiff_t i = 0; i < countof(doors); i++) {
        assert_false(may(t, "鈴木", doors[i]));
        assert_int_equal(t->err.code, E_RIGHT);
    }
}

static void only_the_first_is_registered_as_the_first(void **state)
{
    Town *t = *state;
    TestAct in;
    bool first = true;
    static const char *const names[] = {"office"};
    assert_true(entered(t, "佐藤", &init, &in));
    assert_true(store_begin(in.act.store, &t->err));
    assert_true(staff_register_first(in.act.store, (Programmes){names, 1}, S("鈴木"), 77,
                                     in.act.now, 1, &first, &t->err));
    assert_false(first);
    assert_true(store_commit(in.act.store, &t->err));
    test_act_leave(&in);
    assert_false(may(t, "鈴木", &show));
}

static void a_granted_duty_opens_its_routes_and_no_others(void **state)
{
    Town *t = *state;
    assert_true(may(t, "佐藤", &init));
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(granted(t, "佐藤", "鈴木", "取込"));
    assert_true(granted(t, "佐藤", "鈴木", "read"));  // a second time changes nothing
    assert_true(may(t, "鈴木", &show));
    assert_true(may(t, "鈴木", &intake));
    assert_false(may(t, "鈴木", &pay));
    assert_true(str_find(error_words(&t->err), S("入力・訂正")) >= 0);
    assert_false(granted(t, "鈴木", "鈴木", "admin"));
    assert_int_equal(t->err.code, E_RIGHT);
    assert_false(granted(t, "佐藤", "鈴木", "everything"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
    assert_true(str_find(error_words(&t->err), S("export")) >= 0);
}

static void a_duty_that_is_taken_away_is_gone_and_can_come_back(void **state)
{
    Town *t = *state;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(ran(t, "佐藤", &office_revoke, "鈴木", "read"));
    assert_true(ran(t, "佐藤", &office_revoke, "鈴木", "read"));  // a second time changes nothing
    assert_false(ran(t, "佐藤", &office_revoke, "nobody", "read"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
    assert_false(ran(t, "佐藤", &office_revoke, "佐藤", "admin"));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(may(t, "鈴木", &show));
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(may(t, "鈴木", &show));
}

static void refusals_and_grants_are_in_the_trail(void **state)
{
    Town *t = *state;
    assert_true(may(t, "佐藤", &show));  // founds the office
    assert_false(may(t, "鈴木", &intake));
    assert_true(granted(t, "佐藤", "鈴木", "import"));
    AuditRows rows = trail(t);
    assert_int_equal(rows.count, 3);
    const AuditRow *grant_row = &rows.at[0], *refusal = &rows.at[1], *found = &rows.at[2];
    assert_true(str_equal(found->command, S("found")));
    assert_int_equal(refusal->act, AUDIT_REFUSAL);
    assert_int_equal(refusal->result, AUDIT_REFUSED);
    assert_true(str_equal(refusal->operator_name, S("鈴木")));
    assert_true(str_equal(refusal->command, S("intake")));
    assert_true(str_equal(refusal->purpose, S("immunization")));
    assert_int_equal(grant_row->act, AUDIT_CHANGE);
    assert_true(str_equal(grant_row->detail, S("鈴木 import")));
}

static void what_came_to_nothing_is_in_the_trail_with_its_reason(void **state)
{
    Town *t = *state;
    TestAct in;
    const Error why = {.code = E_FILE_OPEN};
    assert_true(entered(t, "佐藤", &intake, &in));
    act_failed(&in.act, &why);
    act_failed(&in.act, &why);  // once is enough
    test_act_leave(&in);
    AuditRows rows = trail(t);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].result, AUDIT_FAILED);
    assert_true(str_equal(rows.at[0].command, S("intake")));
    assert_true(str_equal(rows.at[0].detail, S("E_FILE_OPEN")));
    assert_true(rows.at[0].terminal.len > 0);
}

static void a_second_writer_is_told_who_is_at_work(void **state)
{
    Town *t = *state;
    TestAct in;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/ledger.lock", t->data_dir);
    assert_true(entered(t, "佐藤", &intake, &in));

    AtWork second = {.operator_name = S("鈴木"), .command = S("pay"), .since = clock_now()};
    int lock = -1;
    assert_false(writer_lock_take(path, &second, 0, &t->arena, &lock, &t->err));
    assert_int_equal(t->err.code, E_BUSY);
    assert_true(str_find(error_words(&t->err), S("佐藤 さんの「intake」が ")) >= 0);
    assert_true(may(t, "佐藤", &show));  // who only looks does not wait

    test_act_leave(&in);
    assert_true(writer_lock_take(path, &second, 0, &t->arena, &lock, &t->err));
    writer_lock_give(lock);
}

static void a_look_does_not_wait_and_a_change_says_who_is_at_work(void **state)
{
    Town *t = *state;
    TestAct import, look;
    assert_true(entered(t, "佐藤", &intake, &import));
    assert_true(entered(t, "佐藤", &show, &look));
    assert_true(store_execute(
        look.act.store, t->place.postgresql ? "SET lock_timeout = 1" : "PRAGMA busy_timeout = 0",
        &t->err));
    AuditLeaf leaf = act_leaf(&look.act, AUDIT_DONE);
    assert_true(act_begin(&import.act, &t->err));
    assert_non_null(act_record_now(&look.act, &leaf, &t->err));
    assert_false(act_begin(&look.act, &t->err));
    assert_int_equal(t->err.code, E_BUSY);
    assert_true(str_find(error_words(&t->err), S("佐藤 さんの「intake」")) >= 0);
    assert_true(store_commit(import.act.store, &t->err));
    assert_non_null(act_record_now(&look.act, &leaf, &t->err));
    test_act_leave(&import);
    test_act_leave(&look);
}

// Two workers were sent the same form at once: neither found its number used, and one of them does it.
static void a_number_of_a_form_serves_one_act(void **state)
{
    Town *t = *state;
    TestAct first, second;
    ActOnce once = {.number = {{7}}, .content = {{8}}}, again = once;
    assert_true(entered(t, "佐藤", &show, &first));
    assert_true(entered(t, "佐藤", &show, &second));
    first.act.once = &once;
    second.act.once = &again;
    assert_true(act_begin(&first.act, &t->err));
    store_rollback(first.act.store);
    assert_true(act_begin(&first.act, &t->err));  // what came to nothing has given the number back
    assert_true(store_commit(first.act.store, &t->err));
    assert_true(act_begin(&first.act, &t->err));  // a second transaction of the same act
    assert_true(store_commit(first.act.store, &t->err));
    assert_false(act_begin(&second.act, &t->err));
    assert_int_equal(t->err.code, E_CONFLICT);
    test_act_leave(&first);
    test_act_leave(&second);
}

// ---- looks

enum { LOOKERS = 8, LOOKS_EACH = 40 };

typedef struct Looker {
    Looks *looks;
    const AuditLeaf *leaf;
    int64_t shown[LOOKS_EACH];
    bool good;
} Looker;

static void *look_again_and_again(void *context)
{
    Looker *l = context;
    Error err;
    l->good = true;
    for (int i = 0; i < LOOKS_EACH; i++)
        l->good = looks_append(l->looks, l->leaf, &l->shown[i], &err) && l->good;
    return NULL;
}

static void those_who_look_together_share_a_commit(void **state)
{
    Town *t = *state;
    TestAct in;
    pthread_t threads[LOOKERS];
    static Looker lookers[LOOKERS];
    static bool seen[LOOKERS * LOOKS_EACH + 1];
    assert_true(entered(t, "佐藤", &show, &in));
    AuditLeaf leaf = act_leaf(&in.act, AUDIT_DONE);
    for (int i = 0; i < LOOKERS; i++) {
        lookers[i] = (Looker){.looks = in.office.looks, .leaf = &leaf};
        assert_int_equal(pthread_create(&threads[i], NULL, look_again_and_again, &lookers[i]), 0);
    }
    for (int i = 0; i < LOOKERS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < LOOKERS; i++) {
        assert_true(lookers[i].good);
        for (int n = 0; n < LOOKS_EACH; n++) {
            int64_t number = lookers[i].shown[n] - LOOKS_SHOWN_AFTER;
            assert_in_range(number, 1, LOOKERS * LOOKS_EACH);
            assert_false(seen[number]);  // each its own
            seen[number] = true;
        }
    }
    // Fewer lines than looks: those who waited together were written down together.
    TrailHeads heads;
    bool there, forged;
    assert_true(trail_heads_read(&in.office.looks->trail, &t->arena, &heads, &there, &forged, &t->err));
    assert_true(there && !forged);
    assert_in_range(heads.count, 1, LOOKERS * LOOKS_EACH - 1);
    test_act_leave(&in);
    assert_int_equal(trail(t).count, 100 + 1);
}

static bool whole(Town *t, bool of_looks)
{
    TestAct in;
    AuditVerdict v;
    assert_true(entered(t, "佐藤", &audit, &in));
    Looks *looks = in.office.looks;
    assert_true(of_looks ? audit_verify(looks->store, &looks->trail, in.act.store, NULL, 0,
                                        &t->arena, &v, &t->err)
                         : audit_verify(in.act.store, &in.office.trail, looks->store, NULL, 0,
                                        &t->arena, &v, &t->err));
    test_act_leave(&in);
    return v.whole;
}

static void copied(Town *t, const char *from, const char *to)
{
    char path[2][160];
    unsigned char bytes[1 << 16];
    size_t len;
    (void)snprintf(path[0], sizeof path[0], "%s/%s", t->data_dir, from);
    (void)snprintf(path[1], sizeof path[1], "%s/%s", t->data_dir, to);
    FILE *in = fopen(path[0], "rb"), *out = fopen(path[1], "wb");
    assert_non_null(in);
    assert_non_null(out);
    while ((len = fread(bytes, 1, sizeof bytes, in)) > 0)
        assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(in) | fclose(out), 0);
}

static void looked(Town *t)
{
    TestAct in;
    assert_true(entered(t, "佐藤", &show, &in));
    AuditLeaf leaf = act_leaf(&in.act, AUDIT_DONE);
    assert_non_null(act_record_now(&in.act, &leaf, &t->err));
    test_act_leave(&in);
}

// The database and its file of heads go back together to what they were this morning.
static void neither_trail_is_cut_alone(void **state)
{
    static const char *const cut[2][2] = {{"ledger.db", "ledger.trail"},
                                          {"ledger-looks.db", "ledger-looks.trail"}};
    Town *t = *state;
    if (t->place.postgresql) return;  // there are files to put back
    for (int looks = 0; looks < 2; looks++) {
        looked(t);
        assert_true(granted(t, "佐藤", "鈴木", looks ? "read" : "import"));
        for (int i = 0; i < 2; i++) copied(t, cut[looks][i], i ? "kept.trail" : "kept.db");
        looked(t);
        assert_true(granted(t, "佐藤", "高橋", looks ? "read" : "import"));
        looked(t);
        assert_true(granted(t, "佐藤", "田中", looks ? "read" : "import"));
        assert_true(whole(t, false) && whole(t, true));
        copied(t, cut[looks][0], "after.db");
        copied(t, cut[looks][1], "after.trail");
        copied(t, "kept.db", cut[looks][0]);
        copied(t, "kept.trail", cut[looks][1]);
        assert_false(whole(t, looks));
        copied(t, "after.db", cut[looks][0]);
        copied(t, "after.trail", cut[looks][1]);
        assert_true(whole(t, false) && whole(t, true));
    }
}

static void since_when_is_told_in_the_time_of_japan(void **state)
{
    Town *t = *state;
    char path[128];
    (void)snprintf(path, sizeof path, "%s/x.lock", t->place.folder);
    // 2026-05-10T15:05Z is five past midnight on 11 May in Japan.
    Instant since = ((Instant)day_of(2026, 5, 10) * 86400 + 15 * 3600 + 5 * 60) * 1000000;
    AtWork first = {.operator_name = S("佐藤"), .command = S("intake"), .since = since};
    int lock = -1, other = -1;
    assert_true(writer_lock_take(path, &first, 0, &t->arena, &lock, &t->err));
    assert_false(writer_lock_take(path, &first, 0, &t->arena, &other, &t->err));
    assert_true(str_find(error_words(&t->err), S("2026-05-11 00:05:00 から")) >= 0);
    writer_lock_give(lock);
}

static void the_lock_of_a_killed_command_is_free(void **state)
{
    Town *t = *state;
    char path[128];
    int ready[2];
    (void)snprintf(path, sizeof path, "%s/x.lock", t->place.folder);
    assert_int_equal(pipe(ready), 0);
    AtWork who = {.operator_name = S("佐藤"), .command = S("intake"), .since = clock_now()};
    int lock = -1;
    pid_t child = fork();
    if (!child) {
        bool taken = writer_lock_take(path, &who, 0, &t->arena, &lock, &t->err);
        ssize_t told = write(ready[1], "x", 1);
        (void)told;
        if (!taken) _exit(1);
        (void)alarm(60);  // a test that failed must not leave it behind
        for (;;) (void)pause();
    }
    char byte;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_false(writer_lock_take(path, &who, 0, &t->arena, &lock, &t->err));
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(writer_lock_take(path, &who, 0, &t->arena, &lock, &t->err));
    writer_lock_give(lock);
}

static void what_is_made_is_ours_alone(void **state)
{
    Town *t = *state;
    assert_true(may(t, "佐藤", &init));
    static const char *const names[] = {"", "/keys", "/ledger.lock", "/ledger.db",
                                        "/keys/ledger.keys"};
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        char path[160];
        struct stat status;
        (void)snprintf(path, sizeof path, "%s%s", t->data_dir, names[i]);
        if (t->place.postgresql && i == 3) continue;
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 077, 0);
    }
}

// ---- who acts is proven

enum { SUZUKI = 12345 };

// One act by the login SUZUKI with the rights of the data's user, as where the program is set-user-ID. 0
// when he was let in, else the code of the refusal.
static int as_suzuki(Town *t, const Door *door, Str claimed)
{
    pid_t child = fork();
    if (!child) {
        TestAct in;
        t->err = (Error){0};
        if (setresuid(SUZUKI, 0, 0) != 0) _exit(99);
        bool may_enter = test_act_enter_process(&t->office, door, claimed, &t->arena, &in, &t->err);
        if (may_enter) test_act_leave(&in);
        _exit(may_enter ? 0 : (int)t->err.code);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static bool second_login_possible(void)
{
    if (geteuid() == 0) return true;
    print_message("skipped: only root can act as a second login\n");
    return false;
}

static void who_acts_is_whom_the_kernel_says_and_a_stranger_may_nothing(void **state)
{
    Town *t = *state;
    if (!second_login_possible()) return;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_int_equal(as_suzuki(t, &show, (Str){0}), E_RIGHT);   // nobody knows this login
    assert_int_equal(as_suzuki(t, &show, S("鈴木")), E_RIGHT);  // to say so proves nothing
    assert_int_equal(as_suzuki(t, &show, S("佐藤")), E_RIGHT);
    AuditRows rows = trail(t);
    assert_int_equal(rows.at[0].act, AUDIT_REFUSAL);
    assert_true(str_equal(rows.at[0].operator_name, S("佐藤")));
    assert_true(str_equal(rows.at[0].proven, S("uid:12345")));
    assert_true(ran(t, "佐藤", &office_account, "鈴木", "12345"));
    assert_int_equal(as_suzuki(t, &show, (Str){0}), 0);
    assert_int_equal(as_suzuki(t, &show, S("鈴木")), 0);
    assert_int_equal(as_suzuki(t, &intake, (Str){0}), E_RIGHT);
}

static void another_name_takes_the_duty_to_represent_and_gives_that_persons_rights(void **state)
{
    Town *t = *state;
    if (!second_login_possible()) return;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(granted(t, "佐藤", "田中", "import"));
    assert_true(ran(t, "佐藤", &office_account, "鈴木", "12345"));
    assert_int_equal(as_suzuki(t, &intake, S("田中")), E_RIGHT);
    assert_true(granted(t, "佐藤", "鈴木", "represent"));
    assert_int_equal(as_suzuki(t, &intake, S("田中")), 0);
    assert_int_equal(as_suzuki(t, &show, S("田中")), E_RIGHT);  // his right, not 鈴木's
    AuditRows rows = trail(t);
    assert_true(str_equal(rows.at[0].operator_name, S("田中")));
    assert_true(str_equal(rows.at[0].proven, S("uid:12345 staff:2 鈴木")));
}

static void the_founder_may_act_for_others(void **state)
{
    Town *t = *state;
    TestAct in;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(test_act_enter_process(&t->office, &show, S("鈴木"), &t->arena, &in, &t->err));
    AuditLeaf leaf = act_leaf(&in.act, AUDIT_DONE);
    assert_true(act_record_now(&in.act, &leaf, &t->err));
    test_act_leave(&in);
    AuditRows rows = trail(t);
    assert_true(str_equal(rows.at[0].operator_name, S("鈴木")));
    assert_true(str_find(rows.at[0].proven, S(" 佐藤")) > 0);
    assert_false(test_act_enter_process(&t->office, &intake, S("鈴木"), &t->arena, &in, &t->err));
    assert_int_equal(t->err.code, E_RIGHT);
}

static void an_account_belongs_to_one_person(void **state)
{
    Town *t = *state;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(granted(t, "佐藤", "田中", "read"));
    assert_true(ran(t, "佐藤", &office_account, "鈴木", "12345"));
    assert_false(ran(t, "佐藤", &office_account, "田中", "12345"));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_false(ran(t, "佐藤", &office_account, "山田", "777"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
    assert_false(ran(t, "佐藤", &office_account, "田中", "no-such-login"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
}

static void a_name_has_one_spelling(void **state)
{
    Town *t = *state;
    static const char *const same[] = {"suzuki", " suzuki ", "ｓｕｚｕｋｉ", "\u3000suzuki"};
    static const char *const none[] = {"suzu\u200bki",
                                       "suzuki\n",
                                       "\x1b[2Jsuzuki",
                                       "suzuki\u202e",
                                       "",
                                       "  ",
                                       "suz\xffki",
                                       "system:ledger",
                                       "suzuki\ufeff",
                                       "=suzuki",
                                       "123456789012",
                                       "1234 5678 9012",
                                       "１２３４５６７８９０１２",
                                       "suzuki 123456789012"};
    assert_true(granted(t, "佐藤", "suzuki", "read"));
    for (ptrdiff_t i = 0; i < countof(same); i++) {
        TestAct in;
        assert_true(
            test_act_enter_process(&t->office, &show, str_of(same[i]), &t->arena, &in, &t->err));
        assert_true(str_equal(actor_name(in.act.actor), S("suzuki")));
        test_act_leave(&in);
    }
    for (ptrdiff_t i = 0; i < countof(none); i++) assert_false(granted(t, "佐藤", none[i], "read"));
    assert_true(granted(t, "佐藤", "佐々木　花子", "read"));
    assert_true(granted(t, "佐藤", "ｱﾝ・ｼｬｰﾘｰ", "read"));
}

static void a_name_that_is_none_is_refused_and_recorded(void **state)
{
    Town *t = *state;
    TestAct in;
    assert_false(test_act_enter_process(&t->office, &show, S("佐\xff藤"), &t->arena, &in, &t->err));
    assert_int_equal(t->err.code, E_CHARSET);
    AuditRows rows = trail(t);
    assert_int_equal(rows.at[0].act, AUDIT_REFUSAL);
    assert_true(str_find(rows.at[0].proven, S("uid:")) == 0);
}

static void file_gone(Town *t, const char *name)
{
    char path[160];
    (void)snprintf(path, sizeof path, "%s/%s", t->data_dir, name);
    assert_int_equal(unlink(path), 0);
}

// The exit status of audit verify.
static int verified(Town *t)
{
    TestAct in;
    Str arguments[] = {S("verify")};
    const CommandLine line = {.command = &office_audit.typed, .arguments = {arguments, 1, 1}};
    ExitStatus status = EXIT_DONE;
    assert_true(entered(t, "佐藤", &office_audit, &in));
    assert_true(office_audit.command(&in.act, &line, &t->arena, &status, &t->err));
    test_act_leave(&in);
    return (int)status;
}

static void execute(Town *t, const char *sql)
{
    TestAct in;
    assert_true(entered(t, "佐藤", &show, &in));
    assert_true(store_execute(in.act.store, sql, &t->err));
    test_act_leave(&in);
}

static void epochs_gone(Town *t)
{
    if (t->place.postgresql)
        test_place_administrate(&t->place, "sesshu_ledger",
                                "DROP TRIGGER IF EXISTS audit_epoch_stays ON audit_epoch;"
                                "DELETE FROM audit_epoch");
    else
        execute(t, "DROP TRIGGER IF EXISTS audit_epoch_remains; DELETE FROM audit_epoch");
}

static void an_office_of_before_accounts_were_kept_knows_its_founder(void **state)
{
    Town *t = *state;
    TestAct in;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    epochs_gone(t);
    execute(t, "UPDATE staff SET account = NULL, account_record = NULL;"
               " DELETE FROM staff_duty WHERE duty = 'represent';"
               " UPDATE staff_duty SET granted_record = NULL");
    file_gone(t, "ledger.trail");
    file_gone(t, "keys/ledger.epoch");
    assert_true(test_act_enter_process(&t->office, &show, S("佐藤"), &t->arena, &in, &t->err));
    test_act_leave(&in);
    assert_true(test_act_enter_process(&t->office, &show, S("鈴木"), &t->arena, &in, &t->err));
    test_act_leave(&in);
    assert_int_equal(verified(t), EXIT_DONE);
}

static void a_right_that_was_written_by_sql_is_named(void **state)
{
    Town *t = *state;
    static const char *const forgeries[][2] = {
        {"INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by)"
         " VALUES (9001, 2, 'office', 'admin', 1, 'x')",
         "DELETE FROM staff_duty WHERE grant_no = 9001"},
        {"INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by,"
         " granted_record) SELECT 9001, 2, 'office', 'admin', granted_at, granted_by, granted_record"
         " FROM staff_duty WHERE staff_no = 2 AND programme = 'office' AND duty = 'read'",
         "DELETE FROM staff_duty WHERE grant_no = 9001"},
        {"UPDATE staff_duty SET ended_at = NULL WHERE duty = 'print' AND staff_no = 2",
         "UPDATE staff_duty SET ended_at = (SELECT max(at) FROM audit_leaf WHERE command = 'revoke')"
         " WHERE duty = 'print' AND staff_no = 2"},
        {"UPDATE staff_duty SET ended_at = 5 WHERE duty = 'read' AND staff_no = 2",
         "UPDATE staff_duty SET ended_at = NULL WHERE duty = 'read' AND staff_no = 2"},
        {"UPDATE staff SET account = 4711 WHERE staff_no = 2",
         "UPDATE staff SET account = 12345 WHERE staff_no = 2"},
        {"INSERT INTO staff (staff_no, name, registered_at, registered_by, account, account_record)"
         " VALUES (3, '山田', 1, 'x', 99, 2)",
         "DELETE FROM staff WHERE staff_no = 3"},
    };
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(granted(t, "佐藤", "鈴木", "print"));
    assert_true(ran(t, "佐藤", &office_revoke, "鈴木", "print"));
    assert_true(ran(t, "佐藤", &office_account, "鈴木", "12345"));
    assert_int_equal(verified(t), EXIT_DONE);
    for (ptrdiff_t i = 0; i < countof(forgeries); i++) {
        execute(t, forgeries[i][0]);
        assert_int_equal(verified(t), EXIT_ATTENTION);
        execute(t, forgeries[i][1]);
        assert_int_equal(verified(t), EXIT_DONE);
    }
    assert_true(granted(t, "佐藤", "鈴木", "print"));  // given anew, it is his again
    assert_int_equal(verified(t), EXIT_DONE);
}

static bool holds_on(Town *t, const char *who, Duty duty, int days)
{
    TestAct in;
    bool holds;
    assert_true(test_act_enter_process(&t->office, &show, S("佐藤"), &t->arena, &in, &t->err));
    assert_true(staff_holds_duty(in.act.store, str_of(who), "office", duty, in.act.now + days * INSTANT_DAY, &holds, &t->err));
    test_act_leave(&in);
    return holds;
}

// Not only named by verify: at the door itself it opens nothing.
static void a_right_that_was_written_or_put_back_by_sql_opens_nothing(void **state)
{
    Town *t = *state;
    static const char *const forgeries[] = {
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by)"
        " VALUES (9001, 2, 'office', 'admin', 1, 'x')",
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by)"
        " VALUES (-1, 2, 'office', 'admin', 1, 'x')",
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by, granted_record)"
        " SELECT 9001, 2, 'office', 'admin', granted_at, granted_by, granted_record"
        " FROM staff_duty WHERE staff_no = 2 AND programme = 'office' AND duty = 'read'",
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by, granted_record)"
        " SELECT 9001, 2, 'office', 'admin', granted_at, granted_by, granted_record"
        " FROM staff_duty WHERE staff_no = 1 AND programme = 'office' AND duty = 'read'; UPDATE staff_duty SET"
        " granted_record = (SELECT min(leaf_no) FROM audit_leaf WHERE command = 'account') WHERE grant_no = 9001",
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by, granted_record)"
        " SELECT 9001, 2, 'office', 'admin', granted_at, granted_by, granted_record"
        " FROM staff_duty WHERE staff_no = 1 AND programme = 'office' AND duty = 'admin'",
        "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at, granted_by, granted_record)"
        " SELECT 9001, 2, 'office', 'print', granted_at, granted_by, granted_record"
        " FROM staff_duty WHERE staff_no = 2 AND duty = 'print' AND programme = 'office'",
        "UPDATE staff_duty SET ended_at = NULL, ended_by = NULL, ended_record = NULL WHERE duty = 'print' AND staff_no = 2",
    };
    static const Duty forged[] = {DUTY_ADMIN, DUTY_ADMIN, DUTY_ADMIN, DUTY_ADMIN, DUTY_ADMIN, DUTY_PRINT, DUTY_PRINT};
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(granted(t, "佐藤", "鈴木", "print"));
    assert_true(ran(t, "佐藤", &office_revoke, "鈴木", "print"));
    assert_true(ran(t, "佐藤", &office_account, "鈴木", "12345"));
    for (ptrdiff_t i = 0; i < countof(forgeries); i++) {
        execute(t, forgeries[i]);
        assert_false(holds_on(t, "鈴木", forged[i], 0));
        assert_true(holds_on(t, "鈴木", DUTY_READ, 0));
        execute(t, "DELETE FROM staff_duty WHERE grant_no IN (9001, -1)");
    }
    execute(t, "DELETE FROM staff_duty WHERE duty = 'print' AND staff_no = 2");
    assert_true(granted(t, "佐藤", "鈴木", "print"));  // given anew, it is his again
    assert_true(holds_on(t, "鈴木", DUTY_PRINT, 0));
}

// Asked for by its number: what is no longer what was written is shown, and told by the status.
static void one_record_that_sql_changed_is_told_as_such(void **state)
{
    Town *t = *state;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    assert_true(ran(t, "佐藤", &office_audit, "read", "ledger-2"));
#define CHANGED "; UPDATE audit_leaf SET detail = '山田 read' WHERE leaf_no = 2"
    if (t->place.postgresql)
        test_place_administrate(&t->place, "sesshu_ledger", "DROP TRIGGER audit_leaf_stays ON audit_leaf" CHANGED);
    else
        execute(t, "DROP TRIGGER audit_leaf_stays" CHANGED);
    assert_false(ran(t, "佐藤", &office_audit, "read", "ledger-2"));
    assert_true(ran(t, "佐藤", &office_audit, "read", "ledger-1"));
    t->err = (Error){0};
    assert_false(ran(t, "佐藤", &office_audit, "read", "ledger-9000"));
    assert_int_equal(t->err.code, E_NOT_FOUND);
}

// Until it begins, its rows are those of the copy: whoever is refused leaves no record in it.
static void an_office_that_arrives_stays_what_its_copy_says(void **state)
{
    Town *t = *state;
    assert_false(may(t, "鈴木", &show));
    ptrdiff_t before = trail(t).count;
    execute(t, "INSERT INTO office_setting (name, value) VALUES ('" OFFICE_ARRIVING "', 'restore')");
    assert_false(may(t, "佐藤", &show));
    assert_int_equal(t->err.code, E_CONFLICT);
    t->office.place.arriving_too = true;
    assert_false(may(t, "鈴木", &show));
    assert_int_equal(t->err.code, E_RIGHT);
    assert_int_equal(trail(t).count, before);
    execute(t, "DELETE FROM office_setting WHERE name = '" OFFICE_ARRIVING "'");
    assert_false(may(t, "鈴木", &show));
    assert_int_equal(trail(t).count, before + 1);
}

// Counts from one; put back from a copy, above the moment, whatever the copy says of the last one; and again after the next.
static void what_was_given_before_a_restore_is_never_given_again(void **state)
{
    Town *t = *state;
    TestAct in;
    int64_t number = 0, count = 0;
    const Instant back = instant_day_begins(day_of(2026, 12, 1)), again = back + INSTANT_SECOND;
    assert_true(entered(t, "佐藤", &show, &in));
    Store *store = in.act.store;
    assert_true(act_begin(&in.act, &t->err));
    for (int i = 1; i <= 3; i++) {
        assert_true(given_number_next(store, S("letter"), 0, &number, &t->err));
        assert_int_equal(number, i);
    }
    assert_true(given_number_next(store, S("older"), 7, &number, &t->err));  // of a table that was numbered before
    assert_int_equal(number, 8);
    assert_true(given_numbers_leap(store, back, &t->err));
    assert_true(given_number_next(store, S("letter"), 0, &number, &t->err));
    assert_int_equal(number, back + 1);
    assert_true(given_number_next(store, S("letter"), 0, &number, &t->err));
    assert_int_equal(number, back + 2);
    assert_true(given_count_next(store, S("person"), &count, &t->err));
    assert_true(count > 1000 && count < 1000000000000);
    assert_true(given_numbers_leap(store, again, &t->err));
    assert_true(given_number_next(store, S("letter"), 0, &number, &t->err));
    assert_int_equal(number, again + 1);
    int64_t before = count;
    assert_true(given_count_next(store, S("person"), &count, &t->err));
    assert_int_equal(count, before + 1000);  // a second later
    int64_t first = 0, second = 0;  // of people: a tenth of a second each, in ten digits
    assert_true(given_short_next(store, S("work"), &first, &t->err));
    assert_true(given_numbers_leap(store, again + INSTANT_SECOND, &t->err));
    assert_true(given_short_next(store, S("work"), &second, &t->err));
    assert_int_equal(second, first + 10);
    assert_true(second < 10000000000);
    // A clock that runs far ahead is told, and gives no number of another length.
    assert_true(given_numbers_leap(store, instant_day_begins(day_of(2060, 1, 1)), &t->err));
    assert_false(given_count_next(store, S("person"), &count, &t->err));
    assert_int_equal(t->err.code, E_LIMIT);
    store_rollback(store);
    test_act_leave(&in);
}

static bool login_counts(Town *t, bool *practice)
{
    TestAct in;
    assert_true(entered(t, "佐藤", &show, &in));
    assert_true(office_is_practice(&in.office, t->arena, practice, &t->err));
    bool counts = in.office.login_counts;
    test_act_leave(&in);
    return counts;
}

// The record of the founding counts, and who may write SQL can only be named.
static void a_setting_that_sql_turned_turns_nothing_and_is_named(void **state)
{
    static const char *const turned[] = {
        "INSERT INTO office_setting (name, value) VALUES ('practice', 'yes')",
        "DELETE FROM office_setting WHERE name = 'practice';"
        "UPDATE office_setting SET value = CASE value WHEN 'none' THEN 'kernel' ELSE 'none' END WHERE name = 'login'"};
    Town *t = *state;
    bool practice;
    bool counts = login_counts(t, &practice);
    assert_false(practice);
    assert_int_equal(verified(t), EXIT_DONE);
    for (ptrdiff_t i = 0; i < countof(turned); i++) {
        execute(t, turned[i]);
        assert_int_equal(login_counts(t, &practice), counts);
        assert_false(practice);
        assert_int_equal(verified(t), EXIT_ATTENTION);
    }
}

static bool founded_for_practice(Town *t)
{
    Office office;
    const Founding founding = {S("佐藤"), clock_now(), t->office.business_day, .practice = true};
    bool done = office_found(&t->office.place, &program, &founding, &t->arena, &office, &t->err);
    office_close(&office);
    return done;
}

static void an_office_is_for_practice_from_its_founding_or_never(void **state)
{
    Town *t = *state;
    bool practice;
    assert_true(founded_for_practice(t));
    assert_true(founded_for_practice(t));  // again, as init may be
    execute(t, "DELETE FROM office_setting WHERE name = 'practice'");
    (void)login_counts(t, &practice);
    assert_true(practice);
    assert_int_equal(verified(t), EXIT_ATTENTION);
}

static void a_real_office_is_never_made_one_for_practice(void **state)
{
    Town *t = *state;
    bool practice;
    assert_false(founded_for_practice(t));
    assert_int_equal(t->err.code, E_CONFLICT);
    (void)login_counts(t, &practice);
    assert_false(practice);
    assert_int_equal(verified(t), EXIT_DONE);
}

static Str last_changed(Town *t, const Door *door, const char *argument)
{
    TestAct in;
    AuditRows rows;
    Str arguments[] = {str_of(argument)};
    const CommandLine line = {.command = &door->typed, .arguments = {arguments, 1, 1}};
    ExitStatus status = EXIT_DONE;
    assert_true(entered(t, "佐藤", door, &in));
    assert_true(door->command(&in.act, &line, &t->arena, &status, &t->err));
    assert_true(audit_last(in.act.store, 1, &t->arena, &rows, &t->err));
    test_act_leave(&in);
    return rows.at[0].act == AUDIT_CHANGE ? rows.at[0].detail : (Str){0};
}

// Keys, certificates and a new version are no rows; what changes them stands among the changes all the same.
static void what_changes_no_row_stands_among_the_changes(void **state)
{
    Town *t = *state;
    assert_true(str_equal(last_changed(t, &office_keys, "rotate"), S("rotate")));
    assert_true(str_equal(last_changed(t, &office_keys, "status"), S("rotate")));  // a look
    assert_true(str_equal(last_changed(t, &office_keys, "reseal"), S("reseal")));
    assert_true(str_equal(last_changed(t, &office_keys, "retire"), S("retire")));
    assert_true(str_equal(last_changed(t, &office_tls, "renew"), S("renew")));
    assert_true(str_equal(last_changed(t, &office_tls, "status"), S("renew")));
    assert_true(str_equal(last_changed(t, &office_init, ""), (Str){0}));
    assert_true(str_equal(last_changed(t, &office_upgrade, ""), S(SESSHU_VERSION)));
    assert_int_equal(verified(t), EXIT_DONE);
}

static void an_office_whose_epochs_were_taken_away_is_no_old_one(void **state)
{
    Town *t = *state;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    execute(t, "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at,"
               " granted_by) VALUES (999, 2, 'office', 'admin', 1, 'x')");
    epochs_gone(t);
    assert_int_equal(verified(t), EXIT_ATTENTION);
    assert_int_equal(verified(t), EXIT_ATTENTION);  // nor does what is recorded since heal it
    AuditRows rows = trail(t);
    for (ptrdiff_t i = 0; i < rows.count; i++)
        assert_false(str_equal(rows.at[i].command, S("records")));
    // Without the forged row too, and with one of the two traces.
    epochs_gone(t);
    execute(t, "DELETE FROM staff_duty WHERE grant_no = 999");
    assert_int_equal(verified(t), EXIT_ATTENTION);
    epochs_gone(t);
    file_gone(t, "ledger.trail");
    assert_int_equal(verified(t), EXIT_ATTENTION);
}

static void a_right_below_the_first_number_owes_a_record_too(void **state)
{
    Town *t = *state;
    assert_true(granted(t, "佐藤", "鈴木", "read"));
    for (int number = -5; number <= 0; number += 5) {
        char sql[256];
        (void)snprintf(sql, sizeof sql,
                       "INSERT INTO staff_duty (grant_no, staff_no, programme, duty, granted_at,"
                       " granted_by) VALUES (%d, 2, 'office', 'admin', 1, 'x')",
                       number);
        execute(t, sql);
        assert_int_equal(verified(t), EXIT_ATTENTION);
        execute(t, "DELETE FROM staff_duty WHERE grant_no <= 0");
        assert_int_equal(verified(t), EXIT_DONE);
    }
}

static void rows_of_a_program_owe_a_record(void **state)
{
    Town *t = *state;
    execute(t, "INSERT INTO dose (dose_id) VALUES (7)");
    assert_int_equal(verified(t), EXIT_ATTENTION);
    execute(t, "DELETE FROM dose");
    assert_int_equal(verified(t), EXIT_DONE);
}

// ---- founding

static bool is_there(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0;
}

static void only_founding_makes_an_office(void **state)
{
    Town *t = *state;
    assert_false(may(t, "佐藤", &show));
    assert_int_equal(t->err.code, E_NOT_FOUND);
    assert_true(str_find(error_words(&t->err), S("sesshu init")) >= 0);
    assert_false(is_there(t->data_dir));
    assert_true(found(t, "佐藤"));
    assert_true(may(t, "佐藤", &show));
    assert_true(found(t, "鈴木"));  // it is there already: nothing is founded anew
    assert_false(may(t, "鈴木", &show));
}

static void database_gone(Town *t)
{
    Store *store = NULL;
    if (!t->place.postgresql) {
        file_gone(t, "ledger.db");
        return;
    }
    assert_true(store_open(str_of(t->place.base_url), &t->arena, &store, &t->err));
    assert_true(store_execute(store, "DROP DATABASE sesshu_ledger", &t->err));
    store_close(store);
}

static void data_without_its_keys_is_refused_before_anything_is_read(void **state)
{
    Town *t = *state;
    file_gone(t, "keys/ledger.keys");
    file_gone(t, "keys/ledger.kek");
    assert_false(may(t, "佐藤", &show));
    assert_int_equal(t->err.code, E_KEY);
    assert_false(found(t, "佐藤"));
    assert_int_equal(t->err.code, E_KEY);
    assert_false(may(t, "佐藤", &show));  // and no keys were made meanwhile
}

static void keys_without_their_data_are_refused_and_nothing_is_founded_over_the_loss(void **state)
{
    Town *t = *state;
    database_gone(t);
    assert_false(may(t, "佐藤", &show));
    assert_int_equal(t->err.code, E_KEY);
    assert_false(found(t, "佐藤"));
    assert_int_equal(t->err.code, E_KEY);
}

static void a_founding_that_was_broken_off_is_founded_again(void **state)
{
    Town *t = *state;
    Office office;
    const OfficeProgram broken = {.name = "ledger",
                                  .doors = program.doors,
                                  .migrations = (const EmbeddedFile[]){{"0001_no.sql", S("no")}},
                                  .migration_count = &migration_count};
    const Founding founding = {S("佐藤"), clock_now(), day_of(2026, 5, 11)};
    assert_false(office_found(&t->office.place, &broken, &founding, &t->arena, &office, &t->err));
    assert_false(may(t, "佐藤", &show));
    assert_true(found(t, "佐藤"));
    assert_true(may(t, "佐藤", &show));
}

static void a_folder_that_is_open_to_others_is_refused(void **state)
{
    Town *t = *state;
    static const char *const folders[] = {"", "/keys", "/tls", "/errors"};
    for (ptrdiff_t i = 0; i < countof(folders); i++) {
        char path[160];
        (void)snprintf(path, sizeof path, "%s%s", t->data_dir, folders[i]);
        (void)mkdir(path, 0700);
        assert_int_equal(chmod(path, 0750), 0);
        assert_false(may(t, "佐藤", &show));
        assert_int_equal(t->err.code, E_FILE_OPEN);
        assert_false(found(t, "佐藤"));
        assert_int_equal(chmod(path, 0700), 0);
        assert_true(may(t, "佐藤", &show));
        if (geteuid() != 0) continue;  // only root can give a folder away
        assert_int_equal(chown(path, 1, 1), 0);
        assert_false(may(t, "佐藤", &show));
        assert_int_equal(t->err.code, E_FILE_OPEN);
        assert_int_equal(chown(path, 0, 0), 0);
    }
}

static void an_empty_folder_of_ours_is_closed_to_others_when_an_office_is_founded(void **state)
{
    Town *t = *state;
    struct stat status;
    char parent[96];
    (void)snprintf(parent, sizeof parent, "%s/city", t->place.folder);
    assert_int_equal(mkdir(parent, 0755), 0);
    assert_int_equal(mkdir(t->data_dir, 0755), 0);
    assert_true(found(t, "佐藤"));
    assert_int_equal(stat(t->data_dir, &status), 0);
    assert_int_equal(status.st_mode & 077, 0);
}

static void two_who_begin_at_once_found_one_office(void **state)
{
    Town *t = *state;
    enum { PROCESSES = 4 };
    for (int i = 0; i < PROCESSES; i++)
        if (!fork()) _exit(found(t, "佐藤") ? 0 : 1);
    for (int i = 0; i < PROCESSES; i++) {
        int status = 1;
        (void)wait(&status);
        assert_int_equal(status, 0);
    }
    assert_int_equal(trail(t).count, 1);
}

// ---- messages of other programs

static bool nothing_answered(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    (void)act, (void)question, (void)arena, (void)answer, (void)err;
    return true;
}

static bool program_may(Town *t, const Door *door, const char *role, OrganisationCode *whose)
{
    Office office;
    Act act;
    assert_true(office_open(&t->office.place, &program, clock_now(), &t->arena, &office, &t->err));
    const ActAsked asked = {.actor = actor_of_certificate(str_of(role), &t->arena),
                            .now = clock_now(),
                            .business_day = t->office.business_day};
    bool let_in = act_enter(&office, door, &asked, &t->arena, &act, &t->err);
    if (let_in && whose) *whose = act_organisation(&act);
    if (!let_in) assert_int_equal(t->err.code, E_RIGHT);
    act_leave(&act);
    office_close(&office);
    return let_in;
}

// Proves C-3.6-20, C-3.6-39: each organisation's server of that kind may ask, as itself, and nobody else.
static void a_door_of_a_family_opens_to_its_members_alone(void **state)
{
    static const Door mail = MESSAGE("/mail", "linkage", AUDIT_EXPORT, "intermediate-", nothing_answered);
    static const Door difference = MESSAGE("/difference", "register", AUDIT_EXPORT, "ledger", nothing_answered);
    static const char *const strangers[] = {
        "ledger",        "intermediate",  "intermediate-", "unified-0220140100500000",
        "intermediate-022014010050000",   "intermediate-02201401005000000",
        "xintermediate-0220140100500000", "intermediate-0220140100500000-0220140130700000",
        "intermediate-０220140100500000", "intermediate--220140100500000", "-0220140100500000", ""};
    OrganisationCode whose;
    Town *t = *state;
    assert_true(program_may(t, &mail, "intermediate-0220140100500000", &whose));
    assert_string_equal(whose.digits, "0220140100500000");
    assert_true(program_may(t, &mail, "intermediate-0220140130700000", &whose));
    assert_string_equal(whose.digits, "0220140130700000");
    for (ptrdiff_t i = 0; i < countof(strangers); i++)
        if (program_may(t, &mail, strangers[i], NULL)) fail_msg("%s", strangers[i]);
    assert_true(program_may(t, &difference, "ledger", NULL));
    assert_false(program_may(t, &difference, "ledger-0220140100500000", NULL));
}

// Sixteen digits in one group are masked in the trail, and it must say who asked.
static void the_trail_says_which_organisation_it_was(void **state)
{
    Town *t = *state;
    const Actor *actor = actor_of_certificate(S("intermediate-0220140100500000"), &t->arena);
    assert_true(str_equal(actor_name(actor), S("system:intermediate-02201-401005-00000")));
    assert_true(str_equal(actor_account(actor), S("role:intermediate-02201-401005-00000")));
    assert_true(individual_no_in_text(S("intermediate-0220140100500000")));
    assert_false(individual_no_in_text(actor_name(actor)));
}

#define STORY(name)  cmocka_unit_test_setup_teardown(name, town_open, town_close)
#define GROUND(name) cmocka_unit_test_setup_teardown(name, ground_open, town_close)

// A new version brings a file more.
static const EmbeddedFile newer_migrations[] = {
    {"0001_test.sql", S("CREATE TABLE dose (dose_id bigint PRIMARY KEY)")},
    {"0002_test.sql", S("ALTER TABLE dose ADD COLUMN lot text")}};
static const int newer_count = 2;
static const OfficeProgram newer = {.name = "ledger",
                                    .owed = owed,
                                    .doors = {doors, countof(doors)},
                                    .migrations = newer_migrations,
                                    .migration_count = &newer_count};

static void only_an_upgrade_brings_the_data_up_to_a_new_version(void **state)
{
    Town *t = *state;
    const TestOffice before = t->office;
    t->office.program = &newer;
    for (int twice = 0; twice < 2; twice++) {
        assert_false(may(t, "佐藤", &show));
        assert_true(str_find(error_words(&t->err), S("sesshu upgrade")) >= 0);
    }
    t->office = before;  // the version before goes on until then
    assert_true(may(t, "佐藤", &show));

    t->office.program = &newer;
    t->office.place.upgrades = true;
    assert_true(ran(t, "佐藤", &office_upgrade, "", ""));
    t->office.place.upgrades = false;
    assert_true(may(t, "佐藤", &show));
    AuditRows rows = trail(t);
    assert_true(str_equal(rows.at[0].command, S("upgrade")));
    assert_int_equal(rows.at[0].taken, 1);

    t->office = before;  // and now it is too old
    assert_false(may(t, "佐藤", &show));
    assert_true(str_find(error_words(&t->err), S("新しい版")) >= 0);
}

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(who_sets_up_may_everything_and_nobody_else_anything),
        STORY(only_the_first_is_registered_as_the_first),
        STORY(a_granted_duty_opens_its_routes_and_no_others),
        STORY(a_duty_that_is_taken_away_is_gone_and_can_come_back),
        STORY(refusals_and_grants_are_in_the_trail),
        STORY(a_door_of_a_family_opens_to_its_members_alone),
        STORY(the_trail_says_which_organisation_it_was),
        STORY(what_came_to_nothing_is_in_the_trail_with_its_reason),
        STORY(a_second_writer_is_told_who_is_at_work),
        STORY(a_look_does_not_wait_and_a_change_says_who_is_at_work),
        STORY(a_number_of_a_form_serves_one_act),
        STORY(those_who_look_together_share_a_commit),
        STORY(neither_trail_is_cut_alone),
        STORY(since_when_is_told_in_the_time_of_japan),
        STORY(the_lock_of_a_killed_command_is_free),
        STORY(what_is_made_is_ours_alone),
        STORY(data_without_its_keys_is_refused_before_anything_is_read),
        STORY(who_acts_is_whom_the_kernel_says_and_a_stranger_may_nothing),
        STORY(another_name_takes_the_duty_to_represent_and_gives_that_persons_rights),
        STORY(the_founder_may_act_for_others),
        STORY(an_account_belongs_to_one_person),
        STORY(a_name_has_one_spelling),
        STORY(a_name_that_is_none_is_refused_and_recorded),
        STORY(an_office_of_before_accounts_were_kept_knows_its_founder),
        STORY(a_right_that_was_written_by_sql_is_named),
        STORY(a_right_that_was_written_or_put_back_by_sql_opens_nothing),
        STORY(one_record_that_sql_changed_is_told_as_such),
        STORY(an_office_that_arrives_stays_what_its_copy_says),
        STORY(what_was_given_before_a_restore_is_never_given_again),
        STORY(an_office_whose_epochs_were_taken_away_is_no_old_one),
        STORY(a_setting_that_sql_turned_turns_nothing_and_is_named),
        STORY(a_real_office_is_never_made_one_for_practice),
        STORY(what_changes_no_row_stands_among_the_changes),
        STORY(a_right_below_the_first_number_owes_a_record_too),
        STORY(rows_of_a_program_owe_a_record),
        GROUND(only_founding_makes_an_office),
        STORY(keys_without_their_data_are_refused_and_nothing_is_founded_over_the_loss),
        GROUND(a_founding_that_was_broken_off_is_founded_again),
        STORY(a_folder_that_is_open_to_others_is_refused),
        GROUND(an_empty_folder_of_ours_is_closed_to_others_when_an_office_is_founded),
        GROUND(an_office_is_for_practice_from_its_founding_or_never),
        GROUND(two_who_begin_at_once_found_one_office),
        STORY(only_an_upgrade_brings_the_data_up_to_a_new_version),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
