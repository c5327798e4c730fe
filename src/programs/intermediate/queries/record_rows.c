// SPDX-License-Identifier: Apache-2.0
#include "record_rows.h"

#include "given_number_rows.h"

#include <assert.h>
#include <string.h>

static const char add_sql[] =
    "INSERT INTO provision_record (record_no, role, written_at, permit_id, inquiry_no, unified_no, inquirer, provider,"
    " item, affair, procedure, dataset, items, key_hash, undisclosed, list_version, issued_at, expires_at, provided_at,"
    " result, who) VALUES ($21, $1, $2, $3, $4, $5, $6, $7,"
    " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

bool record_add(Store *store, const RecordRow *row, Error *err)
{
    assert(row->written_at > 0);
    const ProvisionRecord *record = &row->record;
    const Permit *permit = &record->permit;
    const Question *asked = &permit->question;
    int64_t record_no;
    Str person = unified_text(&record->person);
    if (!given_number_next(store, S("record"), 0, &record_no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, record->role);
    bind_instant(q, 2, row->written_at);
    bind_bytes(q, 3, (Bytes){permit->id.at, sizeof permit->id.at});
    bind_text(q, 4, str_of(permit->inquiry.digits));
    bind_text(q, 5, person.len ? person : S(""));
    bind_text(q, 6, str_of(asked->inquirer.digits));
    bind_text(q, 7, str_of(asked->provider.digits));
    bind_int64(q, 8, asked->item);
    bind_text(q, 9, str_of(asked->affair.at));
    bind_text(q, 10, str_of(asked->procedure.at));
    bind_text(q, 11, str_of(asked->dataset.at));
    bind_int64(q, 12, asked->items);
    bind_bytes(q, 13, (Bytes){permit->key.at, sizeof permit->key.at});
    bind_int64(q, 14, permit->undisclosed);
    bind_int64(q, 15, permit->list_version);
    bind_instant(q, 16, permit->issued_at);
    bind_instant(q, 17, permit->expires_at);
    bind_instant(q, 18, record->provided_at);
    bind_int64(q, 19, record->result);
    bind_text(q, 20, row->who.len ? row->who : S(""));
    bind_int64(q, 21, record_no);
    return query_run(q, err);
}

// The table itself refuses to lose a row that is younger.
static const char end_sql[] = "UPDATE record_end SET written_before = $1 WHERE one = 1";
static const char over_sql[] =
    "SELECT coalesce(min(record_no), 9223372036854775807) - 1 FROM provision_record WHERE written_at >= $1";
static const char forget_sql[] = "DELETE FROM provision_record WHERE record_no <= $1";

bool records_over(Store *store, Instant written_before, int64_t *record_no, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_instant(q, 1, written_before);
    if (!query_run(q, err) || !(q = query_begin(store, over_sql, err))) return false;
    bind_instant(q, 1, written_before);
    if (query_next(q)) *record_no = column_int64(q, 0);
    return query_end(q, err);
}

bool records_forget(Store *store, int64_t record_no, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, record_no);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

#define STANDING_RECORDS                                                                                                 \
    "SELECT r.record_no, r.role, r.written_at, r.permit_id, r.inquiry_no, r.unified_no, r.inquirer, r.provider, r.item,"  \
    " r.affair, r.procedure, r.dataset, r.items, r.key_hash, r.undisclosed, r.list_version, r.issued_at, r.expires_at,"   \
    " r.provided_at, r.result, r.who FROM provision_record r WHERE NOT EXISTS"                                            \
    " (SELECT 1 FROM provision_record n WHERE n.permit_id = r.permit_id AND n.role = r.role"                              \
    " AND n.inquiry_no = r.inquiry_no AND n.inquirer = r.inquirer AND n.record_no > r.record_no)"

static const char after_sql[] = STANDING_RECORDS " AND r.record_no > $1 ORDER BY r.record_no LIMIT $2";
static const char before_sql[] = STANDING_RECORDS " AND r.record_no < $1 ORDER BY r.record_no DESC LIMIT $2";

static void blob_into(Query *q, int column, Arena scratch, void *at, ptrdiff_t len)
{
    Bytes bytes = column_bytes(q, column, &scratch);
    if (bytes.len == len) memcpy(at, bytes.at, (size_t)len);
}

static bool record_row(Query *q, Arena *arena, RecordRow *row, Error *err)
{
    *row = (RecordRow){.record_no = column_int64(q, 0),
                       .written_at = column_instant(q, 2),
                       .record = {.role = (RecordRole)column_int64(q, 1),
                                  .provided_at = column_instant(q, 18),
                                  .result = (LinkageResult)column_int64(q, 19)},
                       .who = column_text(q, 20, arena)};
    Permit *permit = &row->record.permit;
    Question *asked = &permit->question;
    blob_into(q, 3, *arena, permit->id.at, sizeof permit->id.at);
    blob_into(q, 13, *arena, permit->key.at, sizeof permit->key.at);
    asked->item = (int)column_int64(q, 8);
    asked->items = column_int64(q, 12);
    permit->undisclosed = column_int64(q, 14) != 0;
    permit->list_version = column_int64(q, 15);
    permit->issued_at = column_instant(q, 16);
    permit->expires_at = column_instant(q, 17);
    Str person = column_view(q, 5);
    bool read = inquiry_no_read(column_view(q, 4), &permit->inquiry) &&
                organisation_code_read(column_view(q, 6), &asked->inquirer) &&
                organisation_code_read(column_view(q, 7), &asked->provider) &&
                affair_code_read(column_view(q, 9), &asked->affair) &&
                procedure_code_read(column_view(q, 10), &asked->procedure) &&
                dataset_code_read(column_view(q, 11), &asked->dataset);
    if (!read)
        return FAIL(err, E_STORE, .words = S("保存されている情報提供等記録が読めません。復旧の手順に従ってください。"));
    return !person.len || unified_no_parse(person, &row->record.person, err);
}

static bool records_read(Store *store, const char *sql, int64_t from, int most, Arena *arena, RecordRows *rows, Error *err)
{
    assert(most > 0);
    bool good = true;
    Error later = {0};
    *rows = (RecordRows){0};
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, from);
    bind_int64(q, 2, most);
    while (good && query_next(q)) {
        RecordRow row;
        good = record_row(q, arena, &row, err);
        if (good) *record_rows_push(rows, arena) = row;
    }
    return query_end(q, good ? err : &later) && good;
}

bool records_after(Store *store, int64_t after, int most, Arena *arena, RecordRows *rows, Error *err)
{
    return records_read(store, after_sql, after, most, arena, rows, err);
}

bool records_before(Store *store, int64_t before, int most, Arena *arena, RecordRows *rows, Error *err)
{
    return records_read(store, before_sql, before, most, arena, rows, err);
}
