// SPDX-License-Identifier: Apache-2.0
#include "paper_release.h"

#include "act.h"
#include "list_export.h"
#include "notice_paper.h"
#include "numbers.h"

// ---- what is released

typedef struct Released {
    ListExport leaves;
    BatchRow batch;
    NoticePapers papers;
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
    const Bytes whole = {(const unsigned char *)text.at, text.len};
    r->leaves = (ListExport){.act = act,
                             .kind = &paper_release_kind,
                             .asked = batch->number,
                             .content = keys_index(act->office->keys, S("paper release"), whole),
                             .people = batch->sent};
    return true;
}

static bool request_read(Act *act, Bytes payload, Arena *arena, Released *r, Error *err)
{
    bool found;
    BatchRow batch;
    if (!batch_row_find(act->store, list_export_asking(payload).asked, arena, &batch, &found, err)) return false;
    if (found) return released_read(act, &batch, arena, r, err);
    return FAIL(err, E_CONFLICT, .words = S("申請された束がありません。取り下げて、もう一度申請してください。"));
}

// ---- the kind

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Released r;
    if (!request_read(act, payload, arena, &r, err)) return false;
    *content = r.leaves.content;
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Released r;
    (void)brought;
    return request_read(act, payload, arena, &r, err) && list_export_permit(&r.leaves, list_export_asking(payload).asker, err);
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Released r;
    if (!request_read(act, payload, arena, &r, err)) return false;
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
    static const PaperRelease as_export[] = {
        [EXPORT_UNASKED] = RELEASE_UNASKED, [EXPORT_WAITS] = RELEASE_WAITS, [EXPORT_GRANTED] = RELEASE_GRANTED};
    bool two;
    Released r;
    ExportState export;
    *state = RELEASE_FREE;
    if (!needs_two(act, batch, &two, err)) return false;
    if (!two) return true;
    if (!released_read(act, batch, act->arena, &r, err) || !list_export_state(&r.leaves, &export, err)) return false;
    *state = as_export[export];
    return true;
}

bool paper_release_ask(Act *act, const BatchRow *batch, Str reason, int64_t *approval_no, Error *err)
{
    Released r;
    return released_read(act, batch, act->arena, &r, err) && list_export_ask(&r.leaves, batch->number, reason, approval_no, err);
}
