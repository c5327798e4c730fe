// What waits for a second person: the list, the decision, and taking one's own request back.
// SPDX-License-Identifier: Apache-2.0
#include "approval_rows.h"
#include "office_main.h"
#include "say.h"

#include <stdio.h>

static bool lines_told(Act *act, const ApprovalKind *kind, const ApprovalRow *row, Error *err)
{
    ApprovalLines lines = {0};
    if (row->unreadable || !kind || !kind->lines) return true;
    if (!kind->lines(act, row->payload, act->arena, &lines, err)) return false;
    VEC_EACH (const ApprovalLine, line, lines)
        say(stdout, "    %.*s: %.*s → %.*s\n", STR(line->item), STR(line->was.len ? line->was : S("なし")),
            STR(line->now.len ? line->now : S("なし")));
    return true;
}

// A reason of several lines, as one of the list's.
static Str in_one_line(Str reason, Arena *arena)
{
    Text text = {0};
    for (Cut cut = str_cut(reason, '\n');; cut = str_cut(cut.tail, '\n')) {
        text_add(&text, arena, cut.head);
        if (!cut.tail.len) return text_str(&text);
        text_add(&text, arena, S("、"));
    }
}

// Nobody need decide what would lapse in his hands.
static bool state_words(Act *act, const ApprovalKind *kind, const ApprovalRow *row, Str *words, Error *err)
{
    bool overtaken = false;
    if (kind && !row->unreadable && !approval_overtaken(act, kind, row->approval_no, &overtaken, err)) return false;
    *words = approval_state_words(overtaken ? APPROVAL_LAPSED : row->approval.state);
    return true;
}

static bool list(Act *act, Error *err)
{
    ApprovalRows rows;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!approval_rows_open(act->store, act->office->keys, act->arena, &rows, err)) return false;
    leaf.act = AUDIT_LOOK;
    leaf.rows = rows.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (ApprovalRow, r, rows) {
        char last[DAY_TEXT_SIZE];
        const ApprovalKind *kind = approval_kind_named(act->office->program->approvals, r->kind);
        Str words = kind ? str_of(kind->words) : r->kind;
        Str state, subject = r->subject;
        if (!state_words(act, kind, r, &state, err)) return false;
        if (r->unreadable) subject = S("（内容が読めません。audit verify で確かめてください）");
        if (!r->unreadable && kind && kind->shown && !kind->shown(act, r->payload, act->arena, &subject, err))
            return false;
        say(stdout, "%lld %.*s %.*s: %.*s（理由: %.*s。申請 %.*s、期限 %s）\n",
            (long long)r->approval_no, STR(state), STR(words), STR(subject),
            STR(in_one_line(r->reason, act->arena)),
            STR(r->approval.asker.name), day_text(r->approval.last_day, last));
        if (!lines_told(act, kind, r, err)) return false;
    }
    if (!rows.count) (void)puts("承認を待っている申請はありません。");
    return true;
}

static bool number_read(const CommandLine *line, int64_t *number, Error *err)
{
    if (line->arguments.count < 2)
        return FAIL(err, E_USAGE, .words = S("申請の番号を指定してください。"));
    return (str_int64(line->arguments.at[1], number) && *number > 0) ||
           FAIL(err, E_NUMBER_FORMAT, .item = S("番号"), .value = line->arguments.at[1],
                .words = S("申請の番号は approvals list に出る数字で指定してください。"));
}

static bool decide(Act *act, const CommandLine *line, ApprovalEventKind kind, const char *told,
                   Error *err)
{
    ApprovalDecision decision = {.kind = kind, .words = {0}};
    if (!number_read(line, &decision.approval_no, err)) return false;
    if (kind == APPROVAL_REFUSE) {
        decision.words = option_text(line, "reason");
        if (!decision.words.len)
            return FAIL(err, E_MISSING, .item = S("--reason"),
                        .words = S("却下の理由を --reason で書いてください。"));
    }
    if (!approval_decide(act, &decision, err)) return false;
    (void)printf("%s: 申請 %lld を%s。\n", act->office->program->name,
                 (long long)decision.approval_no, told);
    return true;
}

static bool approvals(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                      Error *err)
{
    Str asked = line->arguments.at[0];
    (void)arena, (void)status;
    if (str_equal(asked, S("list"))) return list(act, err);
    if (str_equal(asked, S("approve")))
        return decide(act, line, APPROVAL_GRANT, "承認し、実行しました", err);
    if (str_equal(asked, S("reject")))
        return decide(act, line, APPROVAL_REFUSE, "却下しました", err);
    return FAIL(err, E_USAGE, .value = asked,
                .words = S("list、approve 番号、reject 番号 のどれかを指定してください。"));
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "reject: 却下の理由", false, false},
    {.kind = OPTION_END},
};

const Door office_approvals = COMMAND(
    "approvals", "office", DUTY_APPROVE, AUDIT_CHANGE, SHARED, approvals,
    .arguments = "list|approve|reject [番号]", .least = 1, .most = 2,
    .words = "ほかの職員が申請したことを見る、承認して実行する、却下する", .options = options);

static bool requests(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                     Error *err)
{
    Str asked = line->arguments.at[0];
    (void)arena, (void)status;
    if (str_equal(asked, S("withdraw")))
        return decide(act, line, APPROVAL_WITHDRAW, "取り下げました", err);
    return FAIL(err, E_USAGE, .value = asked, .words = S("withdraw 番号 と指定してください。"));
}

const Door office_requests =
    COMMAND("requests", "office", DUTY_ENTER, AUDIT_CHANGE, SHARED, requests,
            .arguments = "withdraw 番号", .least = 1, .most = 2, .words = "自分の申請を取り下げる");
