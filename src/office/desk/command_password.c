// sesshu ledger password NAME: gives a member of staff a password for the screens.
//
// It is read from standard input, one line, so that it stands in no command line and no history.
// SPDX-License-Identifier: Apache-2.0
#include "entry_proof.h"
#include "password_broken.h"
#include "say.h"
#include "secret.h"
#include "session.h"
#include "staff_name.h"
#include "utf8.h"

#include <stdio.h>
#include <unistd.h>

static int characters_in(Str text)
{
    int count = 0;
    for (ptrdiff_t at = 0; at < text.len; count++)
        if (utf8_next(text, &at) < ' ') return -1;
    return count;
}

static bool line_read(Secret *typed, Error *err)
{
    if (isatty(STDIN_FILENO)) say(stderr, "新しいパスワードを入力して Enter を押してください:\n");
    bool read = fgets((char *)typed->at, sizeof typed->at, stdin) != NULL;
    typed->len = read ? str_of((const char *)typed->at).len : 0;
    while (typed->len && (typed->at[typed->len - 1] == '\n' || typed->at[typed->len - 1] == '\r'))
        typed->len--;
    int count = characters_in(secret_view(typed));
    if (count >= PASSWORD_LEAST && typed->len <= PASSWORD_MOST) return true;
    return FAIL(err, E_LENGTH, .item = S("パスワード"),
                .words = S("12文字以上、200バイト以下で、改行や制御文字を含まないものに"
                           "してください。長い文でもかまいません。"));
}

// Nothing that the person had before, that holds the name, or that is tried first.
static bool fresh(Act *act, const StaffRow *staff, Str typed, Error *err)
{
    PasswordRows before;
    bool again = str_find(typed, staff->name) >= 0;
    if (password_broken(typed))
        return FAIL(err, E_CONFLICT, .item = S("パスワード"),
                    .words = S("よく使われる語や並びだけでできているため、すぐに見つかります。"
                               "自分だけの文や、関係のない語をいくつか並べたものにしてください。"));
    if (!passwords_of(act->store, staff->staff_no, SESSION_PASSWORDS_KEPT, act->arena, &before,
                      err))
        return false;
    VEC_EACH (const PasswordRow, row, before) again |= password_is(typed, &row->kept);
    if (!again) return true;
    return FAIL(err, E_CONFLICT, .item = S("パスワード"),
                .words = S("名前を含むもの、最近の12回に使ったものは使えません。"
                           "ほかのものにしてください。"));
}

static bool staff_read(Act *act, Str typed, StaffRow *staff, Error *err)
{
    Str name;
    bool found = false;
    if (!staff_name_read(typed, act->arena, &name, err)) return false;
    if (!staff_by_name(act->store, name, act->arena, staff, &found, err)) return false;
    if (found) return true;
    return FAIL(err, E_NOT_FOUND, .item = S("職員"), .value = name,
                .words =
                    S("この名前の職員は登録されていません。先に grant で権限を与えてください。"));
}

// Whoever had the old one is out, and whoever was kept out by wrong tries may come in.
static bool new_one_counts(Act *act, const StaffRow *staff, const PasswordKept *kept, Error *err)
{
    const Keys *keys = act->office->keys;
    PasswordRow row = {.staff_no = staff->staff_no,
                       .name = staff->name,
                       .kept = *kept,
                       .set_at = act->now,
                       .set_by = actor_name(act->actor)};
    if (!audit_next_no(act->store, &row.record_no, err) ||
        !password_next_no(act->store, &row.password_no, err))
        return false;
    Sha256 proof = password_proof(keys, &row, *act->arena);
    row.proof = sha256_bytes(&proof);
    bool added = password_add(act->store, &row, err);
    bytes_wipe(&row.kept, sizeof row.kept);
    return added &&
           sessions_end(act->store, keys, staff->staff_no, act->now, row.record_no, *act->arena,
                        err) &&
           session_tries_open(act->store, keys, staff->name, err);
}

static bool password(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                     Error *err)
{
    SECRET(typed);
    StaffRow staff;
    PasswordKept kept;
    (void)arena, (void)status;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!staff_read(act, line->arguments.at[0], &staff, err) || !line_read(&typed, err) ||
        !fresh(act, &staff, secret_view(&typed), err) ||
        !password_keep(secret_view(&typed), PASSWORD_ROUNDS, &kept, err))
        return false;
    leaf.detail = staff.name;
    bool set =
        act_begin(act, err) &&
        new_one_counts(act, &staff, &kept, err) && act_record(act, &leaf, err) &&
        store_commit(act->store, err);
    bytes_wipe(&kept, sizeof kept);
    if (set) say(stdout, "%.*s さんの画面のパスワードを登録しました。\n", STR(staff.name));
    return set;
}

const Door office_password = COMMAND(
    "password", "office", DUTY_ADMIN, AUDIT_CHANGE, SHARED, password, .arguments = "名前",
    .least = 1, .most = 1, .words = "職員に画面のパスワードを与えます (標準入力から1行読みます)");
