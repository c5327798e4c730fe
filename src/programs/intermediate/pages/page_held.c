// Answers that wait for people: what exactly would go out, and asking that it goes out or is refused (held_approval.h).
// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"
#include "form.h"
#include "held_approval.h"
#include "held_html.h"
#include "held_one_html.h"
#include "intermediate_routes.h"
#include "outlet.h"

#define RELEASE "提供する"
#define REFUSE  "提供を拒否する"
static const char *const choices[] = {RELEASE, REFUSE, NULL};
static const FormField fields[] = {
    {"choice", "答え", FORM_CHOICE, 0, true, 0, NULL, choices},
    {"reason", "理由", FORM_LINE, 200, true, 60, "例: 転出先の市からの照会で、住民記録と合うことを確かめた", NULL},
};
static const FormKind kind = {"held", fields, countof(fields), "申請する", NULL};

static Str why_words(const ProvisionFacts *facts)
{
    if (!unified_text(&facts->person).len) return S("符号の人がいません。");
    if (facts->doubted) return S("ひも付けが疑われています。");
    if (facts->look_first) return S("自動応答不可の人です。");
    return S("職員が答えを決める照会です。");
}

// ---- which

static Instant held_until(const ProvisionRow *row)
{
    return row->state.asked_at + PROVISION_HELD_LIFE;
}

static Str request_words(const HeldRequest *request, Arena *arena)
{
    if (!request) return (Str){0};
    return str_format(arena, "承認待ち（申請 %lld、%.*s）", (long long)request->approval_no, STR(request->asker));
}

static bool line_add(Visit *visit, const LinkageHome *home, const ProvisionRow *row, const HeldRequests *requests,
                     HeldLineRows *lines, Error *err)
{
    Path copy;
    Answerable found;
    Arena *arena = visit->arena;
    const Permit *permit = &row->copy.permit;
    const HeldRequest *request = held_request_of(requests, row->provision_id);
    Str number = str_format(arena, "%lld", (long long)row->provision_id);
    if (!answering_facts(home, &row->copy, arena, &found, err) || !copy_path(visit, &found.facts.person, &copy, err)) return false;
    *held_line_rows_push(lines, arena) = (HeldLine){.open = visit_path(visit, &route_page_held_one, &number, 1),
                                                    .no = row->provision_id,
                                                    .soon = !request && held_until(row) - visit->act->now < INSTANT_DAY,
                                                    .left = left_words(held_until(row), visit->act->now, arena),
                                                    .inquirer = organisation_named(visit, &permit->question.inquirer),
                                                    .item = permit->question.item,
                                                    .inquiry = str_copy(arena, str_of(permit->inquiry.digits)),
                                                    .number = str_copy(arena, unified_text(&found.facts.person)),
                                                    .asked = moment_words(row->state.asked_at, arena),
                                                    .until = moment_words(held_until(row), arena),
                                                    .why = why_words(&found.facts),
                                                    .waits = request_words(request, arena)};
    return true;
}

bool page_held(Visit *visit, Error *err)
{
    LinkageHome home;
    ProvisionRows rows;
    HeldPage page = {0};
    HeldRequests requests;
    if (!linkage_home(visit->act, visit->arena, &home, err) || !provisions_held(visit->act->store, visit->arena, &rows, err) ||
        !held_requested(visit->act, visit->arena, &requests, err))
        return false;
    VEC_EACH (const ProvisionRow, row, rows)
        if (!line_add(visit, &home, row, &requests, &page.lines, err)) return false;
    page.count = visit->rows = rows.count;
    held_page_write(visit->page, &page);
    return true;
}

// ---- one of them

typedef struct HeldVisit {
    Visit *visit;
    ProvisionRow row;
    Answerable found;
    ApprovalLines lines;
    Str seen;    // of what would go out
    Str waits;   // for whom its request waits; {0}: nobody has asked yet
    Path go;
} HeldVisit;

static bool looked_at(Visit *visit, const UnifiedNo *person, Error *err)
{
    AddresseeNo whose;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    if (!unified_text(person).len) return true;
    if (!addressee_no_parse(unified_text(person), &whose, NULL, err)) return false;
    leaf.act = AUDIT_LOOK;
    leaf.whose = &whose;
    leaf.detail = visit->variables[0];
    return visit_record(visit, &leaf, err) != NULL;
}

static bool held_visit(Visit *visit, HeldVisit *h, Error *err)
{
    bool there;
    int64_t number;
    LinkageHome home;
    HeldRequests requests;
    Arena *arena = visit->arena;
    *h = (HeldVisit){.visit = visit, .go = visit_path(visit, &route_page_held_one, visit->variables, 1)};
    if (!str_int64(visit->variables[0], &number)) number = 0;
    if (!linkage_home(visit->act, arena, &home, err) ||
        !provision_of_id(visit->act->store, number, arena, &h->row, &there, err))
        return false;
    if (!there || h->row.state.state != PROVISION_HELD)
        return FAIL(err, E_NOT_FOUND, .words = S("この番号の照会は、もう待っていません。「手動応答」を開き直してください。"));
    if (!answering_facts(&home, &h->row.copy, arena, &h->found, err) || !looked_at(visit, &h->found.facts.person, err) ||
        !answer_lines(h->found.data, arena, &h->lines, err) || !held_requested(visit->act, arena, &requests, err))
        return false;
    h->seen = held_summary(visit->act, &h->found, arena);
    h->waits = request_words(held_request_of(&requests, h->row.provision_id), arena);
    return true;
}

static bool draw(HeldVisit *h, Form *form, Error *err)
{
    Visit *visit = h->visit;
    Arena *arena = visit->arena;
    const Permit *permit = &h->row.copy.permit;
    if (!form_draw(form, err)) return false;
    Instant until = held_until(&h->row);
    HeldOnePage page = {.sub = str_format(arena, "%.*s からの照会 %s", STR(organisation_named(visit, &permit->question.inquirer)),
                                          permit->inquiry.digits),
                        .back = visit_path(visit, &route_page_held, NULL, 0),
                        .why = why_words(&h->found.facts),
                        .item = permit->question.item,
                        .until = moment_words(until, arena),
                        .left = left_words(until, visit->act->now, arena),
                        .as_of = h->found.facts.copies_as_of ? moment_words(h->found.facts.copies_as_of, arena) : S("まだありません"),
                        .summary = h->seen,
                        .waits = h->waits,
                        .top = form->top};
    if (!h->waits.len) page.form = form->body;
    VEC_EACH (const ApprovalLine, line, h->lines) *held_item_rows_push(&page.items, arena) = (HeldItem){line->item, line->now};
    held_one_page_write(visit->page, &page);
    return true;
}

#define CHANGED S("見ているあいだに、提供する内容が変わりました。下の表を確かめて、もう一度申請してください。")

bool page_held_one(Visit *visit, Error *err)
{
    Form form;
    HeldVisit *h = NEW(visit->arena, HeldVisit, 1);
    if (!held_visit(visit, h, err) || !form_open(visit, &kind, h->go, visit->variables[0], &form, err)) return false;
    form_seen(&form, h->seen, CHANGED);
    return draw(h, &form, err);
}

static bool asked(HeldVisit *h, const Form *form, int64_t *approval, Error *err)
{
    Act *act = h->visit->act;
    bool releases = str_equal(form_value(form, "choice"), S(RELEASE));
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (!act_begin(act, err) || !held_ask(act, h->row.provision_id, releases ? CHOICE_RELEASE : CHOICE_REFUSE,
                                          form_value(form, "reason"), approval, err))
        return false;
    leaf.detail = str_format(act->arena, "申請 %lld", (long long)*approval);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool send_held_one(Visit *visit, Error *err)
{
    Form form;
    Error why = {0};
    int64_t approval;
    HeldVisit *h = NEW(visit->arena, HeldVisit, 1);
    if (!held_visit(visit, h, err)) return false;
    form_read(visit, &kind, h->go, visit->variables[0], &form);
    form_seen(&form, h->seen, CHANGED);
    if (h->waits.len) form_trouble(&form, S("もう申請されています。ほかの職員の承認を待っています。"));
    if (form.faulty) return draw(h, &form, err);
    if (asked(h, &form, &approval, &why))
        return visit_go(visit, visit_path(visit, &route_page_held, NULL, 0),
                        str_format(visit->arena, "申請 %lld を受け付けました。ほかの職員が承認箱で承認すると、そのとおりに答えます。",
                                   (long long)approval),
                        err);
    if (why.code != E_CONFLICT && why.code != E_NOT_FOUND) return error_pass(err, &why);
    store_rollback(visit->act->store);
    form_trouble(&form, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
    return draw(h, &form, err);
}
