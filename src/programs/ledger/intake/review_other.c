// SPDX-License-Identifier: Apache-2.0
#include "review_other.h"

#include "dates.h"
#include "masked.h"
#include "payload.h"
#include "review_question_rows.h"
#include "review_shown.h"

// ---- the request as it is kept

static Bytes payload_write(const ResolveTyped *typed, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put_number(o, "row", typed->row.row_id);
    payload_put_yes(o, "apart", typed->apart);
    payload_put(o, "who", typed->person);
    payload_put(o, "vaccine", typed->vaccine);
    payload_put(o, "record", typed->record);
    payload_put(o, "moves", typed->moves);
    payload_put(o, "reason", typed->reason);
    return payload_end(o, arena);
}

// One that is none names no row, so that what is bound is something else and the request lapses.
static ResolveTyped payload_read(Bytes payload, Arena *arena)
{
    json_t *o = payload_open(payload);
    ResolveTyped typed = {.row.row_id = payload_number(o, "row"),
                          .person = payload_text(o, "who", arena),
                          .vaccine = payload_text(o, "vaccine", arena),
                          .record = payload_text(o, "record", arena),
                          .moves = payload_text(o, "moves", arena),
                          .reason = payload_text(o, "reason", arena),
                          .apart = payload_yes(o, "apart"),
                          .beyond = true};
    json_decref(o);
    return typed;
}

// person_id 0: nobody, as of a request that is none.
static bool person_meant(Store *store, const ResolveTyped *typed, Arena *arena, PersonRow *person, Error *err)
{
    Error unread;
    AddresseeNo who;
    *person = (PersonRow){0};
    return !addressee_no_parse(typed->person, &who, NULL, &unread) ||
           person_by_number(store, &who, KNOWN_NOW, arena, person, err);
}

// ---- the kind

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    bool waits;
    LastAct last = {0};
    ReviewRow row;
    PersonRow person;
    ResolveTyped typed = payload_read(payload, arena);
    if (!review_row_read(act->store, (int32_t)typed.row.row_id, arena, &row, &waits, err) ||
        !person_meant(act->store, &typed, arena, &person, err) ||
        (person.person_id && !last_act_of_person(act->store, person.person_id, arena, &last, err)))
        return false;
    Str all = str_format(arena, "%d %d %d %d\n%.*s", (int)waits, (int)person.person_id, (int)person.withdrawn,
                         (int)last.no, (int)payload.len, (const char *)payload.at);
    *content = keys_index(act->office->keys, S("review_other"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Ledger ledger;
    ReviewDecision decision;
    ResolveTyped typed = payload_read(payload, arena);
    (void)brought;
    return ledger_open(act, arena, &ledger, err) && resolve_row_in_turn(&ledger, &typed, &decision, err);
}

// "YOSHIN_….csv 行3 MR 令和8年10月14日 を 今井 さくら（令和7年10月5日生）の接種にする": of a protected person no name.
static bool subject_of(Ledger *ledger, const ResolveTyped *typed, Str *subject, Error *err)
{
    ReviewShown shown;
    PersonRow person;
    Arena *arena = ledger->act->arena;
    Store *store = ledger->act->store;
    if (!person_meant(store, typed, arena, &person, err) ||
        !review_sheet_shown(ledger, (int32_t)typed->row.row_id, arena, &shown, err))
        return false;
    const Submission *s = &shown.sheet;
    Str vaccine = s->product == PRODUCT_NONE ? S("ワクチン不明") : product_label(ledger->schedule, s->product);
    *subject = str_format(arena, "%.*s 行%.*s %.*s %.*s を %.*s（%.*s生）の接種にする", STR(shown.row.file),
                          STR(shown.row.label), STR(vaccine),
                          STR(s->row.given_on.year ? date_partial_era_text(arena, s->row.given_on) : S("日付不明")),
                          STR(masked(person.is_protected, person.name)), STR(date_partial_era_text(arena, person.birth)));
    return true;
}

// A row that waits no longer, or nobody's: the request will lapse, and is told by the row's number.
static bool shown(Act *act, Bytes payload, Arena *arena, Str *subject, Error *err)
{
    bool waits;
    Ledger ledger;
    ReviewRow row;
    PersonRow person;
    ResolveTyped typed = payload_read(payload, arena);
    if (!review_row_read(act->store, (int32_t)typed.row.row_id, arena, &row, &waits, err) ||
        !person_meant(act->store, &typed, arena, &person, err))
        return false;
    *subject = str_format(arena, "行 %lld", (long long)typed.row.row_id);
    return !waits || !person.person_id || (ledger_open(act, arena, &ledger, err) && subject_of(&ledger, &typed, subject, err));
}

const ApprovalKind review_other_kind = {"review_other", "候補にいない人の接種", content_of, run, shown};

// ---- asking

static bool ask(Ledger *ledger, const ResolveTyped *typed, int64_t *approval_no, Error *err)
{
    PersonRow person;
    Act *act = ledger->act;
    ApprovalAsked asked = {.kind = &review_other_kind, .reason = typed->reason, .payload = payload_write(typed, act->arena)};
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (!person_meant(act->store, typed, act->arena, &person, err) ||
        !subject_of(ledger, typed, &asked.subject, err) || !approval_ask(act, &asked, approval_no, err))
        return false;
    const ReviewQuestion question = {.row_id = (int32_t)typed->row.row_id,
                                     .asked_on = act->business_day,
                                     .asked_by = actor_name(act->actor),
                                     .question = typed->reason,
                                     .approval_no = *approval_no};
    leaf.whose = &person.who;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return review_question_keep(act->store, &question, err) && act_record(act, &leaf, err);
}

bool review_other_ask(Ledger *ledger, const ResolveTyped *typed, int64_t *approval_no, Error *err)
{
    Act *act = ledger->act;
    return act_begin(act, err) && ledger_products_complete(ledger, err) && resolve_row_try(ledger, typed, err) &&
           ask(ledger, typed, approval_no, err) && store_commit(act->store, err);
}

// ---- what came of it

static bool is_over(Act *act, int64_t approval_no, bool *over, Error *err)
{
    bool found;
    ApprovalNo no;
    ApprovalRow row;
    if (!approval_row_read(act->store, act->office->keys, approval_no, act->arena, &row, &found, err)) return false;
    *over = !found || !approval_open(row.approval.state);
    if (*over) return true;
    if (!approval_view(act, &row, &no, err)) return false;
    *over = no == APPROVAL_CHANGED || no == APPROVAL_PAST;
    return true;
}

static bool forget(Store *store, int32_t row_id, Error *err)
{
    if (!store_begin(store, err)) return false;
    if (review_question_forget(store, row_id, err) && store_commit(store, err)) return true;
    store_rollback(store);
    return false;
}

bool review_requests_settle(Act *act, Error *err)
{
    ReviewQuestions asked;
    if (!review_requests_open(act->store, act->arena, &asked, err)) return false;
    VEC_EACH (const ReviewQuestion, one, asked) {
        bool over;
        if (!is_over(act, one->approval_no, &over, err)) return false;
        if (over && !forget(act->store, one->row_id, err)) return false;
    }
    return true;
}
