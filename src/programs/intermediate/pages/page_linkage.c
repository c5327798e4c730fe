// The first page of 中間サーバー: what waits for a person.
// SPDX-License-Identifier: Apache-2.0
#include "approval_rows.h"
#include "canary_rows.h"
#include "copy_record_rows.h"
#include "exchange_words.h"
#include "form.h"
#include "held_approval.h"
#include "incident_rows.h"
#include "intermediate_routes.h"
#include "linkage_html.h"
#include "provision_rows.h"

static void waiting_add(Visit *visit, LinkagePage *page, const WorkCount *count)
{
    if (!count->count) return;
    WorkCount *line = work_count_rows_push(&page->waiting, visit->arena);
    *line = *count;
    line->first = page->waiting.count == 1;  // what "." opens
    page->left += count->count;
}

// Those whose answer nobody has asked for yet; the link leads to the one whose time is over first.
static bool held(Visit *visit, LinkagePage *page, Error *err)
{
    bool may;
    ProvisionRows rows;
    HeldRequests requests;
    int64_t count = 0;
    Arena *arena = visit->arena;
    const ProvisionRow *first = NULL;
    if (!visit_may(visit, &route_page_held, &may, err)) return false;
    if (!may) return true;
    if (!provisions_held(visit->act->store, arena, &rows, err) || !held_requested(visit->act, arena, &requests, err)) return false;
    VEC_EACH (const ProvisionRow, row, rows) {
        if (held_request_of(&requests, row->provision_id)) continue;
        if (!first) first = row;
        count++;
    }
    if (!first) return true;
    Str number = str_format(arena, "%lld", (long long)first->provision_id);
    Instant until = first->state.asked_at + PROVISION_HELD_LIFE;
    waiting_add(visit, page, &(WorkCount){.open = visit_path(visit, &route_page_held_one, &number, 1),
                                          .count = count,
                                          .unit = S("件"),
                                          .what = S("職員が答えを決める照会。期限までに決めないと、期限切れとして答えます"),
                                          .until = moment_words(until, arena),
                                          .left = left_words(until, visit->act->now, arena),
                                          .go = S("確かめる"),
                                          .urgent = true});
    return true;
}

static bool requests(Visit *visit, LinkagePage *page, Error *err)
{
    bool may;
    int64_t count = 0;
    ApprovalRows rows;
    ApprovalPerson me;
    Act *act = visit->act;
    if (!visit_may(visit, &route_page_approvals, &may, err)) return false;
    if (!may) return true;
    if (!approval_person(act, &me, err) || !approval_rows_open(act->store, act->office->keys, visit->arena, &rows, err))
        return false;
    VEC_EACH (const ApprovalRow, row, rows) count += !approval_same_person(row->approval.asker, me);
    waiting_add(visit, page, &(WorkCount){.open = visit_path(visit, &route_page_approvals, NULL, 0),
                                          .count = count,
                                          .unit = S("件"),
                                          .what = S("ほかの人が申請した、承認を待つもの"),
                                          .go = S("承認箱を開く")});
    return true;
}

// Copies that are old answer nobody, and neither does an old list.
static bool state(Visit *visit, LinkagePage *page, Error *err)
{
    CopySetRows sets;
    LinkageHome home;
    if (!linkage_home(visit->act, visit->arena, &home, err) || !copy_sets(visit->act->store, visit->arena, &sets, err))
        return false;
    waiting_add(visit, page, &(WorkCount){.open = visit_path(visit, &route_page_stands, NULL, 0),
                                          .count = linkage_wrong(&home, &sets),
                                          .unit = S("件"),
                                          .what = S("照合リスト・副本の状態で、確かめること"),
                                          .go = S("状態を見る"),
                                          .urgent = true});
    return true;
}

// Copies of others that an inquirer cannot read, or not as they should be: seen from here, for there nobody sees it.
static bool unread(Visit *visit, LinkagePage *page, Error *err)
{
    CanaryRows rows;
    int64_t wrong = 0;
    if (!canaries(visit->act->store, visit->arena, &rows, err)) return false;
    VEC_EACH (const CanaryRow, row, rows) wrong += canary_row_objection(row, visit->act->now) != CANARY_SINGS;
    waiting_add(visit, page, &(WorkCount){.open = visit_path(visit, &route_page_stands, NULL, 0),
                                          .count = wrong,
                                          .unit = S("件"),
                                          .what = S("読めないか古い、相手の団体の副本（見張り）"),
                                          .go = S("状態を見る"),
                                          .urgent = true});
    return true;
}

static bool incident_add_line(Visit *visit, const Incident *row, bool may, IncidentLineRows *lines, Error *err)
{
    Arena *arena = visit->arena;
    Str number = str_format(arena, "%lld", (long long)row->incident_no);
    IncidentLine line = {.no = row->incident_no,
                         .kind = incident_words(row->kind),
                         .urgent = str_equal(row->kind, S("E105")),
                         .at = moment_words(row->at, arena),
                         .about = row->about,
                         .number = unified_text(&row->person),
                         .origin = S(""),
                         .once = S("")};
    if (!copy_path(visit, &row->person, &line.person, err)) return false;
    if (may) {
        line.go = visit_path(visit, &route_send_incident, &number, 1);
        line.origin = visit_origin(visit, line.go);
        if (!form_number(visit, &line.once, err)) return false;
    }
    *incident_line_rows_push(lines, arena) = line;
    return true;
}

static bool incidents(Visit *visit, LinkagePage *page, Error *err)
{
    bool may;
    IncidentRows rows;
    if (!visit_may(visit, &route_send_incident, &may, err) || !incidents_open(visit->act->store, visit->arena, &rows, err))
        return false;
    VEC_EACH (const Incident, row, rows)
        if (!incident_add_line(visit, row, may, &page->incidents, err)) return false;
    page->incident_count = rows.count;
    page->left += rows.count;
    return true;
}

bool page_linkage(Visit *visit, Error *err)
{
    LinkagePage page = {0};
    if (!held(visit, &page, err) || !requests(visit, &page, err) || !state(visit, &page, err) || !unread(visit, &page, err) || !incidents(visit, &page, err))
        return false;
    visit->rows = page.left;
    linkage_page_write(visit->page, &page);
    return true;
}

bool send_incident(Visit *visit, Error *err)
{
    bool found;
    int64_t number;
    Act *act = visit->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = visit->variables[0];
    if (!str_int64(visit->variables[0], &number)) number = 0;
    if (!act_begin(act, err) || !incident_done(act->store, number, act->now, actor_name(act->actor), &found, err)) return false;
    if (!found) return FAIL(err, E_NOT_FOUND, .words = S("この仕事はありません。もうほかの人が確かめました。"));
    return act_record(act, &leaf, err) && store_commit(act->store, err) &&
           visit_go(visit, visit_path(visit, &route_page_linkage, NULL, 0),
                    str_format(visit->arena, "仕事 %lld を確かめたと記録しました。", (long long)number), err);
}
