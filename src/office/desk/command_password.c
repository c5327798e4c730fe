// sesshu ledger password NAME: gives a member of staff a password for the screens.
//
// It is read from standard input, one line, so that it stands in no command line and no history.
// SPDX-License-Identifier: Apache-2.0
#include "password_change.h"
#include "say.h"
#include "secret.h"
#include "staff_name.h"

#include <stdio.h>
#include <unistd.h>

static bool line_read(Secret *typed, Error *err)
{
    if (isatty(STDIN_FILENO)) say(stderr, "新しいパスワードを入力して Enter を押してください:\n");
    bool read = fgets((char *)typed->at, sizeof typed->at, stdin) != NULL;
    typed->len = read ? str_of((const char *)typed->at).len : 0;
    while (typed->len && (typed->at[typed->len - 1] == '\n' || typed->at[typed->len - 1] == '\r'))
        typed->len--;
    if (typed->len) return true;
    return FAIL(err, E_MISSING, .item = S("パスワード"), .words = S("標準入力に1行で入力してください。"));
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

// Whoever had the old one is out.
static bool new_one_counts(Act *act, const StaffRow *staff, const PasswordKept *kept, Error *err)
{
    const Keys *keys = act->office->keys;
    PasswordNew fresh = {staff, kept, act->now, actor_name(act->actor), 0};
    return audit_next_no(act->store, &fresh.record_no, err) &&
           password_begin(act->store, keys, &fresh, *act->arena, err) &&
           sessions_end(act->store, keys, staff->staff_no, act->now, fresh.record_no, *act->arena, err);
}

static bool password(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                     Error *err)
{
    SECRET(typed);
    StaffRow staff;
    PasswordKept kept;
    (void)status;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!staff_read(act, line->arguments.at[0], &staff, err) || !line_read(&typed, err) ||
        !password_fit(act->store, &staff, secret_view(&typed), arena, err) ||
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
