// sesshu addressee measure enter|end 宛名番号
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "measure_change.h"

#include <stdio.h>

static const Option options[] = {
    {OPTION_TEXT, "kind", "W", "enter: 区分", false, false},
    {OPTION_TEXT, "from", "D", "enter: 開始日", false, false},
    {OPTION_TEXT, "until", "D", "enter: 終了日 (既定 開始日から1年)", false, false},
    {OPTION_TEXT, "reason", "R", "理由", false, true},
    {.kind = OPTION_END},
};

static bool enter(Act *act, const CommandLine *line, const AddresseeNo *who, Error *err)
{
    int64_t covered;
    const MeasureTyped typed = {option_text(line, "kind"), option_text(line, "from"), option_text(line, "until"),
                                option_text(line, "reason")};
    if (!measure_enter(act, who, &typed, &covered, err)) return false;
    (void)fprintf(stderr, "支援措置を登録し、居場所を伏せました。同じ世帯で伏せた人 %lld 人。\n", (long long)covered);
    return true;
}

static bool end(Act *act, const CommandLine *line, const AddresseeNo *who, Error *err)
{
    int64_t number;
    if (!measure_ask_end(act, who, option_text(line, "reason"), &number, err)) return false;
    (void)fprintf(stderr, "申請 %lld を出しました。ほかの職員が sesshu addressee approvals approve %lld で承認してください。\n",
                  (long long)number, (long long)number);
    return true;
}

static bool measure(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AddresseeNo who;
    Str what = line->arguments.at[0];
    (void)arena, (void)status;
    if (!addressee_no_parse(line->arguments.at[1], &who, NULL, err)) return false;
    if (str_equal(what, S("enter"))) return enter(act, line, &who, err);
    if (str_equal(what, S("end"))) return end(act, line, &who, err);
    return FAIL(err, E_USAGE, .value = what, .words = S("enter 宛名番号、end 宛名番号 のどちらかを指定してください。"));
}

const Door command_measure =
    COMMAND("measure", "register", DUTY_ENTER, AUDIT_CHANGE, SHARED, measure, .arguments = "enter|end 宛名番号",
            .least = 2, .most = 2, .words = "支援措置を登録し、または終了を申請します", .options = options);
