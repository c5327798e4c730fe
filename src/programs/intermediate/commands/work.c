// sesshu intermediate work [--done N]: what a person has to look at.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "incident_rows.h"
#include "say.h"

#include <stdio.h>

static bool settle(Act *act, int64_t number, Error *err)
{
    bool found;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_CHANGE;
    leaf.detail = str_format(act->arena, "%lld", (long long)number);
    if (!act_begin(act, err) ||
        !incident_done(act->store, number, act->now, actor_name(act->actor), &found, err))
        return false;
    if (!found)
        return FAIL(err, E_NOT_FOUND, .item = S("--done"), .value = leaf.detail,
                    .words = S("この番号の仕事はありません。work で確かめてください。"));
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool list(Act *act, Arena *arena, ExitStatus *status, Error *err)
{
    IncidentRows rows;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!incidents_open(act->store, arena, &rows, err)) return false;
    leaf.rows = rows.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (Incident, row, rows) {
        char at[INSTANT_TEXT_SIZE];
        say(stdout, "%lld %s %s %s %.*s\n", (long long)row->incident_no, instant_in_japan(row->at, at),
            str_z(arena, row->kind), row->person.digits, STR(row->about));
    }
    if (rows.count) *status = EXIT_ATTENTION;
    else (void)puts("確かめる仕事はありません。");
    return true;
}

static bool work(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    if (option_given(line, "done")) return settle(act, option_number(line, "done", 0), err);
    return list(act, arena, status, err);
}

static const Option options[] = {
    {OPTION_NUMBER, "done", "N", "番号 N の仕事が済んだことを記録する", false, false},
    {.kind = OPTION_END},
};

const Door command_work = COMMAND("work", "linkage", DUTY_EXPORT, AUDIT_LOOK, SHARED, work, .arguments = "",
                                  .words = "情報連携で人の確認が要ることを表示します", .options = options);
