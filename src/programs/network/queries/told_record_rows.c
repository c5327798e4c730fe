// SPDX-License-Identifier: Apache-2.0
#include "told_record_rows.h"

#include <assert.h>

static const char keep_sql[] =
    "INSERT INTO told_record (inquirer, inquiry_no, role, person_index, told_at, said) VALUES ($1, $2, $3, $4, $5, $6)"
    " ON CONFLICT (inquirer, inquiry_no, role) DO UPDATE SET person_index = excluded.person_index,"
    " told_at = excluded.told_at, said = excluded.said";

bool told_record_keep(Store *store, const Sha256 *person, const ProvisionRecord *record, Instant now, Arena scratch, Error *err)
{
    assert(now > 0);
    assert(record->role != RECORD_CORE);
    const Permit *permit = &record->permit;
    Str said = record_told_encode(&(RecordTold){.record = *record}, &scratch);  // without the code
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(permit->question.inquirer.digits));
    bind_text(q, 2, str_of(permit->inquiry.digits));
    bind_int64(q, 3, record->role);
    bind_bytes(q, 4, person ? sha256_bytes(person) : (Bytes){0});
    bind_instant(q, 5, now);
    bind_bytes(q, 6, (Bytes){(const unsigned char *)said.at, said.len});
    return query_run(q, err);
}

static const char of_person_sql[] =
    "SELECT t.said, t.told_at FROM told_record t WHERE t.person_index = $1"
    " UNION SELECT t.said, t.told_at FROM relay r JOIN told_record t ON t.inquirer = r.asker AND t.inquiry_no = r.inquiry_no"
    " WHERE r.person_index = $1 ORDER BY 2, 1";

bool told_records_of_person(Store *store, const Sha256 *person, Arena *arena, ToldRows *rows, Error *err)
{
    bool good = true;
    Error closing = {0};
    *rows = (ToldRows){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    while (good && query_next(q)) {
        RecordTold told;
        Bytes said = column_bytes(q, 0, arena);
        good = record_told_decode((Str){(const char *)said.at, said.len}, &told, err);
        if (good) *told_rows_push(rows, arena) = (ToldRow){told.record, column_instant(q, 1)};
    }
    return query_end(q, good ? err : &closing) && good;
}

static const char forget_sql[] = "DELETE FROM told_record WHERE told_at < $1";

bool told_records_forget(Store *store, Instant told_before, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, told_before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}
