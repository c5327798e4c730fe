// The box of approvals: what waits for the person of the visit, what each request would change, and the decision.
// SPDX-License-Identifier: Apache-2.0
#include "approvals_html.h"
#include "dose_effect.h"
#include "form.h"
#include "individual_no.h"
#include "outlet.h"
#include "request_shown.h"
#include "visit_person.h"

enum { WHY_MOST = 600 };  // bytes of the reason of a refusal

typedef struct Box {
    Visit *visit;
    Ledger ledger;
    ApprovalRows rows;
    ApprovalsPage page;
    Str fault, why;
} Box;

// ---- one request, whole

static void dose_told(Box *box, const DoseChange *change, const DoseRecord *old,
                      const VisitPerson *person, Asked *asked)
{
    Arena *arena = box->visit->arena;
    bool hide = person->shown.person->is_protected;
    DoseEffect effect = dose_effect(&person->ledger, &person->shown, change, arena);
    CheckLineRows lines = dose_lines(&person->ledger, change, old, hide, arena);
    VEC_EACH (const CheckLine, line, lines)
        if (old || line->changed) *changed_rows_push(&asked->changes, arena) =
            (Changed){line->item, line->was, line->now, line->changed};
    VEC_EACH (const Effect, turned, effect.effects)
        *turned_rows_push(&asked->turns, arena) = (Turned){turned->what, turned->was, turned->now};
    asked->verdict = effect.verdict;
}

// Who decides sees the person: a look of its own. `_seen` is the last act on him or her.
static bool dose_asked(Box *box, const ApprovalRow *row, Asked *asked, Error *err)
{
    bool found;
    LastAct last;
    DoseChange change;
    PersonRow row_now;
    DoseRecord old = {0};
    VisitPerson *person = NEW(box->visit->arena, VisitPerson, 1);
    if (!dose_change_asked(&box->ledger, row->payload, &change, &row_now, &old, &found, err))
        return false;
    if (!visit_person_of(box->visit, &change.who, person, err) ||
        !last_act_of_person(box->visit->act->store, row_now.person_id, box->visit->arena, &last,
                            err))
        return false;
    asked->band = box->visit->band;
    box->visit->band = NULL;  // the person stands in the request, beside the list
    asked->seen = str_format(box->visit->arena, "%d", (int)last.no);
    if (found) dose_told(box, &change, change.kind == DOSE_ENTER ? NULL : &old, person, asked);
    return true;
}

// What a kind of the office says of itself.
static bool lines_asked(Box *box, const ApprovalRow *row, const ApprovalKind *kind, Asked *asked, Error *err)
{
    ApprovalLines lines = {0};
    Visit *visit = box->visit;
    if (row->unreadable || !kind || !kind->lines) return true;
    if (!kind->lines(visit->act, row->payload, visit->arena, &lines, err)) return false;
    VEC_EACH (const ApprovalLine, line, lines)
        *changed_rows_push(&asked->changes, visit->arena) = (Changed){line->item, line->was, line->now, true};
    return true;
}

static bool asked_whole(Box *box, const ApprovalRow *row, Asked *asked, Error *err)
{
    RequestShown shown;
    Visit *visit = box->visit;
    Str number = request_number(visit, row);
    Path go = visit_path(visit, &route_send_approval, &number, 1);
    if (!request_shown(visit, &box->ledger, row, &shown, err)) return false;
    *asked = (Asked){.what = shown.kind_words,
                     .subject = shown.subject,
                     .who = row->approval.asker.name,
                     .since = shown.asked_at,
                     .reason = row->reason,
                     .seen = S(""),
                     .go = go,
                     .origin = visit_origin(visit, go),
                     .fault = box->fault,
                     .why = box->why};
    if (shown.no != APPROVAL_YES) asked->cannot = approval_no_words(shown.no);
    if (!row->unreadable && request_of_dose(shown.kind) && !dose_asked(box, row, asked, err)) return false;
    if (!lines_asked(box, row, shown.kind, asked, err)) return false;
    return form_number(visit, &asked->once, err) && form_number(visit, &asked->other_once, err);
}

// ---- the box

static bool waiting_add(Box *box, const ApprovalRow *row, const ApprovalRow *chosen, Error *err)
{
    RequestShown shown;
    Visit *visit = box->visit;
    Str number = request_number(visit, row);
    if (!request_shown(visit, &box->ledger, row, &shown, err)) return false;
    box->page.own_count += shown.own;
    if (shown.own) return true;
    box->page.waiting_count++;
    *waiting_rows_push(&box->page.waiting, visit->arena) =
        (Waiting){.open = visit_path(visit, &route_page_approval, &number, 1),
                  .here = chosen && chosen->approval_no == row->approval_no,
                  .what = shown.kind_words,
                  .subject = shown.subject,
                  .who = row->approval.asker.name,
                  .since = shown.asked_at,
                  .until = shown.until};
    return true;
}

static bool first_of_others(Box *box, const ApprovalRow **chosen, Error *err)
{
    VEC_EACH (const ApprovalRow, row, box->rows) {
        RequestShown shown;
        if (*chosen) break;
        if (!request_shown(box->visit, &box->ledger, row, &shown, err)) return false;
        if (!shown.own) *chosen = row;
    }
    return true;
}

// How many requests were shown stands in the trail, beside the look at the person of the open one.
static bool recorded(Box *box, Error *err)
{
    AuditLeaf leaf = act_leaf(box->visit->act, AUDIT_DONE);
    leaf.rows = box->page.waiting_count;
    return visit_record(box->visit, &leaf, err);
}

static bool box_draw(Box *box, const ApprovalRow *chosen, Error *err)
{
    Asked asked;
    Visit *visit = box->visit;
    if (chosen && !approval_open(chosen->approval.state)) chosen = NULL;
    box->page.own_open = visit_path(visit, &route_page_requests, NULL, 0);
    if (!visit_ledger(visit, &box->ledger, err) ||
        !approval_rows_open(visit->act->store, visit->act->office->keys, visit->arena, &box->rows, err) ||
        (!chosen && !first_of_others(box, &chosen, err)))
        return false;
    VEC_EACH (const ApprovalRow, row, box->rows)
        if (!waiting_add(box, row, chosen, err)) return false;
    if (!recorded(box, err)) return false;
    if (chosen) {
        if (!asked_whole(box, chosen, &asked, err)) return false;
        *asked_rows_push(&box->page.asked, visit->arena) = asked;
    }
    approvals_page_write(visit->page, &box->page);
    return true;
}

bool page_approvals(Visit *visit, Error *err)
{
    Box *box = NEW(visit->arena, Box, 1);
    box->visit = visit;
    return box_draw(box, NULL, err);
}

bool page_approval(Visit *visit, Error *err)
{
    ApprovalRow row;
    Box *box = NEW(visit->arena, Box, 1);
    box->visit = visit;
    return request_asked(visit, &row, err) && box_draw(box, &row, err);
}

// ---- deciding

static bool refused_draw(Visit *visit, const ApprovalRow *row, Str refused, Str fault, Error *err)
{
    Box *box = NEW(visit->arena, Box, 1);
    box->visit = visit;
    box->page.refused = refused;
    box->fault = fault;
    box->why = individual_no_mask_text(visit->arena, web_value(visit->request->form, "why"));
    visit->status = fault.len ? 422 : 409;
    return box_draw(box, row, err);
}

// Whoever decides has seen the person as he or she stands now.
static bool seen_now(Visit *visit, const ApprovalRow *row, bool *now, Error *err)
{
    bool found;
    LastAct last;
    DoseChange change;
    PersonRow person;
    DoseRecord old;
    Ledger ledger;
    const ApprovalKind *kind =
        approval_kind_named(visit->act->office->program->approvals, row->kind);
    *now = true;
    if (row->unreadable || !request_of_dose(kind)) return true;
    if (!visit_ledger(visit, &ledger, err) ||
        !dose_change_asked(&ledger, row->payload, &change, &person, &old, &found, err) ||
        !last_act_of_person(visit->act->store, person.person_id, visit->arena, &last, err))
        return false;
    *now = str_equal(web_value(visit->request->form, "_seen"),
                     str_format(visit->arena, "%d", (int)last.no));
    return true;
}

static bool decided(Visit *visit, ApprovalRow *row, const ApprovalDecision *decision, Error *err)
{
    Error why = {0};
    bool approves = decision->kind == APPROVAL_GRANT;
    if (approval_decide(visit->act, decision, &why))
        return visit_go(visit, visit_path(visit, &route_page_approvals, NULL, 0),
                        str_format(visit->arena, "申請%lldを%s。", (long long)row->approval_no,
                                   approves ? "承認し、実行しました" : "却下しました"),
                        err);
    if (why.code != E_CONFLICT && why.code != E_RIGHT) return error_pass(err, &why);
    return request_asked(visit, row, err) &&
           refused_draw(visit, row, outlet_error_message(OUTLET_PAGE, visit->arena, &why),
                        (Str){0}, err);
}

bool send_approval(Visit *visit, Error *err)
{
    bool now;
    ApprovalRow row;
    Str asked = web_value(visit->request->form, "_do");
    Str why = str_trim(web_value(visit->request->form, "why"));
    if (!request_asked(visit, &row, err) || !seen_now(visit, &row, &now, err)) return false;
    ApprovalDecision decision = {
        .approval_no = row.approval_no,
        .kind = str_equal(asked, S("approve")) ? APPROVAL_GRANT : APPROVAL_REFUSE};
    if (decision.kind == APPROVAL_REFUSE && (!why.len || why.len > WHY_MOST))
        return refused_draw(visit, &row, (Str){0},
                            S("却下の理由を200字までで入力してください。"), err);
    if (decision.kind == APPROVAL_GRANT && !now)
        return refused_draw(visit, &row,
                            S("あなたが開いたあとに、この人の記録が変わりました。下の内容を見て、"
                              "もう一度決めてください。"),
                            (Str){0}, err);
    if (decision.kind == APPROVAL_REFUSE)
        decision.words = individual_no_mask_text(visit->arena, why);
    return decided(visit, &row, &decision, err);
}
