// SPDX-License-Identifier: Apache-2.0
#include "provision_rows.h"

#include "given_number_rows.h"
#include "permit_message.h"
#include "signed_message.h"

#include <assert.h>
#include <string.h>

#define PROVISION_COLUMNS                                                                                      \
    "provision_id, signed_copy, inquirer_key, unified_no, state, asked_at, result, reply_kind, reply_refusal," \
    " reply_at, envelope, owed, decided"

static bool provision_row(Query *q, Arena *arena, ProvisionRow *row, Error *err)
{
    SignedMessage message;
    *row = (ProvisionRow){.provision_id = column_int64(q, 0),
                          .signed_copy = column_bytes(q, 1, arena),
                          .state = {.state = (ProvisionState)column_int64(q, 4),
                                    .asked_at = column_instant(q, 5),
                                    .result = (LinkageResult)column_int64(q, 6),
                                    .reply = {.kind = (ReplyKind)column_int64(q, 7),
                                              .refusal = (LinkageResult)column_int64(q, 8),
                                              .at = column_instant(q, 9)}},
                          .envelope = column_bytes(q, 10, arena),
                          .owed = (int)column_int64(q, 11),
                          .decided = column_text(q, 12, arena)};
    Bytes key = column_bytes(q, 2, arena);
    Str signed_copy = {(const char *)row->signed_copy.at, row->signed_copy.len}, person = column_view(q, 3);
    if (key.len != HPKE_PUBLIC_BYTES || !signed_message_decode(signed_copy, &message, err) ||
        !permit_copy_decode((Str){(const char *)message.body.at, message.body.len}, &row->copy, err))
        return FAIL(err, E_STORE, .words = S("保存されている提供が読めません。復旧の手順に従ってください。"));
    memcpy(row->key.at, key.at, sizeof row->key.at);
    row->state.permit = row->copy.permit;
    row->state.reply.permit = row->copy.permit.id;
    return !person.len || unified_no_parse(person, &row->state.person, err);
}

static bool first_row(Query *q, Arena *arena, ProvisionRow *row, bool *found, Error *err)
{
    bool good = true;
    Error later = {0};
    *found = query_next(q);
    if (*found) good = provision_row(q, arena, row, err);
    return query_end(q, good ? err : &later) && good;
}

static bool all_rows(Query *q, Arena *arena, ProvisionRows *rows, Error *err)
{
    bool good = true;
    Error later = {0};
    *rows = (ProvisionRows){0};
    while (good && query_next(q)) {
        ProvisionRow row;
        good = provision_row(q, arena, &row, err);
        if (good) *provision_rows_push(rows, arena) = row;
    }
    return query_end(q, good ? err : &later) && good;
}

static const char of_permit_sql[] = "SELECT " PROVISION_COLUMNS " FROM provision WHERE permit_id = $1";

bool provision_of_permit(Store *store, const PermitId *id, Arena *arena, ProvisionRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_permit_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){id->at, sizeof id->at});
    return first_row(q, arena, row, found, err);
}

static const char of_id_sql[] = "SELECT " PROVISION_COLUMNS " FROM provision WHERE provision_id = $1";

bool provision_of_id(Store *store, int64_t id, Arena *arena, ProvisionRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_id_sql, err);
    if (!q) return false;
    bind_int64(q, 1, id);
    return first_row(q, arena, row, found, err);
}

static const char owing_sql[] =
    "SELECT " PROVISION_COLUMNS " FROM provision WHERE owed <> 0 ORDER BY provision_id LIMIT $1";

bool provisions_owing(Store *store, int most, Arena *arena, ProvisionRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, owing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    return all_rows(q, arena, rows, err);
}

static const char held_sql[] = "SELECT " PROVISION_COLUMNS " FROM provision WHERE state = 1 ORDER BY asked_at, provision_id";

bool provisions_held(Store *store, Arena *arena, ProvisionRows *rows, Error *err)
{
    Query *q = query_begin(store, held_sql, err);
    return q && all_rows(q, arena, rows, err);
}

static const char too_long_sql[] = "SELECT " PROVISION_COLUMNS " FROM provision WHERE state = 1 AND asked_at <= $1"
                                   " ORDER BY asked_at, provision_id LIMIT $2";

bool provisions_too_long_held(Store *store, Instant asked_before, int most, Arena *arena, ProvisionRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, too_long_sql, err);
    if (!q) return false;
    bind_instant(q, 1, asked_before);
    bind_int64(q, 2, most);
    return all_rows(q, arena, rows, err);
}

// ---- writing

static const char save_sql[] =
    "INSERT INTO provision (provision_id, permit_id, signed_copy, inquirer_key, unified_no, state, asked_at, result,"
    " reply_kind, reply_refusal, reply_at, envelope, owed, decided)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    " ON CONFLICT (provision_id) DO UPDATE SET unified_no = excluded.unified_no, state = excluded.state,"
    " result = excluded.result, reply_kind = excluded.reply_kind, reply_refusal = excluded.reply_refusal,"
    " reply_at = excluded.reply_at, envelope = excluded.envelope, owed = excluded.owed, decided = excluded.decided";

static bool id_given(Store *store, ProvisionRow *row, Error *err)
{
    return row->provision_id || given_short_next(store, S("provision"), &row->provision_id, err);
}

bool provision_save(Store *store, ProvisionRow *row, Error *err)
{
    assert(row->provision_id >= 0);
    const Provision *state = &row->state;
    Str person = unified_text(&state->person);
    if (!id_given(store, row, err)) return false;
    Query *q = query_begin(store, save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->provision_id);
    bind_bytes(q, 2, (Bytes){state->permit.id.at, sizeof state->permit.id.at});
    bind_bytes(q, 3, row->signed_copy);
    bind_bytes(q, 4, (Bytes){row->key.at, sizeof row->key.at});
    bind_text(q, 5, person.len ? person : S(""));
    bind_int64(q, 6, state->state);
    bind_instant(q, 7, state->asked_at);
    bind_int64(q, 8, state->result);
    bind_int64(q, 9, state->reply.kind);
    bind_int64(q, 10, state->reply.refusal);
    bind_instant(q, 11, state->reply.at);
    bind_bytes(q, 12, row->envelope.len ? row->envelope : (Bytes){0});
    bind_int64(q, 13, row->owed);
    bind_text(q, 14, row->decided.len ? row->decided : (Str){0});
    return query_run(q, err);
}

static const char paid_sql[] = "UPDATE provision SET owed = owed & $2 WHERE provision_id = $1";

bool provision_paid(Store *store, int64_t provision_id, int effects, Error *err)
{
    assert(provision_id > 0);
    assert(effects);
    Query *q = query_begin(store, paid_sql, err);
    if (!q) return false;
    bind_int64(q, 1, provision_id);
    bind_int64(q, 2, ~effects & 0xFFFF);
    return query_run(q, err);
}

// A byte stays in its place: whoever asks again is told that there was an answer, and could not open it any more.
static const char forget_sql[] = "UPDATE provision SET envelope = $2 WHERE length(envelope) > 1 AND state = 2"
                                 " AND reply_at <= $1 AND owed = 0";

bool provisions_forget(Store *store, Instant ended_before, int64_t *gone, Error *err)
{
    static const unsigned char nothing[1];
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, ended_before);
    bind_bytes(q, 2, (Bytes){nothing, sizeof nothing});
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}
