// The keys of a program: looked at, and replaced while the office goes on working.
//
//     keys rotate   a new version seals from now on
//     keys reseal   what older versions sealed is sealed anew, some rows at a time; may be interrupted
//     keys retire   wipes the older versions; refused while anything is sealed with one
// SPDX-License-Identifier: Apache-2.0
#include "office_main.h"

#include <assert.h>
#include <stdio.h>

typedef struct SealedRow {
    int64_t row;
    Bytes sealed;
} SealedRow;

typedef struct SealedRows {
    SealedRow at[SEALED_ROWS];
    int count;
} SealedRows;

static bool rows_read(Store *store, const SealedColumn *column, int64_t after, Arena *arena,
                      SealedRows *rows, Error *err)
{
    Query *q = query_begin(store, column->read, err);
    if (!q) return false;
    bind_int64(q, 1, after);
    rows->count = 0;
    while (query_next(q)) {
        assert(rows->count < SEALED_ROWS);
        rows->at[rows->count++] = (SealedRow){column_int64(q, 0), column_bytes(q, 1, arena)};
    }
    return query_end(q, err);
}

// ---- how many are old

static bool old_count(Act *act, const SealedColumn *column, int64_t *old, Error *err)
{
    SealedRows rows = {.count = SEALED_ROWS};
    int newest = keys_version(act->office->keys);
    int64_t after = 0;
    while (rows.count == SEALED_ROWS) {
        Arena scratch = *act->arena;
        if (!rows_read(act->store, column, after, &scratch, &rows, err)) return false;
        for (int i = 0; i < rows.count; i++) *old += seal_version(rows.at[i].sealed) != newest;
        if (rows.count) after = rows.at[rows.count - 1].row;
    }
    return true;
}

static bool old_count_all(Act *act, int64_t *old, Error *err)
{
    const SealedColumns *sealed = &act->office->program->sealed;
    *old = 0;
    for (int c = 0; c < sealed->count; c++)
        if (!old_count(act, sealed->at[c], old, err)) return false;
    return true;
}

static bool keys_status(Act *act, Error *err)
{
    int64_t old;
    const Keys *keys = act->office->keys;
    if (!old_count_all(act, &old, err)) return false;
    (void)printf(
        "%s: 鍵の世代 %d (残している最も古い世代 %d)。古い世代で保護している値 %lld 件。\n",
        act->office->program->name, keys_version(keys), keys_oldest(keys), (long long)old);
    return true;
}

// ---- changing

static bool rotate(Act *act, Error *err)
{
    if (!keys_rotate(act->office->keys, err)) return false;
    (void)printf("%s: これからは鍵の世代 %d で保護します。"
                 "これまでの値は keys reseal で移してください。\n",
                 act->office->program->name, keys_version(act->office->keys));
    return true;
}

static bool rows_reseal(Act *act, const SealedColumn *column, const SealedRows *rows, Arena scratch,
                        int64_t *moved, Error *err)
{
    int newest = keys_version(act->office->keys);
    Query *q = query_begin(act->store, column->write, err);
    if (!q) return false;
    for (int i = 0; i < rows->count; i++) {
        Bytes again;
        if (seal_version(rows->at[i].sealed) == newest) continue;
        if (!column->reseal(act->office->keys, rows->at[i].row, rows->at[i].sealed, &scratch,
                            &again, err))
            return false;  // the act rolls back what is open
        bind_int64(q, 1, rows->at[i].row);
        bind_bytes(q, 2, again);
        if (!query_again(q)) break;  // told by query_end
        ++*moved;
    }
    return query_end(q, err);
}

// A turn of its own for each lot: others write in between, and what is done stays done.
static bool column_reseal(Act *act, const SealedColumn *column, int64_t *moved, Error *err)
{
    SealedRows rows = {.count = SEALED_ROWS};
    int64_t after = 0;
    while (rows.count == SEALED_ROWS) {
        Arena scratch = *act->arena;
        if (!act_begin(act, err) || !rows_read(act->store, column, after, &scratch, &rows, err) ||
            !rows_reseal(act, column, &rows, scratch, moved, err) || !store_commit(act->store, err))
            return false;
        if (rows.count) after = rows.at[rows.count - 1].row;
    }
    return true;
}

static bool reseal(Act *act, Error *err)
{
    const SealedColumns *sealed = &act->office->program->sealed;
    int64_t moved = 0;
    for (int c = 0; c < sealed->count; c++)
        if (!column_reseal(act, sealed->at[c], &moved, err)) return false;
    (void)printf("%s: %lld 件を鍵の世代 %d に移しました。\n", act->office->program->name,
                 (long long)moved, keys_version(act->office->keys));
    return true;
}

static bool retire(Act *act, Error *err)
{
    int64_t old;
    if (!old_count_all(act, &old, err)) return false;
    if (old)
        return FAIL(err, E_CONFLICT, .item = S("鍵"),
                    .value = str_format(act->arena, "%lld", (long long)old),
                    .words = S("古い世代の鍵で保護している値があります。"
                               "先に keys reseal で移してください。"));
    if (!keys_retire(act->office->keys, err)) return false;
    (void)printf("%s: 世代 %d より古い鍵を消しました。動いているサーバーは起動し直してください。\n",
                 act->office->program->name, keys_version(act->office->keys));
    return true;
}

// ---- the door

// clang-format off
static const struct {
    const char *name;
    bool changes;
    bool (*run)(Act *act, Error *err);
} verbs[] = {{"status", false, keys_status}, {"rotate", true, rotate}, {"reseal", true, reseal}, {"retire", true, retire}};
// clang-format on

static bool keys(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str asked = line->arguments.at[0];
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)arena, (void)status;
    leaf.detail = asked;
    for (ptrdiff_t i = 0; i < countof(verbs); i++) {
        if (!str_equal(asked, str_of(verbs[i].name))) continue;
        if (!verbs[i].changes) leaf.act = AUDIT_LOOK;
        bool recorded = verbs[i].changes ? act_record_change(act, &leaf, err)
                                         : act_record_now(act, &leaf, err) != NULL;
        return recorded && verbs[i].run(act, err);
    }
    return FAIL(err, E_USAGE, .value = asked,
                .words = S("status、rotate、reseal、retire のどれかを指定してください。"));
}

const Door office_keys =
    COMMAND("keys", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, keys,
            .arguments = "status|rotate|reseal|retire", .least = 1, .most = 1,
            .words = "鍵の世代を見る、改める、値を新しい世代に移す、古い世代を消す");
