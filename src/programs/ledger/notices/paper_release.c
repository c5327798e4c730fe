// SPDX-License-Identifier: Apache-2.0
#include "paper_release.h"

#include <assert.h>

#include "act.h"
#include "list_permit_rows.h"
#include "notice_paper.h"
#include "numbers.h"

// ---- what is released

typedef struct Released {
    BatchRow batch;
    NoticePapers papers;
    Sha256 content;
} Released;

static bool released_read(Act *act, const BatchRow *batch, Arena *arena, Released *r, Error *err)
{
    Text all = {0};
    *r = (Released){.batch = *batch};
    if (!notice_papers_of(act->store, batch->run_no, arena, &r->papers, err)) return false;
    text_addf(&all, arena, "%.*s %lld\n", STR(batch->number), (long long)batch->sent);
    VEC_EACH (const NoticePaper, paper, r->papers) {
        char hash[SHA256_TEXT_SIZE];
        text_addf(&all, arena, "%.*s %s\n", STR(paper->name), sha256_text(&paper->file->hash, hash));
    }
    Str text = text_str(&all);
    r->content = keys_index(act->office->keys, S("paper release"), (Bytes){(const unsigned char *)text.at, text.len});
    return true;
}

// "花子\nN20261001-001"
static Bytes payload_of(Str asker, Str number, Arena *arena)
{
    Str text = str_format(arena, "%.*s\n%.*s", STR(asker), STR(number));
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static bool payload_open(Act *act, Bytes payload, Arena *arena, Str *asker, Released *r, Error *err)
{
    bool found;
    BatchRow batch;
    Cut cut = str_cut((Str){(const char *)payload.at, payload.len}, '\n');
    *asker = cut.head;
    if (!batch_row_find(act->store, cut.tail, arena, &batch, &found, err)) return false;
    if (found) return released_read(act, &batch, arena, r, err);
    return FAIL(err, E_CONFLICT, .words = S("申請された束がありません。取り下げて、もう一度申請してください。"));
}

static ListPermit permit_of(const Act *act, const Released *r, Str asker)
{
    return (ListPermit){.asker = asker, .asked = r->batch.number, .content = r->content, .day = act->business_day};
}

// ---- the kind

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Str asker;
    Released r;
    if (!payload_open(act, payload, arena, &asker, &r, err)) return false;
    *content = r.content;
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Str asker;
    Released r;
    (void)brought;
    if (!payload_open(act, payload, arena, &asker, &r, err)) return false;
    const ListPermit permit = permit_of(act, &r, asker);
    return list_permit_insert(act->store, act->office->keys, &permit, *arena, err);
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Str asker;
    Released r;
    if (!payload_open(act, payload, arena, &asker, &r, err)) return false;
    *approval_lines_push(lines, arena) =
        (ApprovalLine){.item = S("封入する人"), .now = str_format(arena, "%lld人", (long long)r.batch.sent)};
    VEC_EACH (const NoticePaper, paper, r.papers)
        *approval_lines_push(lines, arena) = (ApprovalLine){.item = paper_kind_words(paper->kind), .now = paper->name};
    return true;
}

const ApprovalKind paper_release_kind = {
    .name = "paper_release", .words = "通知の束を出す", .content = content_of, .run = run, .lines = lines_of};

// ---- asking

static bool needs_two(const Act *act, const BatchRow *batch, bool *two, Error *err)
{
    OfficeNumbers numbers;
    if (!office_numbers(act->store, *act->arena, &numbers, err)) return false;
    *two = batch->sent > numbers.at[NUMBER_RELEASE_ALONE];
    return true;
}

bool paper_release_state(Act *act, const BatchRow *batch, PaperRelease *state, Error *err)
{
    bool two;
    Released r;
    int64_t permit_no, waits;
    *state = RELEASE_FREE;
    if (!needs_two(act, batch, &two, err)) return false;
    if (!two) return true;
    if (!released_read(act, batch, act->arena, &r, err)) return false;
    const ListPermit permit = permit_of(act, &r, actor_name(act->actor));
    if (!list_permit_find(act->store, act->office->keys, &permit, *act->arena, &permit_no, err) ||
        !approval_find(act, &paper_release_kind, payload_of(permit.asker, batch->number, act->arena), &waits, err))
        return false;
    *state = permit_no ? RELEASE_GRANTED : waits ? RELEASE_WAITS : RELEASE_UNASKED;
    return true;
}

bool paper_release_ask(Act *act, const BatchRow *batch, Str reason, int64_t *approval_no, Error *err)
{
    assert(reason.len > 0);
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked asked = {
        .kind = &paper_release_kind,
        .subject = str_format(act->arena, "%.*s　%lld人", STR(batch->number), (long long)batch->sent),
        .reason = reason,
        .payload = payload_of(actor_name(act->actor), batch->number, act->arena)};
    if (!act_begin(act, err) || !approval_ask(act, &asked, approval_no, err)) return false;
    leaf.rows = batch->sent;
    leaf.detail = str_format(act->arena, "%lld", (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}
