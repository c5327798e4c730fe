// sesshu ledger enter | correct | cancel: a dose by hand, which a second person approves.
// SPDX-License-Identifier: Apache-2.0
#include "dose_change.h"
#include "outlet.h"
#include "say.h"

#include <stdio.h>

static bool ask(Act *act, const CommandLine *line, DoseChangeKind kind, DoseChangeTyped typed,
                ExitStatus *status, Error *err)
{
    Ledger ledger;
    DoseChange change;
    int64_t number;
    typed.who = line->arguments.at[0];
    typed.reason = option_text(line, "reason");
    if (!ledger_open(act, act->arena, &ledger, err) ||
        !dose_change_ask(&ledger, kind, &typed, &change, &number, err))
        return false;
    if (change.warning.code)
        say(stderr, "%.*s\n", STR(outlet_error(OUTLET_TERMINAL, act->arena, &change.warning)));
    (void)printf(
        "申請 %lld として受け付けました。ほかの職員が sesshu ledger approvals approve %lld で"
        "承認すると反映します。\n",
        (long long)number, (long long)number);
    *status = EXIT_ATTENTION;
    return true;
}

static DoseChangeTyped typed_in(const CommandLine *line)
{
    return (DoseChangeTyped){.day = option_text(line, "day"),
                             .vaccine = option_text(line, "vaccine"),
                             .lot = option_text(line, "lot"),
                             .clinic = option_text(line, "clinic")};
}

static bool enter(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DoseChangeTyped typed = typed_in(line);
    (void)arena;
    typed.source = option_text(line, "source");
    return ask(act, line, DOSE_ENTER, typed, status, err);
}

static bool correct(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DoseChangeTyped typed = typed_in(line);
    (void)arena;
    typed.dose = line->arguments.at[1];
    return ask(act, line, DOSE_CORRECT, typed, status, err);
}

static bool cancel(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DoseChangeTyped typed = {.dose = line->arguments.at[1]};
    (void)arena;
    return ask(act, line, DOSE_CANCEL, typed, status, err);
}

// clang-format off
#define REASON {OPTION_TEXT, "reason", "R", "理由", false, true}
#define ITEMS(needed)                                                               \
    {OPTION_TEXT, "day",     "D",    "接種日 (分からないところは 00: 2026-06-00)", false, needed}, \
    {OPTION_TEXT, "vaccine", "V",    "ワクチンの名前か記号", false, needed},           \
    {OPTION_TEXT, "lot",     "LOT",  "ロット番号", false, false},                      \
    {OPTION_TEXT, "clinic",  "CODE", "医療機関コード", false, false, true}

static const Option enter_options[] = {
    ITEMS(true), REASON,
    {OPTION_TEXT, "source", "S", "根拠: 母子健康手帳、医療機関、依頼書、申出", false, true},
    {.kind = OPTION_END},
};
static const Option correct_options[] = {ITEMS(false), REASON, {.kind = OPTION_END}};
static const Option cancel_options[] = {REASON, {.kind = OPTION_END}};
// clang-format on

const Door command_enter =
    COMMAND_IN_WARDS("enter", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, enter,
            .arguments = "宛名番号", .least = 1, .most = 1,
            .words = "接種を手で記録する (ほかの職員の承認で反映)", .options = enter_options);
const Door command_correct =
    COMMAND_IN_WARDS("correct", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, correct,
            .arguments = "宛名番号 記録番号", .least = 2, .most = 2,
            .words = "接種の記録を訂正する (ほかの職員の承認で反映)", .options = correct_options);
const Door command_cancel =
    COMMAND_IN_WARDS("cancel", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, cancel,
            .arguments = "宛名番号 記録番号", .least = 2, .most = 2,
            .words = "接種の記録を取り消す (ほかの職員の承認で反映)", .options = cancel_options);
