// sesshu ledger answer, accept: what a former city answered beside what we know, and what of it enters the ledger.
//
// Nothing enters by itself: accept asks for all new doses in one request, with the origin of an answer (P3), and a second person
// approves it. What perhaps is a dose that stands is told, and stays a person's to decide.
// SPDX-License-Identifier: Apache-2.0
#include "answer_entering.h"
#include "masked.h"
#include "outlet.h"
#include "say.h"

#include <stdio.h>

// ---- shown

static void dose_shown(const AnswerDose *dose, bool hide)
{
    char day[DAY_TEXT_SIZE], standing[DAY_TEXT_SIZE];
    say(stdout, "%s %.*s %.*s %.*s %.*s: %.*s", partial_date_text(dose->given_on, day), STR(dose->vaccine), STR(dose->product),
        STR(dose->lot), STR(masked(hide, dose->institution)), STR(answer_kind_words(dose->kind)));
    if (dose->kind == ANSWER_DOUBT)
        say(stdout, " (記録 %d %s、D%d)", (int)dose->dose_id, partial_date_text(dose->standing_on, standing), (int)dose->doubt);
    say(stdout, "\n");
}

// Evidence that nothing stood there on that day: not that nothing was given.
static void absence_shown(const InquiryRow *inquiry)
{
    char day[DAY_TEXT_SIZE];
    if (inquiry->result == RESULT_NO_DATA)
        say(stdout, "%s の時点で、前の市町村に接種の記録はありませんでした。接種していないという意味ではありません。\n",
            day_text(inquiry->as_of, day));
    else if (inquiry->result == RESULT_NOBODY)
        say(stdout, "前の市町村は、この方を知りませんでした。その前の住所を本人に確かめてください。\n");
    else if (inquiry->result != RESULT_GIVEN)
        say(stdout, "回答はまだないか、得られませんでした。sesshu ledger inquiries で状況を確かめてください。\n");
}

static void erasure_shown(const InquiryRow *inquiry)
{
    if (inquiry->result == RESULT_GIVEN && inquiry->settled_at && !inquiry->answer.len)
        say(stdout, "確かめ終えた回答です。保存期間が過ぎたため、内容は消去しました。取り入れた接種は台帳にあります。\n");
}

static bool look_recorded(Act *act, const InquiryRow *inquiry, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    leaf.whose = &inquiry->who;
    leaf.detail = str_format(act->arena, "%lld", (long long)inquiry->inquiry_id);
    return act_record_now(act, &leaf, err);
}

static bool answer(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Answered a;
    Ledger ledger;
    if (!ledger_open(act, arena, &ledger, err) || !answer_open(&ledger, line->arguments.at[0], arena, &a, err) ||
        !look_recorded(act, &a.inquiry, err)) return false;
    absence_shown(&a.inquiry);
    erasure_shown(&a.inquiry);
    if (a.unread.code)
        say(stdout, "届いた回答を読めません: %.*s\n前の市町村に内容を確かめ、accept --settle に結果を書いて終えてください。\n",
            STR(outlet_error(OUTLET_TERMINAL, arena, &a.unread)));
    VEC_EACH (const AnswerDose, dose, a.doses) dose_shown(dose, a.inquiry.is_protected);
    if (a.doubtful) *status = EXIT_ATTENTION;
    return true;
}

const Door command_answer = COMMAND("answer", "immunization", DUTY_LINK, AUDIT_LOOK, SHARED, answer, .arguments = "照会番号",
                                    .least = 1, .most = 1, .words = "照会の回答を、台帳の記録と並べて見ます");

// ---- taken

static void refused_told(const AnswerRefused *refused, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    say(stderr, "%s %.*s は追加を申請できません: %.*s\n", partial_date_text(refused->dose->given_on, day),
        STR(refused->dose->product), STR(outlet_error(OUTLET_TERMINAL, arena, &refused->why)));
}

static bool accept(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Answered a;
    Ledger ledger;
    AnswerEntered entered;
    // What is told of the doses that cannot be entered is a look, also where nothing is asked for.
    if (!ledger_open(act, arena, &ledger, err) || !answer_open(&ledger, line->arguments.at[0], arena, &a, err) ||
        !look_recorded(act, &a.inquiry, err) || !answer_enter(&a, option_text(line, "settle"), arena, &entered, err))
        return false;
    VEC_EACH (const AnswerRefused, refused, entered.refusals) refused_told(refused, arena);
    if (entered.asked)
        say(stderr, "台帳にない接種 %lld 件の追加を申請しました。ほかの職員が承認すると反映します。\n", (long long)entered.asked);
    if (entered.settled) return true;
    say(stderr, "台帳と違うもの、製剤や日の分からないもの %lld 件は、確かめてから --settle に結果を書いて終えてください。\n",
        (long long)entered.open);
    *status = EXIT_ATTENTION;
    return true;
}

static const Option accept_options[] = {
    {OPTION_TEXT, "settle", "R", "台帳と違うものをどう確かめたか", false, false},
    {.kind = OPTION_END},
};

const Door command_accept =
    COMMAND("accept", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, accept, .arguments = "照会番号", .least = 1, .most = 1,
            .words = "照会の回答のうち台帳にない接種の追加を申請し、照会を確認済みにします", .options = accept_options);
