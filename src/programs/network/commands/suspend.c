// sesshu network suspend ORGANISATION|all [--end]: no permit is issued to it or about it, and nothing is passed on.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "organisation_rows.h"
#include "say.h"

static bool whose(Str typed, Arena *arena, Str *code, Str *shown, Error *err)
{
    OrganisationCode organisation;
    *code = S(ALL_LINKAGE);
    *shown = S("すべての情報連携");
    if (str_equal(typed, S("all"))) return true;
    if (!organisation_code_parse(typed, &organisation, err)) return false;
    *code = str_copy(arena, str_of(organisation.digits));
    *shown = organisation_shown(&organisation, arena);
    return true;
}

static bool suspend(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str code, shown;
    bool ends = option_given(line, "end") != NULL, changed = false;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (!whose(line->arguments.at[0], arena, &code, &shown, err) || !act_begin(act, err)) return false;
    leaf.detail = shown;
    if (!(ends ? suspension_end(act->store, code, &changed, err) : suspension_set(act->store, code, act->now, &changed, err)) ||
        !act_record(act, &leaf, err) || !store_commit(act->store, err))
        return false;
    say(stdout, "%.*s: %s\n", STR(shown),
        !changed ? (ends ? "停止していません" : "すでに停止しています") : (ends ? "再開しました" : "停止しました"));
    return true;
}

static const Option options[] = {
    {OPTION_FLAG, "end", NULL, "停止を終える", false, false},
    {.kind = OPTION_END},
};

const Door command_suspend =
    COMMAND("suspend", "linkage", DUTY_ADMIN, AUDIT_CHANGE, ALONE, suspend, .arguments = "機関コード|all", .least = 1, .most = 1,
            .words = "機関の、またはすべての情報連携を停止します", .options = options);
