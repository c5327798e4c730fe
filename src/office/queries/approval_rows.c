// SPDX-License-Identifier: Apache-2.0
#include "approval_rows.h"

#include "sealed_texts.h"

#include <assert.h>
#include <string.h>

// ---- what is sealed

static SealPlace place_of(int64_t approval_no, Arena *arena)
{
    return (SealPlace){S("approval"), S("payload"),
                       str_format(arena, "%lld", (long long)approval_no)};
}

enum { SUBJECT, REASON, PAYLOAD, TEXTS };

static bool words_seal(Keys *keys, const ApprovalRow *row, Arena *arena, Bytes *sealed, Error *err)
{
    const Str texts[TEXTS] = {[SUBJECT] = row->subject,
                              [REASON] = row->reason,
                              [PAYLOAD] = {(const char *)row->payload.at, row->payload.len}};
    return texts_seal(keys, place_of(row->approval_no, arena), texts, TEXTS, arena, sealed, err);
}

// What stands in clear is of an older version (approval_rows_seal), or somebody wrote it.
static void words_open(Keys *keys, Arena *arena, ApprovalRow *row)
{
    Str texts[TEXTS];
    Error shut = {0};
    SealPlace place = place_of(row->approval_no, arena);
    row->unreadable = !texts_open(keys, place, row->payload, texts, TEXTS, arena, &shut);
    if (row->unreadable) return;
    row->subject = texts[SUBJECT];
    row->reason = texts[REASON];
    row->payload = (Bytes){(const unsigned char *)texts[PAYLOAD].at, texts[PAYLOAD].len};
}

// ---- rows

static const char next_sql[] = "SELECT coalesce(max(approval_no), 0) + 1 FROM approval";

static const char add_sql[] =
    "INSERT INTO approval (approval_no, kind, subject, reason, payload, content, state, asked_by,"
    " asked_proof, asked_at, last_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

static Bytes hash_bytes(const ApprovalHash *hash)
{
    return (Bytes){hash->at, APPROVAL_HASH_BYTES};
}

bool approval_row_add(Store *store, Keys *keys, ApprovalRow *row, Arena scratch, Error *err)
{
    Bytes sealed;
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    row->approval_no = query_next(q) ? column_int64(q, 0) : 0;
    if (!query_end(q, err) || !words_seal(keys, row, &scratch, &sealed, err) ||
        !(q = query_begin(store, add_sql, err)))
        return false;
    bind_int64(q, 1, row->approval_no);
    bind_text(q, 2, row->kind);
    bind_text(q, 3, S(""));
    bind_text(q, 4, S(""));
    bind_bytes(q, 5, sealed);
    bind_bytes(q, 6, hash_bytes(&row->approval.content));
    bind_int64(q, 7, (int64_t)row->approval.state);
    bind_text(q, 8, row->approval.asker.name);
    bind_text(q, 9, row->approval.asker.proof);
    bind_instant(q, 10, row->asked_at);
    bind_int64(q, 11, row->approval.last_day);
    return query_run(q, err);
}

#define APPROVAL_COLUMNS                                                                         \
    "SELECT approval_no, kind, subject, reason, payload, content, state, asked_by, asked_proof," \
    " asked_at, last_day, decided_by, decided_proof, decided_at, decision FROM approval"

static ApprovalHash hash_column(Query *q, int column, Arena *arena)
{
    ApprovalHash hash = {{0}};
    Bytes stored = column_bytes(q, column, arena);
    // Another length is no hash of ours: it then equals nothing, and the request lapses.
    if (stored.len == APPROVAL_HASH_BYTES) memcpy(hash.at, stored.at, sizeof hash.at);
    return hash;
}

static ApprovalRow row_here(Query *q, Keys *keys, Arena *arena)
{
    int64_t state = column_int64(q, 6);
    bool known = state > APPROVAL_NEW && state < APPROVAL_STATE_COUNT;
    ApprovalRow row = {
        .approval_no = column_int64(q, 0),
        .kind = column_text(q, 1, arena),
        .subject = column_text(q, 2, arena),
        .reason = column_text(q, 3, arena),
        .payload = column_bytes(q, 4, arena),
        .approval = {.state = known ? (ApprovalState)state : APPROVAL_LAPSED,
                     .content = hash_column(q, 5, arena),
                     .asker = {column_text(q, 7, arena), column_text(q, 8, arena)},
                     .last_day = (Day)column_int64(q, 10),
                     .decider = {column_text(q, 11, arena), column_text(q, 12, arena)}},
        .asked_at = column_instant(q, 9),
        .decided_at = column_is_null(q, 13) ? 0 : column_instant(q, 13),
        .decision = column_text(q, 14, arena),
    };
    words_open(keys, arena, &row);
    return row;
}

static const char one_sql[] = APPROVAL_COLUMNS " WHERE approval_no = $1";

bool approval_row_read(Store *store, Keys *keys, int64_t approval_no, Arena *arena, ApprovalRow *row,
                       bool *found, Error *err)
{
    Query *q = query_begin(store, one_sql, err);
    if (!q) return false;
    bind_int64(q, 1, approval_no);
    *found = query_next(q);
    if (*found) *row = row_here(q, keys, arena);
    return query_end(q, err);
}

static const char open_sql[] = APPROVAL_COLUMNS " WHERE state IN ($1, $2) ORDER BY approval_no";

bool approval_rows_open(Store *store, Keys *keys, Arena *arena, ApprovalRows *rows, Error *err)
{
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    bind_int64(q, 1, APPROVAL_ASKED);
    bind_int64(q, 2, APPROVAL_GRANTED);
    *rows = (ApprovalRows){0};
    while (query_next(q)) *approval_rows_push(rows, arena) = row_here(q, keys, arena);
    return query_end(q, err);
}

static const char decided_sql[] =
    APPROVAL_COLUMNS " WHERE asked_by = $1 AND state NOT IN ($2, $3)"
                     " ORDER BY approval_no DESC LIMIT $4";

bool approval_rows_decided(Store *store, Keys *keys, Str asker, int most, Arena *arena, ApprovalRows *rows,
                           Error *err)
{
    Query *q = query_begin(store, decided_sql, err);
    if (!q) return false;
    bind_text(q, 1, asker);
    bind_int64(q, 2, APPROVAL_ASKED);
    bind_int64(q, 3, APPROVAL_GRANTED);
    bind_int64(q, 4, most);
    *rows = (ApprovalRows){0};
    while (query_next(q)) *approval_rows_push(rows, arena) = row_here(q, keys, arena);
    return query_end(q, err);
}

static const char move_sql[] =
    "UPDATE approval SET state = $1, decided_by = $2, decided_proof = $3, decided_at = $4,"
    " decision = $5, decided_record = $8 WHERE approval_no = $6 AND state = $7";

bool approval_row_move(Store *store, const ApprovalRow *row, ApprovalState was, int64_t record_no,
                       Error *err)
{
    Query *q = query_begin(store, move_sql, err);
    if (!q) return false;
    bind_int64(q, 1, (int64_t)row->approval.state);
    bind_text(q, 2, row->approval.decider.name);
    bind_text(q, 3, row->approval.decider.proof);
    if (row->decided_at)
        bind_instant(q, 4, row->decided_at);
    else
        bind_null(q, 4);
    bind_text(q, 5, row->decision);
    bind_int64(q, 6, row->approval_no);
    bind_int64(q, 7, (int64_t)was);
    assert(record_no > 0);
    bind_int64(q, 8, record_no);
    int64_t moved = query_next(q) ? 0 : query_changed(q);
    if (!query_end(q, err)) return false;
    return moved == 1 || FAIL(err, E_CONFLICT, .words = approval_no_words(APPROVAL_NOT_NOW));
}

// ---- of an older version, and under a newer key

static const char all_sql[] = APPROVAL_COLUMNS " ORDER BY approval_no";
static const char seal_sql[] =
    "UPDATE approval SET subject = '', reason = '', payload = $2 WHERE approval_no = $1";

static bool row_seal(Store *store, Keys *keys, const ApprovalRow *row, Arena scratch, Error *err)
{
    Bytes sealed;
    Query *q;
    if (!words_seal(keys, row, &scratch, &sealed, err) || !(q = query_begin(store, seal_sql, err)))
        return false;
    bind_int64(q, 1, row->approval_no);
    bind_bytes(q, 2, sealed);
    return query_run(q, err);
}

bool approval_rows_seal(Store *store, Keys *keys, Arena scratch, Error *err)
{
    ApprovalRows clear = {0};
    Query *q = query_begin(store, all_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        bool sealed = seal_version(column_bytes(q, 4, &scratch)) > 0;
        if (!sealed) *approval_rows_push(&clear, &scratch) = row_here(q, keys, &scratch);
    }
    if (!query_end(q, err)) return false;
    VEC_EACH (const ApprovalRow, row, clear) {
        if (!row_seal(store, keys, row, scratch, err)) return false;
    }
    return true;
}

static bool approval_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, place_of(row, arena), sealed, arena, again, err);
}

const SealedColumn approval_sealed = {
    .words = "申請の内容",
    .read = "SELECT approval_no, payload FROM approval WHERE approval_no > $1"
            " ORDER BY approval_no LIMIT 500",
    .write = "UPDATE approval SET payload = $2 WHERE approval_no = $1",
    .reseal = approval_reseal,
};
