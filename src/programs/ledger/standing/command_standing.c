// sesshu ledger standing roll|verify
// SPDX-License-Identifier: Apache-2.0
#include "list_print.h"
#include "say.h"
#include "standing_verify.h"

#include <stdio.h>

static bool recorded(Act *act, AuditAct kind, int64_t rows, int64_t taken, Str detail, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = kind;
    leaf.rows = rows;
    leaf.taken = taken;
    leaf.detail = detail;
    return act_record_now(act, &leaf, err);
}

static bool roll(const Ledger *ledger, const CommandLine *line, Error *err)
{
    RollReport report;
    RollFrom from = option_given(line, "anew") ? ROLL_ANEW : ROLL_EXACTLY;
    if (!standing_roll(ledger, line->as_of, from, &report, err)) return false;
    say(stderr, "対象者の状態: %lld人を判定し直しました%s。\n", (long long)report.judged,
        report.anew ? " (全員)" : "");
    return recorded(ledger->act, AUDIT_CHANGE, report.judged, report.judged, S("roll"), err);
}

static const char *const names[] = {"宛名番号"};

static ListLine differing_line(const void *list, int64_t nth, Arena *scratch)
{
    const VerifyReport *report = list;
    (void)scratch;
    return (ListLine){{addressee_text(&report->who[nth])}};
}

static bool tell(Act *act, const VerifyReport *report, OutputFormat format, Arena *arena,
                 Error *err)
{
    int64_t named = report->differing < DIFFERING_NAMED ? report->differing : DIFFERING_NAMED;
    const ListPrint print = {names, (int)countof(names), named, differing_line, report};
    if (!report->speaks)
        say(stderr, "対象者の状態: この日の分は保存されていません。一覧は毎回判定します。\n");
    say(stderr, "対象者の状態: 確認 %lld人 食い違い %lld人 判定待ち %lld人 件数の食い違い %lld件\n",
        (long long)report->compared, (long long)report->differing, (long long)report->stale,
        (long long)report->counts_wrong);
    if (report->differing || report->counts_wrong)
        say(stderr,
            "保存した状態が判定と合いません。sesshu ledger standing roll --anew で作り直し、"
            "この結果を保守の担当者に知らせてください。\n");
    return !named || list_print(act, &print, format, (Str){0}, arena, err);
}

static bool verify(const Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                   Error *err)
{
    VerifyReport report;
    if (!standing_verify(ledger, line->as_of, &report, err)) return false;
    bool whole = !report.differing && !report.counts_wrong;
    if (!recorded(ledger->act, AUDIT_LOOK, report.compared, report.compared - report.differing,
                  whole ? S("verify") : S("verify: differs"), err))
        return false;
    if (!whole) *status = EXIT_ATTENTION;
    return tell(ledger->act, &report, line->format, arena, err);
}

static bool standing_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                             Error *err)
{
    Ledger ledger;
    Str asked = line->arguments.at[0];
    if (!ledger_open(act, arena, &ledger, err)) return false;
    if (str_equal(asked, S("roll"))) return roll(&ledger, line, err);
    if (str_equal(asked, S("verify"))) return verify(&ledger, line, arena, status, err);
    return FAIL(err, E_USAGE, .value = asked, .words = S("roll か verify を指定してください。"));
}

static const Option options[] = {
    {OPTION_FLAG, "anew", NULL, "roll: 保存したものを使わず、全員を作り直す", false, false},
    {.kind = OPTION_END},
};

const Door command_standing = COMMAND(
    "standing", "immunization", DUTY_IMPORT, AUDIT_CHANGE, SHARED, standing_command,
    .arguments = "roll|verify", .least = 1, .most = 1, .options = options,
    .work = "対象の状態の判定", .words = "全員の対象の状態を判定し直して保存します (roll)、保存した状態を確かめます (verify)");
