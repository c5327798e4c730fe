// sesshu ledger answer, accept: what a former city answered beside what we know, and what of it enters the ledger.
//
// Nothing enters by itself: accept asks for each new dose as an entry (dose_change.h) with the origin of an answer (P3), and
// a second person approves it. What perhaps is a dose that stands is told, and stays a person's to decide.
// SPDX-License-Identifier: Apache-2.0
#include "answer_beside.h"
#include "copy_code_table.h"
#include "dose_change.h"
#include "inquiry_rows.h"
#include "masked.h"
#include "municipality.h"
#include "outlet.h"
#include "person_rows.h"
#include "say.h"

#include <stdio.h>

typedef struct Answered {
    InquiryRow inquiry;
    Ledger ledger;
    CopyAnswer answer;
    AnswerDoses doses;
} Answered;

static bool inquiry_named(Act *act, Str typed, Arena *arena, InquiryRow *inquiry, Error *err)
{
    int64_t number = 0;
    if (str_int64(typed, &number) && !inquiry_row_find(act->store, number, arena, inquiry, err)) return false;
    return inquiry->inquiry_id || FAIL(err, E_NOT_FOUND, .item = S("照会番号"), .value = typed,
                                       .words = S("この照会番号はありません。sesshu ledger inquiries で確かめてください。"));
}

// Products that the ledger has not met yet have numbers too, in memory alone.
static void products_assumed(Ledger *ledger, Arena *arena)
{
    product_numbers_assumed(ledger->schedule, arena, &ledger->products);
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, arena);
}

static bool compared(Act *act, Answered *a, Arena *arena, Error *err)
{
    CopyCodes codes;
    DoseRecords known;
    PersonRow person;
    Str data = {(const char *)a->inquiry.answer.at, a->inquiry.answer.len};
    if (!ledger_open(act, arena, &a->ledger, err)) return false;
    products_assumed(&a->ledger, arena);
    if (!data.len) return true;
    if (!copy_code_table(arena, &codes, err) || !copy_answer_decode(data, arena, &a->answer, err) ||
        !person_by_number(act->store, &a->inquiry.who, KNOWN_NOW, arena, &person, err) ||
        !dose_records_of_person(act->store, a->inquiry.person_id, KNOWN_NOW, arena, &known, err))
        return false;
    a->doses = answer_beside(&a->ledger, &codes, &a->answer, person.birth, &known, arena);
    return true;
}

// ---- shown

static void dose_shown(const AnswerDose *dose, bool hide)
{
    static const char *const kinds[] = {
        [ANSWER_NEW] = "台帳にない接種", [ANSWER_KNOWN] = "台帳と同じ", [ANSWER_DOUBT] = "台帳と違う",
        [ANSWER_NOT_GIVEN] = "接種していない (予診のみ、中止)", [ANSWER_UNCLEAR] = "製剤または日が分からないか、ありえない日"};
    char day[DAY_TEXT_SIZE], standing[DAY_TEXT_SIZE];
    say(stdout, "%s %.*s %.*s %.*s %.*s: %s", partial_date_text(dose->given_on, day), STR(dose->vaccine), STR(dose->product),
        STR(dose->lot), STR(masked(hide, dose->institution)), kinds[dose->kind]);
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

static bool look_recorded(Act *act, const InquiryRow *inquiry, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = &inquiry->who;
    leaf.detail = str_format(act->arena, "%d", (int)inquiry->inquiry_id);
    return act_record_now(act, &leaf, err);
}

static bool answer(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Answered a = {0};
    if (!inquiry_named(act, line->arguments.at[0], arena, &a.inquiry, err) || !compared(act, &a, arena, err) ||
        !look_recorded(act, &a.inquiry, err))
        return false;
    absence_shown(&a.inquiry);
    VEC_EACH (const AnswerDose, dose, a.doses) {
        dose_shown(dose, a.inquiry.is_protected);
        if (dose->kind == ANSWER_DOUBT || dose->kind == ANSWER_UNCLEAR) *status = EXIT_ATTENTION;
    }
    return true;
}

const Door command_answer = COMMAND("answer", "immunization", DUTY_LINK, AUDIT_LOOK, SHARED, answer, .arguments = "照会番号",
                                    .least = 1, .most = 1, .words = "照会の回答を、台帳の記録と並べて見ます");

// ---- taken

static Str city_words(const InquiryRow *inquiry, Arena *arena)
{
    return str_format(arena, "照会 %d %.*s の回答", (int)inquiry->inquiry_id,
                      STR(inquiry->is_protected ? MASKED : municipality_text(&inquiry->municipality)));
}

// An institution code that cannot be right stays out: the day and the product count.
static Str institution_of(const AnswerDose *dose)
{
    InstitutionCode code;
    Error unread = {0};
    return institution_code_parse(dose->institution_code, &code, NULL, &unread) ? dose->institution_code : (Str){0};
}

// Asked for already, by whoever accepted the same answer before: as good as done. What cannot be entered as it was answered
// (a day after the death) is a person's to look at, and stops no other.
static bool entry_asked(Answered *a, const AnswerDose *dose, Arena *arena, int64_t *asked, int64_t *open, Error *err)
{
    char day[DAY_TEXT_SIZE];
    int64_t approval_no;
    Error why = {0};
    DoseChange change;
    const DoseChangeTyped typed = {.who = addressee_text(&a->inquiry.who),
                                   .day = str_of(partial_date_text(dose->given_on, day)),
                                   .vaccine = dose->product,
                                   .lot = dose->lot,
                                   .clinic = institution_of(dose),
                                   .source = DOSE_SOURCE_ANSWER,
                                   .reason = city_words(&a->inquiry, arena)};
    if (dose_change_ask(&a->ledger, DOSE_ENTER, &typed, &change, &approval_no, &why)) {
        ++*asked;
        return true;
    }
    store_rollback(a->ledger.act->store);
    if (why.code == E_CONFLICT) return true;
    if (why.code != E_DATE_FORMAT && why.code != E_DATE_PARTIAL && why.code != E_NOT_FOUND) return error_pass(err, &why);
    say(stderr, "%s %.*s は追加を申請できません: %.*s\n", day, STR(dose->product), STR(outlet_error(OUTLET_TERMINAL, arena, &why)));
    ++*open;
    return true;
}

static bool settled(Act *act, const InquiryRow *inquiry, Str how, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = &inquiry->who;
    leaf.detail = str_format(act->arena, "%d", (int)inquiry->inquiry_id);
    return act_begin(act, err) && inquiry_settle(act->store, inquiry->inquiry_id, actor_name(act->actor), how, act->now, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool accept_all(Act *act, Answered *a, Str how, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t asked = 0, open = 0;
    VEC_EACH (const AnswerDose, dose, a->doses) {
        if (dose->kind == ANSWER_NEW && !entry_asked(a, dose, arena, &asked, &open, err)) return false;
        open += dose->kind == ANSWER_DOUBT || dose->kind == ANSWER_UNCLEAR;
    }
    if (asked) say(stderr, "台帳にない接種 %lld 件の追加を申請しました。ほかの職員が承認すると反映します。\n", (long long)asked);
    if (!open || how.len) return settled(act, &a->inquiry, how.len ? how : S("照合済み"), err);
    say(stderr, "台帳と違うもの、製剤や日の分からないもの %lld 件は、確かめてから --settle に結果を書いて終えてください。\n",
        (long long)open);
    *status = EXIT_ATTENTION;
    return true;
}

static bool accept(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Answered a = {0};
    Str how = option_text(line, "settle");
    if (!inquiry_named(act, line->arguments.at[0], arena, &a.inquiry, err) || !compared(act, &a, arena, err)) return false;
    if (!result_answered(a.inquiry.result) && !(a.inquiry.astray_no && how.len))
        return FAIL(err, E_NOT_FOUND, .item = S("照会番号"), .value = line->arguments.at[0],
                    .words = S("この照会の回答はまだ届いていません。sesshu ledger results で受け取ってください。"));
    return accept_all(act, &a, how, arena, status, err);
}

static const Option accept_options[] = {
    {OPTION_TEXT, "settle", "R", "台帳と違うものをどう確かめたか", false, false},
    {.kind = OPTION_END},
};

const Door command_accept =
    COMMAND("accept", "immunization", DUTY_ENTER, AUDIT_CHANGE, SHARED, accept, .arguments = "照会番号", .least = 1, .most = 1,
            .words = "照会の回答のうち台帳にない接種の追加を申請し、照会を確認済みにします", .options = accept_options);
