// sesshu addressee individual-number 宛名番号 < number, approve-number 申請番号 < number
//
// The number comes by standard input, read off the paper by each of the two.
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "number_entry.h"
#include "number_typed.h"
#include "say.h"

#include <stdio.h>

static bool ask(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t approval_no;
    AddresseeNo who;
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    const NumberProof proof = {option_text(line, "document"), option_text(line, "checked-on"), option_text(line, "reason")};
    (void)arena, (void)status;
    if (!addressee_no_parse(line->arguments.at[0], &who, NULL, err) || !individual_no_type(&number, err) ||
        !number_entry_ask(act, &who, &number, &proof, &approval_no, err))
        return false;
    say(stderr, "申請 %lld を出しました。ほかの職員が、書類を見て sesshu addressee approve-number %lld で承認してください。\n",
        (long long)approval_no, (long long)approval_no);
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "document", "W", "番号を確かめた書類", false, true},
    {OPTION_TEXT, "checked-on", "D", "確かめた日", false, true},
    {OPTION_TEXT, "reason", "R", "理由", false, true},
    {.kind = OPTION_END},
};

const Door command_individual_number =
    COMMAND("individual-number", "register", DUTY_ENTER, AUDIT_CHANGE, SHARED, ask, .arguments = "宛名番号", .least = 1,
            .most = 1, .words = "住登外者の個人番号の登録を申請します (番号は標準入力に1行で)", .options = options);

static bool approve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t approval_no = 0;
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    (void)arena, (void)status;
    if (!str_int64(line->arguments.at[0], &approval_no))
        return FAIL(err, E_USAGE, .item = S("申請番号"), .value = line->arguments.at[0],
                    .words = S("承認待ちの申請の番号を数字で指定してください。"));
    if (!individual_no_type(&number, err) || !number_entry_grant(act, approval_no, &number, err)) return false;
    say(stderr, "個人番号を登録しました。統合宛名には次の取込で渡ります。\n");
    return true;
}

const Door command_approve_number =
    COMMAND("approve-number", "register", DUTY_APPROVE, AUDIT_CHANGE, SHARED, approve, .arguments = "申請番号", .least = 1,
            .most = 1, .words = "住登外者の個人番号を、もう一度入力して承認します (番号は標準入力に1行で)");
