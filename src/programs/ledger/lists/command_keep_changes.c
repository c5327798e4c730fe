// sesshu ledger keep-changes [--from D1] [--to D2]: every night, for the pages of the difference.
// SPDX-License-Identifier: Apache-2.0
#include "changes_kept.h"
#include "say.h"

#include <stdio.h>

static bool keep_changes_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    int64_t lines;
    (void)status;
    Day to = option_day(line, "to", act->business_day), from = option_day(line, "from", changes_usual_from(to));
    if (from >= to)
        return FAIL(err, E_USAGE, .item = S("--to"), .words = S("--to には --from より後の日を指定してください。"));
    if (!ledger_open(act, arena, &ledger, err) || !changes_keep(&ledger, from, to, &lines, err)) return false;
    say(stderr, "差分の一覧: %lld行を保存しました。\n", (long long)lines);
    return true;
}

// clang-format off
static const Option options[] = {
    {OPTION_DAY, "from", "D1", "比べる初めの日 (既定 終わりの日の1か月前)", false, false},
    {OPTION_DAY, "to",   "D2", "比べる終わりの日 (既定 業務日)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_keep_changes = COMMAND(
    "keep-changes", "immunization", DUTY_IMPORT, AUDIT_CHANGE, SHARED, keep_changes_command, .arguments = "",
    .work = "差分の保存", .words = "二つの日の間に変わったことの一覧を作り、画面のために保存します (毎晩)", .options = options);
