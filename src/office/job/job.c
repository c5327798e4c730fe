// SPDX-License-Identifier: Apache-2.0
#include "job.h"

#include "job_rows.h"
#include "logging.h"
#include "progress.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum { STEP_BYTES = 256 << 20 };  // limit of one batch

int64_t job_place(const Job *job)
{
    int64_t place = 0;
    if (!job->cursor[0]) return 0;
    bool number = str_int64(str_of(job->cursor), &place);
    assert(number);
    return place;
}

void job_move(Job *job, int64_t place)
{
    (void)snprintf(job->cursor, sizeof job->cursor, "%lld", (long long)place);
}

void job_move_text(Job *job, Str cursor)
{
    assert(cursor.len < JOB_CURSOR_SIZE);
    (void)snprintf(job->cursor, sizeof job->cursor, "%.*s", STR(cursor));
}

static Job job_of(const JobRow *row)
{
    Job job = {.job_id = row->job_id,
               .state = (JobState)row->state,
               .done = row->done,
               .total = row->total,
               .moved_at = row->moved_at};
    job_move_text(&job, row->cursor);
    return job;
}

static JobRow row_of(const Job *job)
{
    return (JobRow){.job_id = job->job_id,
                    .state = job->state,
                    .done = job->done,
                    .total = job->total,
                    .cursor = str_of(job->cursor),
                    .moved_at = job->moved_at};
}

bool job_save(Store *store, const Job *job, Error *err)
{
    JobRow row = row_of(job);
    return job_row_move(store, &row, err);
}

// What an unfinished job of the kind means for this one. `*job` is it, when it goes on.
static bool unfinished_settled(Act *act, const JobKind *kind, const Sha256 *input, Job *job,
                               bool *goes_on, Error *err)
{
    JobRow row;
    bool found;
    *goes_on = false;
    if (!job_row_unfinished(act->store, str_of(kind->name), JOB_RUNNING, JOB_STOPPED, act->arena,
                            &row, &found, err))
        return false;
    if (!found) return true;
    if (row.cursor.len >= JOB_CURSOR_SIZE)
        return FAIL(err, E_STORE, .item = str_of(kind->words),
                    .words = S("前回の処理の続きの記録が壊れています。"
                               "データベースを控えから戻してください。"));
    if (sha256_equal(&row.input, input)) {
        *job = job_of(&row);
        job->state = JOB_RUNNING;
        job->moved_at = act->now;
        *goes_on = true;
        return job_save(act->store, job, err);
    }
    row.state = JOB_SET_ASIDE;
    row.moved_at = act->now;
    if (kind->replaces) return job_row_finish(act->store, &row, (Str){0}, err);
    return FAIL(err, E_CONFLICT, .item = str_of(kind->words),
                .words =
                    S("前回の処理が途中です。先に同じ内容でもう一度実行して終わらせてください。"));
}

static bool opened(Act *act, const JobKind *kind, const Sha256 *input, int64_t total, Job *job,
                   Error *err)
{
    bool goes_on;
    if (!store_begin(act->store, err) || !unfinished_settled(act, kind, input, job, &goes_on, err))
        return false;
    if (!goes_on) {
        JobRow row = {.kind = str_of(kind->name),
                      .input = *input,
                      .state = JOB_RUNNING,
                      .total = total,
                      .cursor = S(""),
                      .moved_at = act->now};
        if (!job_row_add(act->store, &row, actor_name(act->actor), &row.job_id, err)) return false;
        *job = job_of(&row);
    }
    return store_commit(act->store, err);
}

bool job_open(Act *act, const JobKind *kind, const Sha256 *input, int64_t total, Job *job,
              Error *err)
{
    Job made = {0};
    if (!opened(act, kind, input, total, &made, err)) {
        store_rollback(act->store);
        return false;
    }
    *job = made;
    return true;
}

// SIGINT and SIGTERM wait while a step runs and are looked at between steps.
static sigset_t signals_held(sigset_t *before)
{
    sigset_t held;
    (void)sigemptyset(&held);
    (void)sigaddset(&held, SIGINT);
    (void)sigaddset(&held, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &held, before);
    return held;
}

static bool signal_came(const sigset_t *held)
{
    const struct timespec at_once = {0};
    return sigtimedwait(held, NULL, &at_once) > 0;
}

static bool stepped_through(Act *act, const JobKind *kind, Str what, Job *job, void *work,
                            const sigset_t *held, Arena arena, Error *err)
{
    Progress progress = progress_begin(
        (ProgressOf){.act = act, .words = kind->words, .what = what, .total = job->total, .of_bytes = kind->of_bytes});
    JobProgress way;
    do {
        if (signal_came(held)) {
            progress_end(&progress, job->done);
            return FAIL(err, E_INTERRUPTED,
                        .words = S("中断しました。もう一度実行すると続きから始まります。"));
        }
        job->moved_at = clock_now();  // a job may take all night
        way = kind->step(work, act->store, job, arena, err);
        if (way == JOB_FAILED) store_rollback(act->store);
        progress.total = job->total;
        progress_show(&progress, job->done);
    } while (way == JOB_MORE);
    progress_end(&progress, job->done);
    return way == JOB_FINISHED;
}

static bool ended(Act *act, const Job *job, JobState state, Str report, Error *err)
{
    JobRow row = {.job_id = job->job_id, .state = state, .moved_at = job->moved_at};
    if (store_begin(act->store, err) && job_row_finish(act->store, &row, report, err))
        return store_commit(act->store, err);
    store_rollback(act->store);
    return false;
}

bool job_run(Act *act, const JobKind *kind, Str what, Job *job, void *work,
             Str (*report)(void *work, Arena *arena), Error *err)
{
    sigset_t before, held = signals_held(&before);
    Arena arena = arena_reserve(STEP_BYTES);
    bool finished = stepped_through(act, kind, what, job, work, &held, arena, err);
    if (finished) {
        Arena words = arena;
        Str text = report ? report(work, &words) : (Str){0};
        finished = ended(act, job, JOB_COMPLETE, text, err);
        if (finished) job->state = JOB_COMPLETE;
    } else {
        // It stays resumable either way; when even this cannot be written, RUNNING is resumed too.
        Error ignored;
        if (!ended(act, job, JOB_STOPPED, (Str){0}, &ignored))
            log_line(LOG_WARN, "event=job_state_not_saved job=%lld", (long long)job->job_id);
    }
    arena_release(arena);
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return finished;
}
