// SPDX-License-Identifier: Apache-2.0
#include "notice_settle.h"

#include "notice_file_rows.h"
#include "notice_rows.h"
#include "output.h"
#include "say.h"
#include "writer_lock.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { FILES_BYTES = 16 << 20 };

static bool removed(Store *store, const NoticeFile *file, Error *err)
{
    if (unlink(file->draft) != 0 && errno != ENOENT) return output_failed(file->draft, errno, err);
    return notice_file_forget(store, file, err);
}

static void tell(const NoticeFile *file, OutputFate fate)
{
    const char *words =
        fate == OUTPUT_WAITS
            ? "書き出したフォルダーがありません。元の場所に戻すと、次のコマンドが名前を付けます"
            : "書類が失われています。発送の記録を見て、対象の方への通知を確かめてください";
    if (fate != OUTPUT_NAMED) say(stderr, "%s: %s\n", words, file->path);
}

static bool named(Store *store, const NoticeFile *file, Error *err)
{
    OutputFate fate;
    if (!output_move(file->draft, file->path, &file->hash, &fate, err)) return false;
    tell(file, fate);
    if (fate == OUTPUT_WAITS) return true;
    return notice_file_fate(store, file,
                            fate == OUTPUT_NAMED ? NOTICE_FILE_NAMED : NOTICE_FILE_LOST, err);
}

// ---- looked at once more

// The act of the batch that is committed; both stacks of one have theirs in the same transaction.
static int32_t act_of(const NoticeFiles *files)
{
    int32_t last = 0;
    VEC_EACH (const NoticeFile, file, *files)
        if (file->act_no > last) last = file->act_no;
    return last;
}

static bool somebody_touched(Store *store, const NoticeFiles *files, bool *touched, Error *err)
{
    int32_t since = act_of(files);
    *touched = false;
    VEC_EACH (const NoticeFile, file, *files)
        if (file->committed && !*touched &&
            !notice_run_touched(store, file->run_no, since, touched, err))
            return false;
    return true;
}

static bool runs_ended(Act *act, const NoticeFiles *files, int64_t *letters, Error *err)
{
    LedgerAct begun;
    int32_t run_no = 0;
    *letters = 0;
    if (!ledger_act_begin(act, ACT_NOTICES, S("taken back before it left"), &begun, err)) return false;
    VEC_EACH (const NoticeFile, file, *files) {
        int64_t ended;
        if (!file->act_no || file->run_no == run_no) continue;
        run_no = file->run_no;
        if (!notice_run_withdraw(act->store, &begun, run_no, 0, &ended, err)) return false;
        *letters += ended;
    }
    return true;
}

// The record is the last that is written.
static bool all_taken_back(Act *act, const NoticeFiles *files, Error *err)
{
    int64_t letters;
    (void)fputs("書類に名前を付ける前に、対象の方の登録が変わりました。この通知は取りやめ、"
                "送ったことにはしていません\n",
                stderr);
    if (!runs_ended(act, files, &letters, err)) return false;
    VEC_EACH (const NoticeFile, file, *files)
        if (!removed(act->store, file, err)) return false;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    leaf.rows = leaf.refused = letters;
    leaf.detail = S("notices taken back");
    return act_record(act, &leaf, err);
}

// ---- the whole

static bool all_settled(Act *act, const NoticeFiles *files, bool *back, Error *err)
{
    if (!somebody_touched(act->store, files, back, err)) return false;
    if (*back) return all_taken_back(act, files, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    VEC_EACH (const NoticeFile, file, *files) {
        if (!(file->committed ? named : removed)(act->store, file, err)) return false;
        leaf.rows += file->committed;
    }
    leaf.taken = leaf.rows;
    leaf.detail = S("named");
    return act_record(act, &leaf, err);
}

static bool settle(Act *act, Arena *files_of, bool *back, Error *err)
{
    NoticeFiles files;
    if (!notice_files_waiting(act->store, files_of, &files, err)) return false;
    if (!files.count) return true;
    if (!act_begin(act, err)) return false;
    if (all_settled(act, &files, back, err) && store_commit(act->store, err)) return true;
    store_rollback(act->store);
    return false;
}

bool notices_settled_here(Act *act, bool *taken_back, Error *err)
{
    bool none = false;
    if (taken_back) *taken_back = false;
    // Apart from the act's own, in which its records are made.
    Arena whole = arena_reserve(FILES_BYTES), files = whole;
    bool settled = settle(act, &files, taken_back ? taken_back : &none, err);
    arena_release(whole);
    return settled;
}

bool notices_lock_take(Act *act, int seconds, int *lock, Error *err)
{
    assert(seconds >= 0);
    const char *path = office_path(act->office, "ledger.notices.lock", act->arena);
    const AtWork who = {
        .operator_name = actor_name(act->actor), .command = act->command, .since = act->now};
    return writer_lock_take(path, &who, seconds, act->arena, lock, err);
}

void notices_lock_give(int lock)
{
    writer_lock_give(lock);
}

bool notices_settled(Act *act, Arena scratch, Error *err)
{
    int lock;
    Error busy;
    NoticeFiles files;
    if (!notice_files_waiting(act->store, &scratch, &files, err)) return false;
    if (!files.count) return true;
    if (!notices_lock_take(act, 0, &lock, &busy)) return busy.code == E_BUSY || error_pass(err, &busy);
    bool settled = notices_settled_here(act, NULL, err);
    notices_lock_give(lock);
    return settled;
}
