// SPDX-License-Identifier: Apache-2.0
#include "erasing.h"

#include "act.h"
#include "asking_rows.h"
#include "code_hold_rows.h"
#include "coding.h"
#include "provision_rows.h"
#include "record_rows.h"
#include "retention.h"

enum { PAGE = 500 };

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
    if (!inquiries_to_erase(act->store, retention_before(RETAIN_RESULT, act->now, 0) - 1, PAGE, &arena, &due, err)) return false;
    VEC_EACH (InquiryRow, row, due)
        if (!one_erased(act, row, err)) return false;
    *rows = due.count;
    return true;
}

static bool results(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    bool good = true;
    int64_t rows = PAGE;
    Arena whole = arena_reserve((ptrdiff_t)1 << 30);
    (void)numbers;
    for (; good && rows == PAGE && erased->count < ERASURE_PORTION; erased->count += good ? rows : 0)
        good = page_erased(act, whole, &rows, err);
    arena_release(whole);
    return good;
}

static bool envelopes(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;  // its permit is over then
    return provisions_forget(act->store, retention_before(RETAIN_SEALED_ANSWER, act->now, 0) - 1 - PERMIT_LIFE_BULK, &erased->count, err);
}

static bool acquisitions(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    (void)numbers;
    return acquisitions_forget(act->store, act->now - ACQUISITION_KEPT, &erased->count, err);
}

static bool records(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err)
{
    int64_t over;
    (void)numbers;
    return records_over(act->store, retention_before(RETAIN_RECORD, act->now, 0), &over, err) &&
           counted_erased(act, "provision_record", over, records_forget, erased, err);
}

static const Erasure erasures[] = {
    {"照会結果", results},
    {"送り終えた応答", envelopes},
    {"使わなかった処理通番", acquisitions},
    {"7年を過ぎた情報提供等記録", records},
};
const Erasures linkage_erasures = {erasures, (int)countof(erasures)};
