// sesshu intermediate held [release|refuse NUMBER --reason R]: what waits for people, and asking for a decision about it.
// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"
#include "held_approval.h"
#include "say.h"

#include <stdio.h>

static bool one_told(const LinkageHome *home, const ProvisionRow *row, Arena *arena, Error *err)
{
    char at[INSTANT_TEXT_SIZE], until[INSTANT_TEXT_SIZE];
    Answerable found;
    ApprovalLines lines = {0};
    const Permit *permit = &row->copy.permit;
    if (!answering_facts(home, &row->copy, arena, &found, err) || !answer_lines(found.data, arena, &lines, err)) return false;
    say(stdout, "%lld %s からの照会 %s（受付 %s、期限 %s、統一識別番号 %s）%s\n", (long long)row->provision_id,
        str_z(arena, organisation_shown(&permit->question.inquirer, arena)), permit->inquiry.digits,
        instant_in_japan(row->state.asked_at, at), instant_in_japan(row->state.asked_at + PROVISION_HELD_LIFE, until),
        found.facts.person.digits, found.facts.doubted ? "ひも付けが疑われています。" : "");
    say(stdout, "    要約値: %s\n", str_z(arena, held_summary(home->act, &found, arena)));
    VEC_EACH (const ApprovalLine, line, lines) say(stdout, "    %.*s: %.*s\n", STR(line->item), STR(line->now));
    return true;
}

static bool list(Act *act, Arena *arena, Error *err)
{
    LinkageHome home;
    ProvisionRows rows;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!linkage_home(act, arena, &home, err) || !provisions_held(act->store, arena, &rows, err)) return false;
    leaf.act = AUDIT_LOOK;
    leaf.rows = rows.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (ProvisionRow, row, rows)
        if (!one_told(&home, row, arena, err)) return false;
    if (!rows.count) (void)puts("手動で答える照会はありません。");
    return true;
}

static bool ask(Act *act, const CommandLine *line, ProvisionChoice choice, Error *err)
{
    int64_t number, approval;
    Str reason = option_text(line, "reason");
    if (line->arguments.count < 2 || !str_int64(line->arguments.at[1], &number))
        return FAIL(err, E_USAGE, .words = S("held に出る番号を指定してください。"));
    if (!reason.len)
        return FAIL(err, E_MISSING, .item = S("--reason"), .words = S("理由を --reason で書いてください。"));
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (!act_begin(act, err) || !held_ask(act, number, choice, reason, &approval, err)) return false;
    leaf.detail = str_format(act->arena, "申請 %lld", (long long)approval);
    if (!act_record(act, &leaf, err) || !store_commit(act->store, err)) return false;
    (void)printf("申請 %lld を受け付けました。ほかの職員が sesshu intermediate approvals approve %lld で承認すると、%s。\n",
                 (long long)approval, (long long)approval, choice == CHOICE_RELEASE ? "提供します" : "提供を拒否します");
    return true;
}

static bool held(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str asked = line->arguments.count ? line->arguments.at[0] : S("list");
    (void)status;
    if (str_equal(asked, S("list"))) return list(act, arena, err);
    if (str_equal(asked, S("release"))) return ask(act, line, CHOICE_RELEASE, err);
    if (str_equal(asked, S("refuse"))) return ask(act, line, CHOICE_REFUSE, err);
    return FAIL(err, E_USAGE, .value = asked, .words = S("list、release 番号、refuse 番号 のどれかを指定してください。"));
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "release、refuse: 理由", false, false},
    {.kind = OPTION_END},
};

const Door command_held = COMMAND("held", "linkage", DUTY_ENTER, AUDIT_CHANGE, SHARED, held,
                                  .arguments = "list|release|refuse [番号]", .least = 0, .most = 2,
                                  .words = "手動で答える照会を見る、提供または拒否を申請する", .options = options);
