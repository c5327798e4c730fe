// SPDX-License-Identifier: Apache-2.0
#include "approvals.h"

#include <assert.h>
#include <string.h>

#include "act.h"
#include "approval_rows.h"

const ApprovalKind *approval_kind_named(ApprovalKinds kinds, Str name)
{
    for (int i = 0; i < kinds.count; i++)
        if (str_equal(name, str_of(kinds.at[i]->name))) return kinds.at[i];
    return NULL;
}

static ApprovalHash bound_hash(const Act *act, Str parts, const Sha256 *content, Arena scratch)
{
    ApprovalHash hash;
    Str bytes = str_join(&scratch, parts, (Str){(const char *)content->at, sizeof content->at});
    Sha256 bound = keys_index(act->office->keys, S("approval"),
                              (Bytes){(const unsigned char *)bytes.at, bytes.len});
    static_assert(sizeof bound.at == sizeof hash.at, "one kind of digest");
    memcpy(hash.at, bound.at, sizeof hash.at);
    return hash;
}

static Str all_parts(const Str *parts, ptrdiff_t count, Arena *arena)
{
    Text all = {0};
    for (ptrdiff_t i = 0; i < count; i++) text_addf(&all, arena, "%td:%.*s,", parts[i].len, STR(parts[i]));
    return text_str(&all);
}

// The whole request is bound, not only what it would change: who asked for what in which words, and why, when, and
// until which day it may be granted. A request of a version that did not bind the term is still the one that was asked.
static bool request_hash(Act *act, const ApprovalKind *kind, const ApprovalRow *row,
                         ApprovalHash *hash, Error *err)
{
    enum { WITHOUT_TERM = 6 };
    Sha256 content;
    const ApprovalPerson *asker = &row->approval.asker;
    Str term = str_format(act->arena, "%lld %lld", (long long)row->asked_at, (long long)row->approval.last_day);
    const Str parts[] = {str_of(kind->name), row->subject,
                         row->reason,        {(const char *)row->payload.at, row->payload.len},
                         asker->name,        asker->proof, term};
    if (!kind->content(act, row->payload, act->arena, &content, err)) return false;
    *hash = bound_hash(act, all_parts(parts, WITHOUT_TERM, act->arena), &content, *act->arena);
    if (memcmp(hash->at, row->approval.content.at, sizeof hash->at))
        *hash = bound_hash(act, all_parts(parts, countof(parts), act->arena), &content, *act->arena);
    return true;
}

bool approval_person(const Act *act, ApprovalPerson *person, Error *err)
{
    person->name = actor_name(act->actor);
    return actor_marks(act->actor, act->store, act->arena, &person->proof, err);
}

static bool event_of(const Act *act, ApprovalEventKind kind, ApprovalEvent *event, Error *err)
{
    Day today = instant_day_in_japan(act->now);  // whatever business day was named: a term is no matter of typing
    *event = (ApprovalEvent){.kind = kind, .today = today, .last_day = today + APPROVAL_DAYS};
    return approval_person(act, &event->who, err);
}

bool approval_ask(Act *act, const ApprovalAsked *asked, int64_t *approval_no, Error *err)
{
    assert(asked->reason.len > 0);
    assert(asked->subject.len > 0);
    ApprovalEvent event;
    if (!event_of(act, APPROVAL_ASK, &event, err)) return false;
    ApprovalRow row = {.kind = str_of(asked->kind->name),
                       .subject = asked->subject,
                       .reason = asked->reason,
                       .payload = asked->payload,
                       .approval = {.asker = event.who, .last_day = event.last_day},
                       .asked_at = act->now};
    if (!request_hash(act, asked->kind, &row, &event.content, err)) return false;
    row.approval = approval_step(&(Approval){0}, &event).next;
    if (!approval_row_add(act->store, act->office->keys, &row, *act->arena, err)) return false;
    *approval_no = row.approval_no;
    return true;
}

bool approval_find(Act *act, const ApprovalKind *kind, Bytes payload, int64_t *approval_no, Error *err)
{
    ApprovalRows rows;
    if (!approval_rows_open(act->store, act->office->keys, act->arena, &rows, err)) return false;
    *approval_no = 0;
    VEC_EACH (ApprovalRow, row, rows) {
        bool same = row->payload.len == payload.len && !memcmp(row->payload.at, payload.at, (size_t)payload.len);
        if (same && str_equal(row->kind, str_of(kind->name))) *approval_no = row->approval_no;
    }
    return true;
}

bool approval_ask_once(Act *act, const ApprovalAsked *asked, int64_t *approval_no, Error *err)
{
    int64_t waits;
    if (!approval_find(act, asked->kind, asked->payload, &waits, err)) return false;
    if (!waits) return approval_ask(act, asked, approval_no, err);
    return FAIL(err, E_CONFLICT, .item = S("申請"), .value = asked->subject,
                .words = str_format(act->arena, "同じ内容の申請%lldが、もう承認を待っています。", (long long)waits));
}

bool approval_overtaken(Act *act, const ApprovalKind *kind, int64_t approval_no, bool *overtaken, Error *err)
{
    bool found;
    ApprovalRow row;
    ApprovalHash now;
    if (!approval_row_read(act->store, act->office->keys, approval_no, act->arena, &row, &found, err)) return false;
    *overtaken = !found || row.unreadable || instant_day_in_japan(act->now) > row.approval.last_day;
    if (*overtaken) return true;
    if (!request_hash(act, kind, &row, &now, err)) return false;
    *overtaken = memcmp(now.at, row.approval.content.at, sizeof now.at) != 0;
    return true;
}

bool approval_view(Act *act, const ApprovalRow *row, ApprovalNo *grant, Error *err)
{
    ApprovalEvent event;
    const ApprovalKind *kind = approval_kind_named(act->office->program->approvals, row->kind);
    *grant = APPROVAL_NOT_NOW;
    if (!kind || row->unreadable) return true;
    if (!event_of(act, APPROVAL_GRANT, &event, err) ||
        !request_hash(act, kind, row, &event.content, err))
        return false;
    *grant = approval_step(&row->approval, &event).no;
    return true;
}

// ---- deciding

static bool row_find(Act *act, int64_t approval_no, ApprovalRow *row, Error *err)
{
    bool found;
    if (!approval_row_read(act->store, act->office->keys, approval_no, act->arena, row, &found, err)) return false;
    return found ||
           FAIL(err, E_NOT_FOUND, .item = S("番号"),
                .value = str_format(act->arena, "%lld", (long long)approval_no),
                .words = S("この番号の申請はありません。approvals list で確かめてください。"));
}

// Granting means carrying out at once: nothing can change between the two.
static bool grant_and_run(Act *act, ApprovalRow *row, ApprovalEvent *event, void *brought, ApprovalStep *step,
                          Error *err)
{
    const ApprovalKind *kind = approval_kind_named(act->office->program->approvals, row->kind);
    if (!kind)
        return FAIL(err, E_NOT_FOUND, .value = row->kind,
                    .words = S("この種類の申請はこの版では扱えません。"));
    // What does not open any more is not what was asked for: no digest, and the request lapses.
    if (!row->unreadable && !request_hash(act, kind, row, &event->content, err)) return false;
    *step = approval_step(&row->approval, event);
    if (step->no != APPROVAL_YES) return true;
    event->kind = APPROVAL_DO;
    *step = approval_step(&step->next, event);
    assert(step->no == APPROVAL_YES);
    return kind->run(act, row->payload, brought, act->arena, err);
}

static bool step_take(Act *act, ApprovalRow *row, const ApprovalDecision *decision,
                      ApprovalStep *step, Error *err)
{
    ApprovalEvent event;
    if (!event_of(act, decision->kind, &event, err)) return false;
    if (decision->kind == APPROVAL_GRANT) return grant_and_run(act, row, &event, decision->brought, step, err);
    *step = approval_step(&row->approval, &event);
    return true;
}

static bool row_keep(Act *act, ApprovalRow *row, const ApprovalDecision *decision,
                     const ApprovalStep *step, Error *err)
{
    ApprovalState was = row->approval.state;
    AuditLeaf leaf = act_leaf(act, step->no == APPROVAL_YES ? AUDIT_DONE : AUDIT_REFUSED);
    Str state = approval_state_words(step->next.state);
    leaf.detail = str_format(act->arena, "%lld %.*s %.*s", (long long)row->approval_no,
                             STR(row->kind), STR(state));
    row->approval = step->next;
    row->decision = decision->words;
    row->decided_at = act->now;
    bool moved = step->next.state != was;
    int64_t record_no;
    return audit_next_no(act->store, &record_no, err) &&
           (!moved || approval_row_move(act->store, row, was, record_no, err)) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool told_no(ApprovalNo no, const ApprovalRow *row, Error *err)
{
    ErrorCode code = no == APPROVAL_SAME_PERSON || no == APPROVAL_NOT_ASKER ? E_RIGHT : E_CONFLICT;
    return FAIL(err, code, .item = S("申請"), .value = row->subject,
                .words = approval_no_words(no));
}

// A decision is one's own: whoever may act in another's name may not decide in it.
static bool decides_himself(const Act *act, Error *err)
{
    return !actor_represents(act->actor) ||
           FAIL(err, E_RIGHT, .item = S("職員"), .value = actor_name(act->actor),
                .words = S("承認、却下、取下げは本人がします。ほかの職員の名前ではできません。自分のログインで実行してください。"));
}

bool approval_decide(Act *act, const ApprovalDecision *decision, Error *err)
{
    ApprovalRow row;
    ApprovalStep step;
    if (!decides_himself(act, err) || !act_begin(act, err) ||
        !row_find(act, decision->approval_no, &row, err) ||
        !step_take(act, &row, decision, &step, err) || !row_keep(act, &row, decision, &step, err))
        return false;
    act->failure_recorded |= step.no != APPROVAL_YES;
    return step.no == APPROVAL_YES || told_no(step.no, &row, err);
}
