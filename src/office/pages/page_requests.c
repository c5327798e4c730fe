// What the person of the visit has asked for: what waits for another one, what was decided, and taking it back.
// SPDX-License-Identifier: Apache-2.0
#include "form.h"
#include "request_shown.h"
#include "requests_html.h"

enum { DECIDED_MOST = 20 };

static Str decided_words(const ApprovalRow *row, Arena *arena)
{
    if (!row->approval.decider.name.len) return (Str){0};
    return str_format(arena, "%.*sさん　%.*s", STR(row->approval.decider.name), STR(row->decision));
}

static bool own_add(Visit *visit, const ApprovalRow *row, RequestsPage *page, Error *err)
{
    RequestShown shown;
    Arena *arena = visit->arena;
    bool open = approval_open(row->approval.state);
    if (!request_shown(visit, row, &shown, err)) return false;
    Str number = request_number(visit, row);
    Path go = visit_path(visit, &route_send_withdrawal, &number, 1);
    Own own = {.number = number,
               .what = shown.kind_words,
               .subject = shown.subject,
               .since = shown.asked_at,
               .reason = row->reason,
               .state = approval_state_words(row->approval.state),
               .open = open,
               .until = open ? shown.until : (Str){0},
               .decided = decided_words(row, arena),
               .go = go,
               .origin = visit_origin(visit, go)};
    if (!form_number(visit, &own.once, err)) return false;
    page->count += open;
    *own_rows_push(&page->own, arena) = own;
    return true;
}

bool page_requests(Visit *visit, Error *err)
{
    ApprovalPerson me;
    ApprovalRows open, decided;
    RequestsPage page = {0};
    if (!approval_person(visit->act, &me, err) ||
        !approval_rows_open(visit->act->store, visit->act->office->keys, visit->arena, &open, err) ||
        !approval_rows_decided(visit->act->store, visit->act->office->keys, actor_name(visit->act->actor), DECIDED_MOST,
                               visit->arena, &decided, err))
        return false;
    // Of somebody else's request not even the subject is looked up: it may be about whom nobody here may open.
    VEC_EACH (const ApprovalRow, row, open)
        if (approval_same_person(row->approval.asker, me) && !own_add(visit, row, &page, err)) return false;
    VEC_EACH (const ApprovalRow, row, decided)
        if (!own_add(visit, row, &page, err)) return false;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.rows = page.own.count;
    if (!visit_record(visit, &leaf, err)) return false;
    requests_page_write(visit->page, &page);
    return true;
}

bool send_withdrawal(Visit *visit, Error *err)
{
    ApprovalRow row;
    if (!request_asked(visit, &row, err)) return false;
    const ApprovalDecision decision = {.approval_no = row.approval_no, .kind = APPROVAL_WITHDRAW};
    return approval_decide(visit->act, &decision, err) &&
           visit_go(visit, visit_path(visit, &route_page_requests, NULL, 0),
                    str_format(visit->arena, "申請%lldを取り下げました。",
                               (long long)row.approval_no),
                    err);
}
