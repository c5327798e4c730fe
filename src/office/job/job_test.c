// A job that dies goes on where it was, without a lost or doubled row.
// SPDX-License-Identifier: Apache-2.0
#include "job.h"
#include "outlet.h"
#include "progress.h"
#include "test_act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const Door notices =
    COMMAND("notices", "immunization", DUTY_PRINT, AUDIT_PRINT, ALONE, NULL);
static const Door *const doors[] = {&notices};
static const EmbeddedFile migrations[] = {
    {"0001_test.sql", S("CREATE TABLE notice (notice_no bigint PRIMARY KEY)")}};
static const int migration_count = 1;
static const OfficeProgram program = {.name = "ledger",
                                      .doors = {doors, countof(doors)},
                                      .migrations = migrations,
                                      .migration_count = &migration_count};

enum { NOTICES = 95, BATCH = 10 };

typedef struct Work {
    int64_t dies_at, fails_at,
        signalled_at;  // while the batch after so many is being written; 0 never
    int steps;
} Work;

typedef struct Town {
    TestPlace place;
    Arena whole, arena;
    TestOffice office;
    TestAct in;
    Error err;
} Town;

static int town_open(void **state)
{
    static Town town;
    town = (Town){0};
    Town *t = &town;
    test_place_make(&t->place);
    t->whole = t->arena = arena_reserve(64 << 20);
    t->office = (TestOffice){
        &program, {str_of(t->place.folder), str_of(t->place.base_url)}, day_of(2026, 5, 11)};
    *state = t;
    return !test_office_found(&t->office, "佐藤", &t->arena, &t->err) ||
           !test_act_enter(&t->office, &notices, "佐藤", &t->arena, &t->in, &t->err);
}

static int town_close(void **state)
{
    Town *t = *state;
    test_act_leave(&t->in);
    arena_release(t->whole);
    test_place_remove(&t->place);
    return 0;
}

static bool notice_written(Store *store, int64_t number, Error *err)
{
    Query *q = query_begin(store, "INSERT INTO notice (notice_no) VALUES ($1)", err);
    if (!q) return false;
    bind_int64(q, 1, number);
    return query_run(q, err);
}

static JobProgress notices_step(void *work, Store *store, Job *job, Arena arena, Error *err)
{
    Work *w = work;
    Job next = *job;
    (void)NEW(&arena, char, 1 << 20);  // each step's arena is empty again
    w->steps++;
    if (!store_begin(store, err)) return JOB_FAILED;
    for (int i = 0; i < BATCH && next.done < NOTICES; i++)
        if (!notice_written(store, ++next.done, err)) return JOB_FAILED;
    job_move(&next, next.done);
    if (!job_save(store, &next, err)) return JOB_FAILED;
    if (w->dies_at && next.done > w->dies_at) (void)raise(SIGKILL);
    if (w->fails_at && next.done > w->fails_at) {
        (void)FAIL(err, E_PAPER, .words = S("用紙がありません。"));
        return JOB_FAILED;
    }
    if (w->signalled_at && next.done > w->signalled_at) (void)raise(SIGTERM);
    if (!store_commit(store, err)) return JOB_FAILED;
    *job = next;
    return next.done < NOTICES ? JOB_MORE : JOB_FINISHED;
}

static const JobKind kind = {.name = "notices", .words = "通知の作成", .step = notices_step};

static Str report(void *work, Arena *arena)
{
    return str_format(arena, "%d steps", ((Work *)work)->steps);
}

static bool run(Town *t, const JobKind *of, const char *input, Work *work, Job *job)
{
    Sha256 hash = sha256_of_text(str_of(input));
    return job_open(&t->in.act, of, &hash, NOTICES, job, &t->err) &&
           job_run(&t->in.act, of, (Str){0}, job, work, report, &t->err);
}

static int64_t number(Town *t, const char *sql)
{
    Query *q = query_begin(t->in.act.store, sql, &t->err);
    assert_non_null(q);
    int64_t value = query_next(q) ? column_int64(q, 0) : -1;
    assert_true(query_end(q, &t->err));
    return value;
}

static void all_written_once(Town *t)
{
    assert_int_equal(number(t, "SELECT count(*) FROM notice"), NOTICES);
    assert_int_equal(number(t, "SELECT sum(notice_no) FROM notice"), NOTICES * (NOTICES + 1) / 2);
}

static void a_job_runs_to_its_end_and_keeps_its_report(void **state)
{
    Town *t = *state;
    Work work = {0};
    Job job = {0};
    assert_true(run(t, &kind, "list", &work, &job));
    all_written_once(t);
    assert_int_equal(work.steps, 10);
    assert_int_equal(job.state, JOB_COMPLETE);
    assert_int_equal(job_place(&job), NOTICES);
    Query *q = query_begin(t->in.act.store,
                           "SELECT report, state, done, total, started_by FROM job", &t->err);
    assert_true(query_next(q));
    assert_true(str_equal(column_view(q, 0), S("10 steps")));
    assert_int_equal(column_int64(q, 1), JOB_COMPLETE);
    assert_int_equal(column_int64(q, 2), NOTICES);
    assert_int_equal(column_int64(q, 3), NOTICES);
    assert_true(str_equal(column_view(q, 4), S("佐藤")));
    assert_true(query_end(q, &t->err));
}

static void a_job_that_is_killed_goes_on_where_it_was(void **state)
{
    Town *t = *state;
    test_act_leave(&t->in);
    for (int64_t dies_at = 5; dies_at < NOTICES; dies_at += 40) {
        pid_t child = fork();
        if (!child) {
            Work work = {.dies_at = dies_at};
            Job job = {0};
            (void)(test_act_enter(&t->office, &notices, "佐藤", &t->arena, &t->in, &t->err) &&
                   run(t, &kind, "list", &work, &job));
            _exit(0);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }
    assert_true(test_act_enter(&t->office, &notices, "佐藤", &t->arena, &t->in, &t->err));
    assert_int_equal(number(t, "SELECT count(*) FROM notice"),
                     80);  // the batch after 80 died with its process
    Work work = {0};
    Job job = {0};
    assert_true(run(t, &kind, "list", &work, &job));
    all_written_once(t);
    assert_int_equal(work.steps, 2);
    assert_int_equal(number(t, "SELECT count(*) FROM job"), 1);
}

static void a_step_that_fails_is_rolled_back_and_can_be_repeated(void **state)
{
    Town *t = *state;
    Work work = {.fails_at = 30};
    Job job = {0};
    assert_false(run(t, &kind, "list", &work, &job));
    assert_int_equal(t->err.code, E_PAPER);
    assert_int_equal(number(t, "SELECT count(*) FROM notice"), 30);
    assert_int_equal(number(t, "SELECT state FROM job"), JOB_STOPPED);
    work = (Work){0};
    assert_true(run(t, &kind, "list", &work, &job));
    all_written_once(t);
}

static void a_signal_ends_it_between_two_steps(void **state)
{
    Town *t = *state;
    Work work = {.signalled_at = 30};
    Job job = {0};
    assert_false(run(t, &kind, "list", &work, &job));
    assert_int_equal(t->err.code, E_INTERRUPTED);
    assert_int_equal(number(t, "SELECT count(*) FROM notice"), 40);
    assert_int_equal(job.done, 40);
    work = (Work){0};
    assert_true(run(t, &kind, "list", &work, &job));
    all_written_once(t);
}

static void another_input_waits_or_sets_the_unfinished_aside(void **state)
{
    Town *t = *state;
    Work work = {.fails_at = 30};
    Job job = {0};
    assert_false(run(t, &kind, "first list", &work, &job));
    assert_false(run(t, &kind, "second list", &work, &job));
    assert_int_equal(t->err.code, E_CONFLICT);

    JobKind replacing = kind;
    replacing.replaces = true;
    work = (Work){.fails_at = 1};  // begins anew: its first number is there already
    assert_false(run(t, &replacing, "second list", &work, &job));
    assert_int_equal(t->err.code, E_CONFLICT);
    assert_int_equal(job.done, 0);
    assert_int_equal(number(t, "SELECT state FROM job WHERE job_id = 1"), JOB_SET_ASIDE);
    assert_int_equal(number(t, "SELECT state FROM job WHERE job_id = 2"), JOB_STOPPED);
}

static void a_finished_job_on_the_same_input_is_a_new_one(void **state)
{
    Town *t = *state;
    Work work = {0};
    Job job = {0};
    assert_true(run(t, &kind, "list", &work, &job));
    assert_true(store_begin(t->in.act.store, &t->err));
    Query *q = query_begin(t->in.act.store, "DELETE FROM notice", &t->err);
    assert_true(query_run(q, &t->err));
    assert_true(store_commit(t->in.act.store, &t->err));
    assert_true(run(t, &kind, "list", &work, &job));
    assert_int_equal(job.job_id, 2);
    all_written_once(t);
}

// ---- what others see

static JobWays seen(Town *t)
{
    JobWays ways;
    assert_true(job_notes_read(&t->in.act, &t->arena, &ways, &t->err));
    return ways;
}

static Progress taking(Town *t, Str file)
{
    return progress_begin(
        (ProgressOf){.act = &t->in.act, .words = "読取り", .what = file, .total = 400, .of_bytes = true});
}

static void others_see_how_far_it_is(void **state)
{
    Town *t = *state;
    assert_int_equal(seen(t).count, 0);
    Progress progress = taking(t, S("A\tB\nC.csv"));
    JobWays ways = seen(t);
    assert_int_equal(ways.count, 1);
    assert_true(str_equal(ways.at[0].what, outlet_text(OUTLET_TRAIL, &t->arena, S("A\tB\nC.csv"))));
    assert_true(str_equal(ways.at[0].operator_name, S("佐藤")));
    assert_true(ways.at[0].of_bytes && !ways.at[0].died);
    progress_stage(&progress, "判定", 43000, false);
    progress.noted -= 1000000;
    progress_show(&progress, 21500);
    ways = seen(t);
    assert_true(str_equal(ways.at[0].words, S("判定")));
    assert_int_equal(ways.at[0].done, 21500);
    assert_int_equal(ways.at[0].total, 43000);
    assert_false(ways.at[0].of_bytes);
    progress_end(&progress, 43000);
    assert_int_equal(seen(t).count, 0);
}

static void whoever_died_is_seen_until_it_is_done_again(void **state)
{
    Town *t = *state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)taking(t, S("A.csv"));
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    JobWays ways = seen(t);
    assert_int_equal(ways.count, 1);
    assert_true(ways.at[0].died);
    Progress other = taking(t, S("B.csv"));
    assert_int_equal(seen(t).count, 2);  // another file says nothing of it
    progress_end(&other, 0);
    Progress again = taking(t, S("A.csv"));
    ways = seen(t);
    assert_int_equal(ways.count, 1);
    assert_false(ways.at[0].died);
    progress_end(&again, 400);
    assert_int_equal(seen(t).count, 0);
}

// A command's note holds all that it does, and what came of it is kept, the last one first.
static void how_it_ended_is_kept(void **state)
{
    Town *t = *state;
    JobWays past;
    JobWay way = {.command = S("intake"), .words = S("準備"), .operator_name = S("佐藤"), .since = 7};
    t->in.act.note = job_note_begin(&t->in.act, &way);
    Progress progress = taking(t, S("A.csv"));
    progress_end(&progress, 400);
    assert_int_equal(seen(t).count, 1);  // what ends is a part of it
    assert_true(str_equal(seen(t).at[0].what, S("A.csv")));
    assert_true(job_note_over(t->in.act.note, JOB_BADLY, S("読めません。\n\t確かめてください。123456789018")) > 0);
    assert_int_equal(seen(t).count, 0);
    way.since = 8;
    t->in.act.note = job_note_begin(&t->in.act, &way);
    job_note_said(t->in.act.note, S("A.csv"));
    job_note_said(t->in.act.note, S("B.csv"));
    assert_true(job_note_over(t->in.act.note, JOB_WELL, (Str){0}) > 0);
    t->in.act.note = NULL;
    assert_true(job_past_read(&t->in.act, 5, &t->arena, &past, &t->err));
    assert_int_equal(past.count, 2);
    assert_int_equal(past.at[0].end, JOB_WELL);
    assert_true(str_equal(past.at[0].said, S("A.csv　B.csv")));
    assert_int_equal(past.at[1].end, JOB_BADLY);
    assert_int_equal(past.at[1].since, 7);
    assert_true(str_find(past.at[1].said, S("確かめてください")) > 0);
    assert_true(str_find(past.at[1].said, S("123456789018")) < 0);
    assert_true(job_past_read(&t->in.act, 1, &t->arena, &past, &t->err));
    assert_int_equal(past.count, 1);
    assert_int_equal(past.at[0].end, JOB_WELL);
}

static void progress_on_paper_is_a_line_now_and_then(void **state)
{
    (void)state;
    char text[512] = "";
    FILE *out = fmemopen(text, sizeof text, "w");
    assert_non_null(out);
    Progress progress = {
        .out = out, .words = "取込", .total = 910000, .began = 1, .shown = clock_now()};
    progress_show(&progress, 1);  // too early for a line
    progress.shown -= (Instant)PROGRESS_LINE_SECONDS * 1000000;
    progress_show(&progress, 455000);
    progress_show(&progress, 455001);
    progress_end(&progress, 910000);
    (void)fclose(out);
    assert_string_equal(text, "取込 455000件 / 910000件 (50%)\n取込 910000件 / 910000件 (100%)\n");
}

static void progress_on_a_terminal_is_one_bar_that_moves(void **state)
{
    (void)state;
    char text[512] = "";
    FILE *out = fmemopen(text, sizeof text, "w");
    assert_non_null(out);
    Progress progress = {.out = out, .words = "取込", .total = 400, .terminal = true};
    progress_show(&progress, 100);
    progress_end(&progress, 400);
    (void)fclose(out);
    assert_string_equal(text, "\r\033[K取込 [######..................] 100件 / 400件 (25%)"
                              "\r\033[K取込 [########################] 400件 / 400件 (100%)\n");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, town_open, town_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_job_runs_to_its_end_and_keeps_its_report),
        STORY(a_job_that_is_killed_goes_on_where_it_was),
        STORY(a_step_that_fails_is_rolled_back_and_can_be_repeated),
        STORY(a_signal_ends_it_between_two_steps),
        STORY(another_input_waits_or_sets_the_unfinished_aside),
        STORY(a_finished_job_on_the_same_input_is_a_new_one),
        STORY(others_see_how_far_it_is),
        STORY(whoever_died_is_seen_until_it_is_done_again),
        STORY(how_it_ended_is_kept),
        cmocka_unit_test(progress_on_paper_is_a_line_now_and_then),
        cmocka_unit_test(progress_on_a_terminal_is_one_bar_that_moves),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
