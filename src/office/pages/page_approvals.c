// The box of approvals: what waits for the person of the visit, what each request would change, and the decision.
// SPDX-License-Identifier: Apache-2.0
#include "approvals_html.h"
#include "form.h"
#include "individual_no.h"
#include "outlet.h"
#include "request_pages.h"
#include "request_shown.h"

enum { WHY_MOST = 600 };  // bytes of the reason of a refusal

typedef struct Box {
    Visit *visit;
    ApprovalRows rows;
    ApprovalsPage page;
    Str fault, why;
} Box;

// ---- one request, whole

// What the program adds: the request is of a kind of its own.
static bool own_asked(Box *box, const ApprovalRow *row, Asked *asked, Error *err)
{
    bool known = false;
    RequestTold told = {0};
    Visit *visit = box->visit;
    const RequestPages *own = visit_requests(visit);
    if (!own || row->unreadable) return true;
    if (!own->told(visit, row, &known, &told, err)) return false;
    asked->band = told.band;
    visit->band = NULL;  // the person stands in the request, beside the list
    if (told.seen.len) asked->seen = told.seen;
    asked->verdict = told.verdict;
    VEC_EACH (const RequestChange, c, told.changes)
        *changed_rows_push(&asked->changes, visit->arena) = (Changed){c->item, c->was, c->now, c->changed};
    VEC_EACH (const RequestTurn, t, told.turns)
        *turned_rows_push(&asked->turns, visit->arena) = (Turned){t->what, t->was, t->now};
    return true;
}

// What a kind says of itself.
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
    if (!request_shown(visit, row, &shown, err)) return false;
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
    if (!own_asked(box, row, asked, err)) return false;
    if (!lines_asked(box, row, shown.kind, asked, err)) return false;
    return form_number(visit, &asked->once, err) && form_number(visit, &asked->other_once, err);
}

// ---- the box

static bool waiting_add(Box *box, const ApprovalRow *row, const ApprovalRow *chosen, Error *err)
{
    RequestShown shown;
    Visit *visit = box->visit;
    Str number = request_number(visit, row);
    if (!request_shown(visit, row, &shown, err)) return false;
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
        if (!request_shown(box->visit, row, &shown, err)) return false;
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
    if (!approval_rows_open(visit->act->store, visit->act->office->keys, visit->arena, &box->rows, err) ||
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
    Str state;
    bool known = false;
    const RequestPages *own = visit_requests(visit);
    *now = true;
    if (!own || row->unreadable) return true;
    if (!own->state(visit, row, &known, &state, err)) return false;
    *now = !known || str_equal(web_value(visit->request->form, "_seen"), state);
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
    store_rollback(visit->act->store);  // of what could not be carried out; a request that lapsed is kept already
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
