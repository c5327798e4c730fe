// SPDX-License-Identifier: Apache-2.0
#include "erasing.h"

#include <assert.h>

#include "asking_rows.h"
#include "provision_rows.h"
#include "retention.h"

enum { PAGE = 500 };

// The moment such that what ended then is erased now.
static Instant ended_by(RetentionKind kind, Instant now)
{
    return now - (retention_end(kind, now, 0) - now);
}

static bool one_erased(Act *act, InquiryRow *row, Error *err)
{
    Kept kept = {.kind = RETAIN_RESULT, .since = row->state.ended_at};
    KeptStep step = kept_step(&kept, act->now, 0);
    if (!step.destroy_key) return true;
    row->result_key = row->result_data = (Bytes){0};
    row->erased_at = step.next.erased_at;
    return inquiry_save(act->store, row, act->now, err);
}

static bool page_erased(Act *act, Arena arena, int64_t *rows, Error *err)
{
    InquiryRows due;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!act_begin(act, err) ||
        !inquiries_to_erase(act->store, ended_by(RETAIN_RESULT, act->now), PAGE, &arena, &due, err))
        return false;
    VEC_EACH (InquiryRow, row, due)
        if (!one_erased(act, row, err)) return false;
    *rows = leaf.rows = leaf.taken = due.count;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool answers_erased(Act *act, int64_t *gone, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    Instant answered_by = ended_by(RETAIN_SEALED_ANSWER, act->now) - PERMIT_LIFE_BULK;  // its permit is over then
    if (!act_begin(act, err) || !provisions_forget(act->store, answered_by, gone, err))
        return false;
    leaf.rows = leaf.taken = *gone;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool past_erased(Act *act, Erased *erased, Error *err)
{
    assert(store_is_idle(act->store));
    Arena whole = arena_reserve((ptrdiff_t)1 << 30);
    int64_t rows = PAGE;
    bool good = true;
    *erased = (Erased){0};
    while (good && rows == PAGE) {
        good = page_erased(act, whole, &rows, err);
        erased->results += good ? rows : 0;
    }
    arena_release(whole);
    if (!good || !answers_erased(act, &erased->answers, err)) return false;
    store_forget(act->store);  // the pages from before
    return true;
}
