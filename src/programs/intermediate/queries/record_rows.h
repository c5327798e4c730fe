// 情報提供等記録: what we asked and what we were asked, for seven years; rows come and never change until they go.
//
// Law     番号法 第23条; F-4-05. A later row about a permit and a role stands for the earlier one: it was told before all was
//         known.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "provision_record.h"
#include "store.h"
#include "vec.h"

typedef struct RecordRow {
    int64_t record_no;
    ProvisionRecord record;
    Instant written_at;
    Str who;  // the department that asked, or the people who decided
} RecordRow;
VEC(RecordRows, RecordRow, record_rows);

// The highest number up to which all are of before that moment; from here on the table lets those go.
MUST bool records_over(Store *store, Instant written_before, int64_t *record_no, Error *err);
// Removes all up to that number; `gone`: how many.
MUST bool records_forget(Store *store, int64_t record_no, int64_t *gone, Error *err);
MUST bool record_add(Store *store, const RecordRow *row, Error *err);
// The rows after `after` that nothing replaced, in order.
MUST bool records_after(Store *store, int64_t after, int most, Arena *arena, RecordRows *rows, Error *err);
// Those before `before` that nothing replaced, the newest first; INT64_MAX: the newest of all.
MUST bool records_before(Store *store, int64_t before, int most, Arena *arena, RecordRows *rows, Error *err);
