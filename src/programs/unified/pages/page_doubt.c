// One thing that does not fit: both records beside one another, and what a person says of it (work_decide.h).
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "doubt_html.h"
#include "form.h"
#include "outlet.h"
#include "person_state.h"
#include "unified_person_rows.h"
#include "unified_routes.h"
#include "unified_words.h"
#include "work_decide.h"

#define DONE "住民記録で正したので終える"
// What may be said of each kind of work: first what accepts it, and last what does not.
#define DOUBT_FORM(NAME, ...)                                                                                  \
    static const char *const NAME##_choices[] = {__VA_ARGS__, NULL};                                           \
    static const FormField NAME##_fields[] = {                                                                 \
        {"choice", "結果", FORM_CHOICE, 0, true, 0, NULL, NAME##_choices},                                     \
        {"reason", "どう確かめたか", FORM_LINE, 200, true, 60, "例: 住民票で4情報を確かめた", NULL}};          \
    static const FormKind NAME = {"doubt_" #NAME, NAME##_fields, countof(NAME##_fields), "決める", NULL}
DOUBT_FORM(same_person, "同じ人と認める", "同じ人と認めない");
DOUBT_FORM(right_code, "この人の符号は正しいと確かめた", "この人の符号のひも付けを解く");
DOUBT_FORM(ask_again, "確かめたので、もう一度求める", DONE);
DOUBT_FORM(over, DONE);

static const FormKind *form_of(WorkKind work)
{
    static const FormKind *const forms[WORK_KINDS] = {
        [WORK_NUMBER_REVIEW] = &same_person, [WORK_CODE_CLASH] = &right_code, [WORK_FACTS_MISSING] = &ask_again,
        [WORK_PERSON_DIFFERS] = &ask_again,  [WORK_CODE_NOBODY] = &ask_again, [WORK_CODE_DELETED] = &ask_again};
    return forms[work] ? forms[work] : &over;
}

static bool accepts(const Form *form, WorkKind work)
{
    const FormKind *kind = form_of(work);
    return kind != &over && str_equal(form_value(form, "choice"), str_of(kind->fields[0].choices[0]));
}

typedef struct Doubt {
    Visit *visit;
    UnifiedWork work;
    Path go;
} Doubt;

// Who reads it wipes the number of what was said.
static bool work_of(Visit *visit, Doubt *d, Error *err)
{
    int64_t number;
    Act *act = visit->act;
    *d = (Doubt){.visit = visit, .go = visit_path(visit, &route_page_doubt, visit->variables, 1)};
    if (!str_int64(visit->variables[0], &number)) number = 0;
    if (!unified_work_find(act->store, act->office->keys, number, visit->arena, &d->work, err)) return false;
    return d->work.work_no || FAIL(err, E_NOT_FOUND, .words = S("この番号の仕事は残っていません。「今日の仕事」から開き直してください。"));
}

static bool whose_leaf(Doubt *d, AuditResult result, AddresseeNo *whose, AuditLeaf *leaf, Error *err)
{
    *leaf = act_leaf(d->visit->act, result);
    if (!work_whose(d->visit->act->store, &d->work, *d->visit->arena, whose, err)) return false;
    leaf->whose = addressee_text(whose).len ? whose : NULL;
    return true;
}

// ---- shown

static DoubtSide side_of(const char *whose, const FourFacts *facts, bool hidden, Arena *arena)
{
    return (DoubtSide){.whose = str_of(whose),
                       .kana = facts->kana,
                       .birth = date_partial_era_text(arena, facts->birth),
                       .sex = sex_words(facts->sex),
                       .address = unified_place(hidden, facts->address)};
}

static bool person_add(Doubt *d, const char *whose, int64_t person_id, bool *hidden, DoubtPage *page, Error *err)
{
    UnifiedPerson person;
    Visit *visit = d->visit;
    if (!person_id) return true;
    if (!unified_of_id(visit->act->store, visit->act->office->keys, person_id, visit->arena, &person, err)) return false;
    *hidden |= person.hidden;
    DoubtSide side = side_of(whose, &person.facts, *hidden, visit->arena);
    side.number = str_copy(visit->arena, unified_text(&person.no));
    if (!unified_path(visit, person_id, &side.open, err)) return false;
    *doubt_side_rows_push(&page->sides, visit->arena) = side;
    return true;
}

static void said_add(Doubt *d, bool hidden, DoubtPage *page)
{
    char mask[INDIVIDUAL_NO_MASK_SIZE];
    if (!d->work.said.there) return;
    DoubtSide side = side_of("届いた内容", &d->work.said.facts, hidden, d->visit->arena);
    side.individual = str_copy(d->visit->arena, str_of(individual_no_mask(&d->work.said.number, mask)));
    *doubt_side_rows_push(&page->sides, d->visit->arena) = side;
}

static bool drawn(Doubt *d, Form *form, Error *err)
{
    bool may;
    Visit *visit = d->visit;
    bool hidden = d->work.said.hidden;  // the register's last word, also while it waits here
    DoubtPage page = {.title = str_of(work_label(d->work.kind)),
                      .words = unified_work_words(d->work.kind),
                      .stops = work_stops(d->work.kind) == STOPS_ALL,
                      .back = visit_path(visit, &route_page_doubts, NULL, 0)};
    if (!visit_may(visit, &route_send_doubt, &may, err) || !person_add(d, "登録", d->work.person_id, &hidden, &page, err) ||
        !person_add(d, "相手の登録", d->work.other_id, &hidden, &page, err))
        return false;
    said_add(d, hidden, &page);
    if (may) {
        if (!form_draw(form, err)) return false;
        page.top = form->top;
        page.form = form->body;
    }
    doubt_page_write(visit->page, &page);
    return true;
}

static bool shown(Doubt *d, Error *err)
{
    Form form;
    AuditLeaf leaf;
    AddresseeNo whose;
    if (!whose_leaf(d, AUDIT_DONE, &whose, &leaf, err)) return false;
    leaf.detail = d->visit->variables[0];
    return visit_record(d->visit, &leaf, err) &&
           form_open(d->visit, form_of(d->work.kind), d->go, d->visit->variables[0], &form, err) && drawn(d, &form, err);
}

bool page_doubt(Visit *visit, Error *err)
{
    Doubt d;
    if (!work_of(visit, &d, err)) return false;
    bool good = shown(&d, err);
    individual_no_wipe(&d.work.said.number);
    return good;
}

// ---- decided

static bool carried_out(Doubt *d, const Form *form, Error *err)
{
    AuditLeaf leaf;
    AddresseeNo whose;
    Act *act = d->visit->act;
    const WorkDecision decision = {.work_no = d->work.work_no,
                                   .accepted = accepts(form, d->work.kind),
                                   .by = actor_name(act->actor),
                                   .reason = form_value(form, "reason"),
                                   .at = act->now};
    if (!act_begin(act, err) || !work_decide(act, &d->work, &decision, *d->visit->arena, err) ||
        !whose_leaf(d, AUDIT_DONE, &whose, &leaf, err))
        return false;
    leaf.detail = str_format(act->arena, "%lld %s", (long long)decision.work_no, decision.accepted ? "accept" : "dismiss");
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool sent(Doubt *d, Error *err)
{
    Form form;
    Error why = {0};
    Visit *visit = d->visit;
    form_read(visit, form_of(d->work.kind), d->go, visit->variables[0], &form);
    if (form.faulty) return drawn(d, &form, err);
    if (carried_out(d, &form, &why))
        return visit_go(visit, visit_path(visit, &route_page_doubts, NULL, 0),
                        str_format(visit->arena, "仕事 %lld の結果を記録しました。", (long long)d->work.work_no), err);
    if (why.code != E_CONFLICT && why.code != E_NOT_FOUND) return error_pass(err, &why);
    store_rollback(visit->act->store);
    form_trouble(&form, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
    return drawn(d, &form, err);
}

bool send_doubt(Visit *visit, Error *err)
{
    Doubt d;
    if (!work_of(visit, &d, err)) return false;
    bool good = sent(&d, err);
    individual_no_wipe(&d.work.said.number);
    return good;
}
