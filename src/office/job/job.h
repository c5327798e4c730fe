// Work that takes long: a row in the database, a step that can be repeated, progress, a report.
//
//     static JobProgress notices_step(void *work, Store *store, Job *job, Arena arena, Error *err)
//     {
//         NoticesWork *w = work;
//         Job next = *job;
//         if (!store_begin(store, err)) return JOB_FAILED;  // the runner rolls back what stays open
//         …read a batch after job_place(job), write it…
//         job_move(&next, last_person_id);
//         next.done += batch.count;
//         if (!job_save(store, &next, err) || !store_commit(store, err)) return JOB_FAILED;
//         *job = next;
//         return batch.count < BATCH ? JOB_FINISHED : JOB_MORE;
//     }
//
// The cursor is saved in the transaction that writes the batch; a machine that dies resumes where it
// was, without a lost or doubled row. A job states the hash of its input: the same kind on the same
// input resumes; on another input while one is unfinished it is refused (E_CONFLICT) or, where the
// caller says so, the unfinished one is set aside.
// Memory  each step starts with an empty arena, handed by value.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

typedef enum JobProgress { JOB_FAILED, JOB_MORE, JOB_FINISHED } JobProgress;
typedef enum JobState { JOB_RUNNING = 1, JOB_STOPPED, JOB_COMPLETE, JOB_SET_ASIDE } JobState;

enum { JOB_CURSOR_SIZE = 64 };

typedef struct Job {
    int64_t job_id;
    JobState state;
    char cursor[JOB_CURSOR_SIZE];  // terminated; "" = from the beginning
    int64_t done, total;           // total 0: not known
    Instant moved_at;              // when the step in hand began
} Job;

// A kind of work: a constant of the program's jobs/ folder.
typedef struct JobKind {
    const char *name;   // "notices"
    const char *words;  // "通知の作成", shown before the bar
    JobProgress (*step)(void *work, Store *store, Job *job, Arena arena, Error *err);
    bool replaces;  // a job of this kind on another input sets an unfinished one aside
    bool of_bytes;  // `done` and `total` count bytes of a file
} JobKind;

// Finds the unfinished job of this kind and input, or makes one (total as given).
MUST bool job_open(Act *act, const JobKind *kind, const Sha256 *input, int64_t total, Job *job,
                   Error *err);
// Steps until it is finished, failed or interrupted (SIGINT, SIGTERM: E_INTERRUPTED after the step),
// showing progress on standard error and in a note (`what`: the file at work, or {0}). `report` is what the finished row keeps; may be NULL.
MUST bool job_run(Act *act, const JobKind *kind, Str what, Job *job, void *work,
                  Str (*report)(void *work, Arena *arena), Error *err);
MUST bool job_save(Store *store, const Job *job, Error *err);  // inside the step's transaction

int64_t job_place(const Job *job);  // the cursor as a number; 0 at the beginning
void job_move(Job *job, int64_t place);
void job_move_text(Job *job, Str cursor);  // shorter than JOB_CURSOR_SIZE (asserted)
