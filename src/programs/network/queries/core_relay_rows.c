// SPDX-License-Identifier: Apache-2.0
#include "core_relay_rows.h"

#include "given_number_rows.h"
#include "relay_columns.h"

#include <assert.h>
#include <string.h>

static Bytes blob(const void *at, size_t len)
{
    return (Bytes){at, (ptrdiff_t)len};
}

static SealPlace code_place(int64_t relay_no, Arena *arena)
{
    return (SealPlace){S("relay"), S("code"), str_format(arena, "%lld", (long long)relay_no)};
}

// ---- found

static bool code_opened(Keys *keys, RelayRow *row, Bytes sealed, Arena *scratch, Error *err)
{
    SECRET(code);
    if (!sealed.len) return true;
    if (!seal_open(keys, code_place(row->no, scratch), sealed, &code, err)) return false;
    if (code.len != PAIRWISE_BYTES) return FAIL(err, E_KEY, .words = S("照会の符号が読めません。"));
    memcpy(row->code.at, code.at, PAIRWISE_BYTES);
    return true;
}

// Ends the query.
static bool row_taken(Query *q, Keys *keys, Arena scratch, RelayRow *row, bool *found, Error *err)
{
    Bytes sealed = {0};
    bool readable = true;
    *row = (RelayRow){0};
    *found = query_next(q);
    if (*found) {
        row->no = column_int64(q, 0);
        row->asked_at = column_instant(q, RELAY_COLUMN_COUNT + 1);
        sealed = column_bytes(q, RELAY_COLUMN_COUNT + 2, &scratch);
        row->person_known = sha256_from(column_bytes(q, RELAY_COLUMN_COUNT + 3, &scratch), &row->person);
        readable = relay_columns_read(q, 1, &row->asker, &row->state);
    }
    if (!query_end(q, err)) return false;
    if (!readable) return relay_unreadable(err);
    return code_opened(keys, row, sealed, &scratch, err);
}

static const char by_inquiry_sql[] = "SELECT relay_no, " RELAY_COLUMNS ", asked_at, code, person_index FROM relay"
                                     " WHERE asker = $1 AND inquiry_no = $2";

bool relay_by_inquiry(Store *store, Keys *keys, const OrganisationCode *asker, const InquiryNo *inquiry, Arena scratch,
                      RelayRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, by_inquiry_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(asker->digits));
    bind_text(q, 2, str_of(inquiry->digits));
    return row_taken(q, keys, scratch, row, found, err);
}

static const char by_permit_sql[] = "SELECT relay_no, " RELAY_COLUMNS ", asked_at, code, person_index FROM relay"
                                    " WHERE permit_id = $1 AND list_version > 0";

bool relay_by_permit(Store *store, Keys *keys, const PermitId *id, Arena scratch, RelayRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, by_permit_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, blob(id->at, sizeof id->at));
    return row_taken(q, keys, scratch, row, found, err);
}

// ---- kept

static bool code_seal(Keys *keys, const RelayRow *row, Arena *scratch, Bytes *sealed, Error *err)
{
    *sealed = (Bytes){0};
    if (!pairwise_present(&row->code)) return true;
    return seal_value(keys, code_place(row->no, scratch), blob(row->code.at, PAIRWISE_BYTES), scratch, sealed, err);
}

static const char add_sql[] =
    "INSERT INTO relay (relay_no, " RELAY_COLUMNS ", asked_at, code, person_index)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)";

static bool relay_add(Store *store, Keys *keys, RelayRow *row, Arena scratch, Error *err)
{
    Bytes sealed;
    if (!given_number_next(store, S("relay"), 0, &row->no, err) || !code_seal(keys, row, &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->no);
    relay_columns_bind(q, 2, &row->asker, &row->state);
    bind_instant(q, RELAY_COLUMN_COUNT + 2, row->asked_at);
    bind_bytes(q, RELAY_COLUMN_COUNT + 3, sealed);
    bind_bytes(q, RELAY_COLUMN_COUNT + 4, row->person_known ? sha256_bytes(&row->person) : (Bytes){0});
    return query_run(q, err);
}

static const char end_sql[] =
    "UPDATE relay SET state = $2, reply_kind = $3, reply_refusal = $4, reply_at = $5 WHERE relay_no = $1";

bool relay_keep(Store *store, Keys *keys, RelayRow *row, Arena scratch, Error *err)
{
    assert(row->asker.digits[0]);
    assert(row->no >= 0);
    if (!row->no) return relay_add(store, keys, row, scratch, err);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->no);
    bind_int64(q, 2, row->state.state);
    bind_int64(q, 3, row->state.reply.kind);
    bind_int64(q, 4, row->state.reply.refusal);
    bind_instant(q, 5, row->state.reply.at);
    return query_run(q, err);
}

// ---- gone after seven years, behind their records

static const char over_sql[] = "SELECT coalesce(min(r.relay_no), 9223372036854775807) - 1 FROM relay r WHERE r.asked_at >= $1"
                               " OR EXISTS (SELECT 1 FROM provision_record p WHERE p.relay_no = r.relay_no)";
static const char forget_sql[] = "DELETE FROM relay WHERE relay_no <= $1";

bool relays_over(Store *store, Instant asked_before, int64_t *relay_no, Error *err)
{
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_instant(q, 1, asked_before);
    if (query_next(q)) *relay_no = column_int64(q, 0);
    return query_end(q, err);
}

bool relays_forget(Store *store, int64_t relay_no, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, relay_no);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

// ---- under a newer key

static bool code_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(code);
    SealPlace place = code_place(row, arena);
    return seal_open(keys, place, sealed, &code, err) &&
           seal_value(keys, place, secret_bytes(&code), arena, again, err);
}

const SealedColumn relay_code_sealed = {
    .words = "照会の符号",
    .read = "SELECT relay_no, code FROM relay WHERE relay_no > $1 AND code IS NOT NULL ORDER BY relay_no LIMIT 500",
    .write = "UPDATE relay SET code = $2 WHERE relay_no = $1",
    .reseal = code_reseal,
};
