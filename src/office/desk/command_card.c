// sesshu ledger card NAME FILE.crt | card NAME --end: whose card is whose, the second factor of the screens.
//
// A person has one card, a card one person. Binding a new one ends the old; ending one ends her session too.
// Law  controls C-3.3-05 (a card of one's own and a password), C-3.3-09 (taken away when somebody leaves).
// SPDX-License-Identifier: Apache-2.0
#include "entry_proof.h"
#include "say.h"
#include "session.h"
#include "staff_name.h"
#include "web_tls.h"

#include <stdio.h>

static bool staff_read(Act *act, Str typed, StaffRow *staff, Error *err)
{
    Str name;
    bool found = false;
    if (!staff_name_read(typed, act->arena, &name, err) ||
        !staff_by_name(act->store, name, act->arena, staff, &found, err))
        return false;
    return found || FAIL(err, E_NOT_FOUND, .item = S("職員"), .value = name,
                         .words = S("この名前の職員は登録されていません。先に grant で権限を与えてください。"));
}

static bool old_one_ends(Act *act, const StaffRow *staff, int64_t record_no, bool *was, Error *err)
{
    CardRow old;
    const Keys *keys = act->office->keys;
    if (!card_of_staff(act->store, staff->staff_no, act->arena, &old, was, err)) return false;
    if (!*was) return true;
    old.ended_at = act->now;
    Sha256 proof = card_proof(keys, &old, *act->arena);
    old.proof = sha256_bytes(&proof);
    return card_end(act->store, &old, record_no, err) &&
           sessions_end(act->store, keys, staff->staff_no, act->now, record_no, *act->arena, err);
}

static bool of_nobody_else(Act *act, Str key, const StaffRow *staff, Error *err)
{
    CardRow other;
    bool found;
    if (!card_by_key(act->store, key, act->arena, &other, &found, err)) return false;
    if (!found || other.staff_no == staff->staff_no) return true;
    return FAIL(err, E_CONFLICT, .item = S("職員"), .value = other.name,
                .words = S("このカードはほかの職員のものです。"));
}

static bool new_one_counts(Act *act, const StaffRow *staff, Str key, int64_t record_no, Error *err)
{
    CardRow row = {.staff_no = staff->staff_no,
                   .name = staff->name,
                   .key = key,
                   .bound_at = act->now,
                   .bound_by = actor_name(act->actor),
                   .record_no = record_no};
    if (!card_next_no(act->store, &row.card_no, err)) return false;
    Sha256 proof = card_proof(act->office->keys, &row, *act->arena);
    row.proof = sha256_bytes(&proof);
    return card_add(act->store, &row, err);
}

static bool changed(Act *act, const StaffRow *staff, Str key, bool *was, Error *err)
{
    int64_t record_no;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.command = S("card");
    leaf.detail = staff->name;
    return act_begin(act, err) && audit_next_no(act->store, &record_no, err) &&
           (!key.len || of_nobody_else(act, key, staff, err)) &&
           old_one_ends(act, staff, record_no, was, err) &&
           (!key.len || new_one_counts(act, staff, key, record_no, err)) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool card(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    StaffRow staff;
    bool was = false, ends = option_given(line, "end");
    Str key = {0};
    (void)status;
    if (ends == (line->arguments.count == 2))
        return FAIL(err, E_USAGE, .words = S("カードの証明書のファイルか、--end のどちらかを指定してください。"));
    if (!staff_read(act, line->arguments.at[0], &staff, err) ||
        (!ends && !card_key_read(str_z(arena, line->arguments.at[1]), act->now, arena, &key, err)) ||
        !changed(act, &staff, key, &was, err))
        return false;
    const char *told = !ends ? "を登録しました" : was ? "を使えなくしました" : "は登録されていません";
    say(stdout, "%.*s さんのカード%s。\n", STR(staff.name), told);
    return true;
}

static const Option options[] = {
    {OPTION_FLAG, "end", "", "カードを使えなくします (紛失、異動、退職)", false, false},
    {.kind = OPTION_END},
};

const Door office_card =
    COMMAND("card", "office", DUTY_ADMIN, AUDIT_CHANGE, SHARED, card, .arguments = "名前 [証明書.crt]", .least = 1,
            .most = 2, .options = options, .words = "職員にカード (その証明書) を結びます");
