// sesshu <program> erase: what is kept for a time only, and whose time is over, goes (erasure.h).
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "form_rows.h"
#include "office_main.h"
#include "say.h"
#include "session_rows.h"
#include "tally.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- what every office has

static bool forms(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return forms_forget(act->store, act->now, &erased->count, err);
}

static bool drafts(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return drafts_forget(act->store, act->now, &erased->count, err);
}

static bool tries(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return tries_forget(act->store, act->now, &erased->count, err);
}

// A file that was last written before `before`: what lies in that folder, we have put there.
static bool is_over(int folder, const char *name, Instant before)
{
    struct stat status;
    return fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISREG(status.st_mode) && (Instant)status.st_mtim.tv_sec * INSTANT_SECOND < before;
}

// Lists of rows that were refused, as they were written for whoever sent them.
static bool lists(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    const char *path = office_path(act->office, "errors", act->arena);
    Instant before = act->now - numbers->at[NUMBER_LIST_DAYS] * INSTANT_DAY;
    DIR *files = opendir(path);
    bool removed = true;
    if (!files && errno == ENOENT) return true;  // no run has refused a row yet
    if (files)
        for (const struct dirent *e; removed && erased->count < ERASURE_PORTION && (e = readdir(files));) {
            if (!is_over(dirfd(files), e->d_name, before)) continue;
            removed = unlinkat(dirfd(files), e->d_name, 0) == 0;
            erased->count += removed;
        }
    if (files) (void)closedir(files);
    return (files && removed) || FAIL(err, E_FILE_WRITE, .value = str_of(path),
                                      .words = S("保存期間の過ぎた一覧を消せません。フォルダーの権限を確かめてください。"));
}

static const Erasure common[] = {
    {"画面の入力の控え", forms},
    {"書きかけの入力", drafts},
    {"サインインの失敗の記録", tries},
    {"行の一覧のファイル", lists},
};

// ---- erasing

bool counted_erased(Act *act, const char *set, int64_t over,
                    bool (*forget)(Store *store, int64_t last, int64_t *gone, Error *err), Erased *erased, Error *err)
{
    int64_t last;
    erased->set = set;
    if (!tally_until(act->store, set, over, &erased->record_no, &last, err)) return false;
    return !erased->record_no || forget(act->store, last, &erased->count, err);
}

static bool portion(Act *act, const Erasure *erasure, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    *erased = (Erased){0};
    if (!act_begin(act, err) || !erasure->erase(act, numbers, erased, err)) return false;
    leaf.detail = erased->set ? tally_erased(erased->set, erased->record_no, act->arena) : str_of(erasure->words);
    leaf.rows = leaf.taken = erased->count;
    if (erased->count) return act_record(act, &leaf, err) && store_commit(act->store, err);
    store_rollback(act->store);
    return true;
}

static bool one_erased(Act *act, const Erasure *erasure, const OfficeNumbers *numbers, int64_t *all, Error *err)
{
    int64_t of_it = 0;
    Erased erased = {.count = ERASURE_PORTION};
    while (erased.count >= ERASURE_PORTION) {
        if (!portion(act, erasure, numbers, &erased, err)) return false;
        of_it += erased.count;
    }
    say(stderr, "  %s %lld 件\n", erasure->words, (long long)of_it);
    *all += of_it;
    return true;
}

bool erasures_done(Act *act, int64_t *gone, Error *err)
{
    OfficeNumbers numbers;
    const Erasures *own = act->office->program->erasures;
    assert(store_is_idle(act->store));
    *gone = 0;
    if (!office_numbers(act->store, *act->arena, &numbers, err)) return false;
    for (int i = 0; i < countof(common); i++)
        if (!one_erased(act, &common[i], &numbers, gone, err)) return false;
    for (int i = 0; own && i < own->count; i++)
        if (!one_erased(act, &own->at[i], &numbers, gone, err)) return false;
    store_forget(act->store);  // the pages from before
    return true;
}

static bool erase(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t gone;
    AuditLeaf nothing = act_leaf(act, AUDIT_DONE);
    (void)line, (void)arena, (void)status;
    say(stderr, "%s: 保存期間の過ぎたものを消去します。\n", act->office->program->name);
    if (!erasures_done(act, &gone, err)) return false;
    return gone || act_record_change(act, &nothing, err);
}

const Door office_erase = COMMAND("erase", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, erase, .arguments = "",
                                  .words = "保存期間の過ぎたものを消去します (毎晩)");
