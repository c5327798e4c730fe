// sesshu ledger resolve ROW | FILE 行番号: a person decides a row under review
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "fold.h"
#include "resolve.h"
#include "say.h"

#include <stdio.h>

static bool row_asked(const CommandLine *line, ReviewAsked *asked, Arena *arena, Error *err)
{
    Str first = line->arguments.at[0];
    *asked = (ReviewAsked){0};
    if (line->arguments.count == 2) {
        asked->file = first;
        asked->label = line->arguments.at[1];
        return true;
    }
    bool number =
        fold_int64(arena, first, &asked->row_id) && asked->row_id > 0 && asked->row_id < INT32_MAX;
    return number || FAIL(err, E_NOT_FOUND, .item = S("行"), .value = first,
                          .words = S("sesshu ledger work --kind review に出る番号か、"
                                     "ファイル名と行番号を書いてください。"));
}

static void tell(const ReviewDecision *d)
{
    say(stdout, "行 %d を %.*s としました。", d->row_id, STR(intake_outcome_words(d->outcome)));
    if (d->dose_id) say(stdout, " 記録 %d", d->dose_id);
    if (d->codes.len) say(stdout, " %.*s", STR(d->codes));
    if (d->message.len) say(stdout, " %.*s", STR(d->message));
    say(stdout, "\n");
}

static bool resolve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    ReviewDecision decision;
    ResolveTyped typed = {.person = option_text(line, "accept"),
                          .code = option_text(line, "return"),
                          .vaccine = option_text(line, "vaccine"),
                          .record = option_text(line, "record"),
                          .moves = option_text(line, "move"),
                          .apart = option_given(line, "separate"),
                          .reason = option_text(line, "reason")};
    (void)status;
    if (!row_asked(line, &typed.row, arena, err) || !copy_asked(act, COPY_LEAVES, *arena, err) ||
        !ledger_open(act, arena, &ledger, err) ||
        !resolve_row(&ledger, &typed, &decision, err))
        return false;
    tell(&decision);
    return true;
}

// clang-format off
static const Option options[] = {
    {OPTION_ADDRESSEE, "accept",  "宛名番号", "この候補の接種として登録する", false, false},
    {OPTION_TEXT, "return",  "CODE",    "このコードで返戻する", false, false},
    {OPTION_TEXT, "vaccine", "V",       "分からなかったワクチンの名前か記号", false, false},
    {OPTION_TEXT, "record",  "N",       "訂正される、この人の記録の番号", false, false},
    {OPTION_TEXT, "move",    "N",       "この人に移す、別の人の記録の番号", false, false},
    {OPTION_FLAG, "separate", NULL,     "どの記録とも別の接種として登録する", false, false},
    {OPTION_TEXT, "reason",  "R",       "理由", false, true},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_resolve =
    COMMAND("resolve", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, resolve,
            .arguments = "番号 | ファイル 行番号", .least = 1, .most = 2,
            .words = "確認待ちの行を登録するか返戻します", .options = options);
