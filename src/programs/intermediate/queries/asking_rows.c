// SPDX-License-Identifier: Apache-2.0
#include "asking_rows.h"

#include "given_number_rows.h"
#include "permit_message.h"
#include "signed_message.h"

#include <assert.h>
#include <string.h>

#define INQUIRY_COLUMNS                                                                                        \
    "inquiry_id, unified_no, department, asked, signed_copy, state, begun_at, try_at, tries, unreadable,"      \
    " result, as_of, told_at, provided_at, ended_at, owed, public_key, sealed_key, result_key, result_data, erased_at"

static bool unreadable(Error *err)
{
    return FAIL(err, E_STORE, .words = S("保存されている照会が読めません。復旧の手順に従ってください。"));
}

static Str text_of(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

// The permit as it was asked for, or as it came.
static bool permit_read(InquiryRow *row, Error *err)
{
    SignedMessage message;
    PermitCopy copy;
    row->state.permit = row->ask.asked;
    if (!row->signed_copy.len) return true;
    if (!signed_message_decode(text_of(row->signed_copy), &message, err) ||
        !permit_copy_decode(text_of(message.body), &copy, err))
        return unreadable(err);
    row->state.permit = copy.permit;
    return true;
}

static bool inquiry_row(Query *q, Arena *arena, InquiryRow *row, Error *err)
{
    *row = (InquiryRow){.inquiry_id = column_int64(q, 0),
                        .department = column_text(q, 2, arena),
                        .signed_copy = column_bytes(q, 4, arena),
                        .state = {.state = (InquiryState)column_int64(q, 5),
                                  .begun_at = column_instant(q, 6),
                                  .try_at = column_instant(q, 7),
                                  .tries = (int)column_int64(q, 8),
                                  .unreadable_seen = column_int64(q, 9) != 0,
                                  .result = (LinkageResult)column_int64(q, 10),
                                  .as_of = column_day(q, 11),
                                  .told_at = column_instant(q, 12),
                                  .provided_at = column_instant(q, 13),
                                  .ended_at = column_instant(q, 14)},
                        .owed = (int)column_int64(q, 15),
                        .sealed_key = column_bytes(q, 17, arena),
                        .result_key = column_bytes(q, 18, arena),
                        .result_data = column_bytes(q, 19, arena),
                        .erased_at = column_instant(q, 20)};
    Bytes asked = column_bytes(q, 3, arena), key = column_bytes(q, 16, arena);
    if (key.len != HPKE_PUBLIC_BYTES || !permit_ask_decode(text_of(asked), &row->ask, err)) return unreadable(err);
    memcpy(row->public_key.at, key.at, sizeof row->public_key.at);
    return unified_no_parse(column_view(q, 1), &row->state.person, err) && permit_read(row, err);
}

static bool first_row(Query *q, Arena *arena, InquiryRow *row, bool *found, Error *err)
{
    bool good = true;
    Error later = {0};
    *found = query_next(q);
    if (*found) good = inquiry_row(q, arena, row, err);
    return query_end(q, good ? err : &later) && good;
}

static bool all_rows(Query *q, Arena *arena, InquiryRows *rows, Error *err)
{
    bool good = true;
    Error later = {0};
    *rows = (InquiryRows){0};
    while (good && query_next(q)) {
        InquiryRow row;
        good = inquiry_row(q, arena, &row, err);
        if (good) *inquiry_rows_push(rows, arena) = row;
    }
    return query_end(q, good ? err : &later) && good;
}

static const char of_number_sql[] = "SELECT " INQUIRY_COLUMNS " FROM inquiry WHERE inquiry_no = $1";

bool inquiry_of_number(Store *store, const InquiryNo *no, Arena *arena, InquiryRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_number_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(no->digits));
    return first_row(q, arena, row, found, err);
}

static const char of_permit_sql[] = "SELECT " INQUIRY_COLUMNS " FROM inquiry WHERE permit_id = $1";

bool inquiry_of_permit(Store *store, const PermitId *id, Arena *arena, InquiryRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_permit_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){id->at, sizeof id->at});
    return first_row(q, arena, row, found, err);
}

static const char owing_sql[] =
    "SELECT " INQUIRY_COLUMNS " FROM inquiry WHERE owed <> 0 ORDER BY inquiry_id LIMIT $1";

bool inquiries_owing(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, owing_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    return all_rows(q, arena, rows, err);
}

static const char due_sql[] = "SELECT " INQUIRY_COLUMNS
                              " FROM inquiry WHERE ended_at = 0 AND try_at <= $1 ORDER BY try_at, inquiry_id LIMIT $2";

bool inquiries_due(Store *store, Instant now, int most, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, due_sql, err);
    if (!q) return false;
    bind_instant(q, 1, now);
    bind_int64(q, 2, most);
    return all_rows(q, arena, rows, err);
}

static const char erase_sql[] = "SELECT " INQUIRY_COLUMNS " FROM inquiry WHERE ended_at > 0 AND ended_at <= $1"
                                " AND erased_at = 0 AND result_key IS NOT NULL ORDER BY inquiry_id LIMIT $2";

bool inquiries_to_erase(Store *store, Instant ended_before, int most, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, erase_sql, err);
    if (!q) return false;
    bind_instant(q, 1, ended_before);
    bind_int64(q, 2, most);
    return all_rows(q, arena, rows, err);
}

static const char newest_sql[] = "SELECT " INQUIRY_COLUMNS " FROM inquiry ORDER BY inquiry_id DESC LIMIT $1";

bool inquiries_newest(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    return all_rows(q, arena, rows, err);
}

static const char told_sql[] = "SELECT " INQUIRY_COLUMNS
                               ", change_no FROM inquiry i WHERE change_no > $1 AND NOT EXISTS"
                               " (SELECT 1 FROM canary_inquiry c WHERE c.inquiry_no = i.inquiry_no) ORDER BY change_no LIMIT $2";
enum { CHANGE_NO_COLUMN = 21 };

// One that is damaged holds up nobody behind it.
static InquiryTold told_row(Query *q, Arena *arena)
{
    Error why = {0};
    InquiryTold told = {.change_no = column_int64(q, CHANGE_NO_COLUMN)};
    told.unread = !inquiry_row(q, arena, &told.row, &why);
    if (!told.unread) return told;
    told.row = (InquiryRow){0};
    (void)!unified_no_parse(column_view(q, 1), &told.row.state.person, &why);
    return told;
}

bool inquiries_told(Store *store, const RelayFeedAsk *ask, Arena *arena, InquiryToldRows *rows, Error *err)
{
    *rows = (InquiryToldRows){0};
    Query *q = query_begin(store, told_sql, err);
    if (!q) return false;
    bind_int64(q, 1, ask->after);
    bind_int64(q, 2, ask->most + 1);
    while (query_next(q)) *inquiry_tolds_push(rows, arena) = told_row(q, arena);
    return query_end(q, err);
}

// ---- writing

bool inquiry_next_id(Store *store, int64_t *id, Error *err)
{
    return given_number_next(store, S("inquiry"), 0, id, err);
}

static bool next_change(Store *store, Instant now, int64_t *change_no, Error *err)
{
    return given_number_next(store, S("inquiry_change"), now, change_no, err);
}

static const char add_sql[] =
    "INSERT INTO inquiry (inquiry_id, change_no, inquiry_no, unified_no, department, asked, state, begun_at, try_at,"
    " tries, unreadable, result, told_at, provided_at, ended_at, owed, public_key, sealed_key, erased_at)"
    " VALUES ($1, $13, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, 0, $10, $11, $12, 0)";

bool inquiry_add(Store *store, const InquiryRow *row, Arena scratch, Error *err)
{
    assert(row->inquiry_id > 0);
    assert(row->state.begun_at > 0);
    int64_t change_no;
    Str asked = permit_ask_encode(&row->ask, &scratch);
    if (!next_change(store, row->state.begun_at, &change_no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->inquiry_id);
    bind_text(q, 2, str_of(row->ask.asked.inquiry.digits));
    bind_text(q, 3, unified_text(&row->state.person));
    bind_text(q, 4, row->department);
    bind_bytes(q, 5, (Bytes){(const unsigned char *)asked.at, asked.len});
    bind_int64(q, 6, row->state.state);
    bind_instant(q, 7, row->state.begun_at);
    bind_instant(q, 8, row->state.try_at);
    bind_int64(q, 9, row->state.tries);
    bind_int64(q, 10, row->owed);
    bind_bytes(q, 11, (Bytes){row->public_key.at, sizeof row->public_key.at});
    bind_bytes(q, 12, row->sealed_key);
    bind_int64(q, 13, change_no);
    return query_run(q, err);
}

static const char save_sql[] =
    "UPDATE inquiry SET signed_copy = $2, permit_id = $3, state = $4, try_at = $5, tries = $6, unreadable = $7,"
    " result = $8, as_of = $9, told_at = $10, provided_at = $11, ended_at = $12, owed = $13, sealed_key = $14,"
    " result_key = $15, result_data = $16, erased_at = $17,"
    " change_no = CASE WHEN CAST($18 AS bigint) > 0 THEN CAST($18 AS bigint) ELSE change_no END WHERE inquiry_id = $1";

bool inquiry_save(Store *store, const InquiryRow *row, Instant told, Error *err)
{
    assert(row->inquiry_id > 0);
    const Inquiry *state = &row->state;
    int64_t change_no = 0;
    bool permitted = row->signed_copy.len > 0;
    if (told && !next_change(store, told, &change_no, err)) return false;
    Query *q = query_begin(store, save_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->inquiry_id);
    bind_bytes(q, 2, permitted ? row->signed_copy : (Bytes){0});
    bind_bytes(q, 3, permitted ? (Bytes){state->permit.id.at, sizeof state->permit.id.at} : (Bytes){0});
    bind_int64(q, 4, state->state);
    bind_instant(q, 5, state->try_at);
    bind_int64(q, 6, state->tries);
    bind_int64(q, 7, state->unreadable_seen);
    bind_int64(q, 8, state->result);
    bind_day(q, 9, result_answered(state->result) ? state->as_of : DAY_NONE);
    bind_instant(q, 10, state->told_at);
    bind_instant(q, 11, state->provided_at);
    bind_instant(q, 12, state->ended_at);
    bind_int64(q, 13, row->owed);
    bind_bytes(q, 14, row->sealed_key.len ? row->sealed_key : (Bytes){0});
    bind_bytes(q, 15, row->result_key.len ? row->result_key : (Bytes){0});
    bind_bytes(q, 16, row->result_data.len ? row->result_data : (Bytes){0});
    bind_instant(q, 17, row->erased_at);
    bind_int64(q, 18, change_no);
    return query_run(q, err);
}

static const char paid_sql[] = "UPDATE inquiry SET owed = owed & $2 WHERE inquiry_id = $1";

bool inquiry_paid(Store *store, int64_t inquiry_id, int effects, Error *err)
{
    assert(inquiry_id > 0);
    assert(effects);
    Query *q = query_begin(store, paid_sql, err);
    if (!q) return false;
    bind_int64(q, 1, inquiry_id);
    bind_int64(q, 2, ~effects & 0xFFFF);
    return query_run(q, err);
}

// ---- sealed

SealPlace inquiry_key_place(int64_t inquiry_id, Arena *arena)
{
    assert(inquiry_id > 0);
    return (SealPlace){S("inquiry"), S("sealed_key"), str_format(arena, "%lld", (long long)inquiry_id)};
}

SealPlace inquiry_result_place(int64_t inquiry_id, Arena *arena)
{
    assert(inquiry_id > 0);
    return (SealPlace){S("inquiry"), S("result_key"), str_format(arena, "%lld", (long long)inquiry_id)};
}

static bool place_reseal(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(key);
    return seal_open(keys, place, sealed, &key, err) && seal_value(keys, place, secret_bytes(&key), arena, again, err);
}

static bool key_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return place_reseal(keys, inquiry_key_place(row, arena), sealed, arena, again, err);
}

static bool result_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return place_reseal(keys, inquiry_result_place(row, arena), sealed, arena, again, err);
}

const SealedColumn inquiry_key_sealed = {
    .words = "照会の一回限りの鍵",
    .read = "SELECT inquiry_id, sealed_key FROM inquiry WHERE inquiry_id > $1 AND sealed_key IS NOT NULL"
            " ORDER BY inquiry_id LIMIT 500",
    .write = "UPDATE inquiry SET sealed_key = $2 WHERE inquiry_id = $1",
    .reseal = key_reseal,
};

const SealedColumn inquiry_result_sealed = {
    .words = "照会結果の鍵",
    .read = "SELECT inquiry_id, result_key FROM inquiry WHERE inquiry_id > $1 AND result_key IS NOT NULL"
            " ORDER BY inquiry_id LIMIT 500",
    .write = "UPDATE inquiry SET result_key = $2 WHERE inquiry_id = $1",
    .reseal = result_reseal,
};
