// SPDX-License-Identifier: Apache-2.0
#include "answer_entering.h"

#include "answer_approval.h"
#include "copy_code_table.h"
#include "inquiry_words.h"
#include "masked.h"
#include "municipality.h"
#include "person_opened.h"

// ---- opened

static bool inquiry_named(const Act *act, Str typed, Arena *arena, InquiryRow *inquiry, Error *err)
{
    int64_t number = 0;
    *inquiry = (InquiryRow){0};
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

static bool compared(Answered *a, Arena *arena, Error *err)
{
    Store *store = a->ledger.act->store;
    CopyCodes codes;
    DoseRecords known;
    PersonRow person;
    Str data = {(const char *)a->inquiry.answer.at, a->inquiry.answer.len};
    if (!copy_answer_decode(data, arena, &a->answer, &a->unread)) {
        a->doubtful = 1;
        return true;
    }
    if (!copy_code_table(arena, &codes, err) ||
        !person_opened(a->ledger.act, &a->inquiry.who, KNOWN_NOW, arena, &person, err) ||
        !dose_records_of_person(store, a->inquiry.person_id, KNOWN_NOW, arena, &known, err))
        return false;
    a->doses = answer_beside(&a->ledger, &codes, &a->answer, person.birth, &known, arena);
    VEC_EACH (const AnswerDose, dose, a->doses) {
        a->fresh += dose->kind == ANSWER_NEW;
        a->doubtful += dose->kind == ANSWER_DOUBT || dose->kind == ANSWER_UNCLEAR;
    }
    return true;
}

bool answer_open(const Ledger *ledger, Str number, Arena *arena, Answered *a, Error *err)
{
    *a = (Answered){.ledger = *ledger};
    if (!inquiry_named(ledger->act, number, arena, &a->inquiry, err)) return false;
    products_assumed(&a->ledger, arena);
    return !a->inquiry.answer.len || compared(a, arena, err);
}

Str answer_kind_words(BesideKind kind)
{
    static const Str words[] = {[ANSWER_NEW] = S("台帳にない接種"),
                                [ANSWER_KNOWN] = S("台帳と同じ"),
                                [ANSWER_DOUBT] = S("台帳と違う"),
                                [ANSWER_NOT_GIVEN] = S("接種していない (予診のみ、中止)"),
                                [ANSWER_UNCLEAR] = S("製剤または日が分からないか、ありえない日")};
    return words[kind];
}

// ---- entered

static Str city_words(const InquiryRow *inquiry, Arena *arena)
{
    return str_format(arena, "照会 %lld %.*s の回答", (long long)inquiry->inquiry_id,
                      STR(inquiry->is_protected ? MASKED : municipality_text(&inquiry->municipality)));
}

// An institution code that cannot be right stays out: the day and the product count.
static Str institution_of(const AnswerDose *dose)
{
    InstitutionCode code;
    Error unread = {0};
    return institution_code_parse(dose->institution_code, &code, NULL, &unread) ? dose->institution_code : (Str){0};
}

// What cannot be entered as it was answered is a person's to look at, and stops no other. A dose that stands by now is as good
// as entered.
static bool entry_read(Answered *a, const AnswerDose *dose, Str reason, DoseChanges *entries, PersonRow *person, Arena *arena,
                       AnswerEntered *entered, Error *err)
{
    char day[DAY_TEXT_SIZE];
    Error why = {0};
    DoseChange change;
    DoseRecord old = {0};
    const DoseChangeTyped typed = {.who = addressee_text(&a->inquiry.who),
                                   .day = str_copy(arena, str_of(partial_date_text(dose->given_on, day))),
                                   .vaccine = dose->product,
                                   .lot = dose->lot,
                                   .clinic = institution_of(dose),
                                   .source = DOSE_SOURCE_ANSWER,
                                   .reason = reason};
    if (dose_change_read(&a->ledger, DOSE_ENTER, &typed, &change, person, &old, &why)) {
        *dose_changes_push(entries, arena) = change;
        return true;
    }
    if (why.code == E_CONFLICT) return true;
    if (why.code != E_DATE_FORMAT && why.code != E_DATE_PARTIAL && why.code != E_NOT_FOUND) return error_pass(err, &why);
    *answer_refusals_push(&entered->refusals, arena) = (AnswerRefused){dose, why};
    return true;
}

// All of them in one request, read and asked for in one turn.
static bool entries_asked(Answered *a, Arena *arena, AnswerEntered *entered, Error *err)
{
    bool asked;
    PersonRow person;
    Act *act = a->ledger.act;
    AnswerEntries entries = {
        .inquiry_id = a->inquiry.inquiry_id, .who = a->inquiry.who, .reason = city_words(&a->inquiry, arena)};
    if (!act_begin(act, err)) return false;
    VEC_EACH (const AnswerDose, dose, a->doses)
        if (dose->kind == ANSWER_NEW && !entry_read(a, dose, entries.reason, &entries.doses, &person, arena, entered, err))
            return false;
    if (!entries.doses.count) {
        store_rollback(act->store);
        return true;
    }
    if (!answer_approval_ask(&a->ledger, &entries, &person, &asked, err)) return false;
    entered->asked = asked ? entries.doses.count : 0;
    if (asked) return store_commit(act->store, err);
    store_rollback(act->store);
    return true;
}

static bool settled(Act *act, const InquiryRow *inquiry, Str how, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = &inquiry->who;
    leaf.detail = str_format(act->arena, "%lld", (long long)inquiry->inquiry_id);
    return act_begin(act, err) && inquiry_settle(act->store, inquiry->inquiry_id, actor_name(act->actor), how, act->now, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool answer_enter(Answered *a, Str how, Arena *arena, AnswerEntered *entered, Error *err)
{
    bool answered = result_answered(a->inquiry.result);
    *entered = (AnswerEntered){0};
    if (!inquiry_over(&a->inquiry))
        return FAIL(err, E_NOT_FOUND, .item = S("照会番号"), .value = str_format(arena, "%lld", (long long)a->inquiry.inquiry_id),
                    .words = S("この照会の回答はまだ届いていません。sesshu ledger results で受け取ってください。"));
    if (a->fresh && !entries_asked(a, arena, entered, err)) return false;
    entered->open = a->doubtful + entered->refusals.count + !answered;
    entered->settled = !entered->open || how.len;
    return !entered->settled || settled(a->ledger.act, &a->inquiry, how.len ? how : S("照合済み"), err);
}
