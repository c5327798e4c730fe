// SPDX-License-Identifier: Apache-2.0
#include "copy_record_rows.h"

#include "copy_message.h"
#include "given_number_rows.h"

#include <assert.h>
#include <string.h>

static SealPlace items_place(int64_t record_no, Arena *arena)
{
    return (SealPlace){S("copy_record"), S("sealed"), str_format(arena, "%lld", (long long)record_no)};
}

static bool items_open(Keys *keys, int64_t record_no, Bytes sealed, Arena *arena, CopyItemRows *items, Error *err)
{
    Bytes plain;
    return seal_open_long(keys, items_place(record_no, arena), sealed, arena, &plain, err) &&
           copy_items_decode((Str){(const char *)plain.at, plain.len}, arena, items, err);
}

// ---- reading

#define COPY_COLUMNS "record_no, record_key, unified_no, version, deleted, layout, marked, sealed"

// The sealed items of a row lie in `sealed`, for when the query has ended.
static bool copy_row(Query *q, Arena *arena, CopyRow *row, Bytes *sealed, Error *err)
{
    *row = (CopyRow){.record_no = column_int64(q, 0),
                     .record = {.version = column_int64(q, 3), .deleted = column_int64(q, 4) != 0},
                     .layout = (int)column_int64(q, 5),
                     .marked = column_int64(q, 6)};
    *sealed = column_bytes(q, 7, arena);
    bool known = copy_key_read(column_view(q, 1), &row->record.key);
    return unified_no_parse(column_view(q, 2), &row->person, err) &&
           (known || FAIL(err, E_STORE, .words = S("保存されている副本が読めません。復旧の手順に従ってください。")));
}

static const char find_sql[] = "SELECT " COPY_COLUMNS " FROM copy_record WHERE dataset = $1 AND record_key = $2";

bool copy_find(Store *store, Keys *keys, const DatasetCode *dataset, const CopyKey *key, Arena *arena, CopyRow *row,
               Error *err)
{
    Bytes sealed = {0};
    bool good = true;
    Error later = {0};
    *row = (CopyRow){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    bind_text(q, 2, str_of(key->at));
    if (query_next(q)) good = copy_row(q, arena, row, &sealed, err);
    if (!query_end(q, good ? err : &later) || !good) return false;
    return !keys || !sealed.len || items_open(keys, row->record_no, sealed, arena, &row->record.items, err);
}

static const char of_person_sql[] =
    "SELECT " COPY_COLUMNS " FROM copy_record WHERE unified_no = $1 AND dataset = $2 AND deleted = 0 ORDER BY record_no";

bool copies_of(Store *store, Keys *keys, const DatasetCode *dataset, const UnifiedNo *person, Arena *arena,
               CopyRows *rows, Error *err)
{
    bool good = true;
    Error later = {0};
    *rows = (CopyRows){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    bind_text(q, 2, str_of(dataset->at));
    while (good && query_next(q)) {
        Bytes sealed;
        CopyRow row;
        good = copy_row(q, arena, &row, &sealed, err) &&
               items_open(keys, row.record_no, sealed, arena, &row.record.items, err);
        if (good) *copy_rows_push(rows, arena) = row;
    }
    return query_end(q, good ? err : &later) && good;
}

static const char compared_sql[] = "SELECT " COPY_COLUMNS
                                   " FROM copy_record WHERE dataset = $1 AND record_no > $2 AND deleted = 0"
                                   " ORDER BY record_no LIMIT $3";

static bool compared_add(Query *q, Keys *keys, Arena *arena, RelayFeed *feed, Error *err)
{
    CopyRow row;
    Bytes sealed, plain;
    CopyCompared compared;
    if (!copy_row(q, arena, &row, &sealed, err)) return false;
    Arena scratch = *arena;
    if (!seal_open_long(keys, items_place(row.record_no, &scratch), sealed, &scratch, &plain, err)) return false;
    Sha256 hash = sha256_of(plain);
    compared = (CopyCompared){.key = row.record.key, .version = row.record.version};
    memcpy(compared.hash, hash.at, sizeof compared.hash);
    Str payload = copy_compared_encode(&compared, arena);
    *relay_feed_rows_push(&feed->rows, arena) =
        (RelayFeedRow){row.record_no, str_copy(arena, unified_text(&row.person)),
                       {(const unsigned char *)payload.at, payload.len}};
    return true;
}

bool copies_compared(Store *store, Keys *keys, const DatasetCode *dataset, const RelayFeedAsk *ask, Arena *arena,
                     RelayFeed *feed, Error *err)
{
    bool good = true;
    Error later = {0};
    *feed = (RelayFeed){0};
    Query *q = query_begin(store, compared_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    bind_int64(q, 2, ask->after);
    bind_int64(q, 3, ask->most + 1);
    while (good && query_next(q)) good = compared_add(q, keys, arena, feed, err);
    feed->more = feed->rows.count > ask->most;
    if (feed->more) feed->rows.count = ask->most;
    return query_end(q, good ? err : &later) && good;
}

// ---- writing

static const char add_sql[] =
    "INSERT INTO copy_record (record_no, dataset, record_key, unified_no, version, deleted, layout, marked, sealed)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
static const char change_sql[] = "UPDATE copy_record SET unified_no = $4, version = $5, deleted = $6, layout = $7,"
                                 " marked = $8, sealed = $9 WHERE record_no = $1 AND dataset = $2 AND record_key = $3";

bool copy_save(Store *store, Keys *keys, const DatasetCode *dataset, CopyRow *row, Arena scratch, Error *err)
{
    assert(keys);
    assert(row->record_no >= 0);
    assert(unified_text(&row->person).len > 0);
    Bytes sealed = {0};
    const CopyRecord *record = &row->record;
    bool fresh = row->record_no == 0;
    if (fresh && !given_number_next(store, S("copy"), 0, &row->record_no, err)) return false;
    Str items = copy_items_encode(&record->items, &scratch);
    if (!record->deleted && !seal_value(keys, items_place(row->record_no, &scratch),
                                        (Bytes){(const unsigned char *)items.at, items.len}, &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, fresh ? add_sql : change_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->record_no);
    bind_text(q, 2, str_of(dataset->at));
    bind_text(q, 3, str_of(record->key.at));
    bind_text(q, 4, unified_text(&row->person));
    bind_int64(q, 5, record->version);
    bind_int64(q, 6, record->deleted);
    bind_int64(q, 7, row->layout);
    bind_int64(q, 8, row->marked);
    bind_bytes(q, 9, sealed);
    return query_run(q, err);
}

static const char mark_sql[] = "UPDATE copy_record SET marked = $2 WHERE record_no = $1";

bool copy_mark(Store *store, int64_t record_no, int64_t delivery, Error *err)
{
    assert(record_no > 0);
    Query *q = query_begin(store, mark_sql, err);
    if (!q) return false;
    bind_int64(q, 1, record_no);
    bind_int64(q, 2, delivery);
    return query_run(q, err);
}

static const char unnamed_sql[] = "SELECT count(*), count(CASE WHEN marked < $2 THEN 1 END) FROM copy_record"
                                  " WHERE dataset = $1 AND deleted = 0";

bool copies_unnamed(Store *store, const DatasetCode *dataset, int64_t delivery, int64_t *standing, int64_t *unnamed,
                    Error *err)
{
    assert(delivery > 0);
    Query *q = query_begin(store, unnamed_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    bind_int64(q, 2, delivery);
    if (query_next(q)) {
        *standing = column_int64(q, 0);
        *unnamed = column_int64(q, 1);
    }
    return query_end(q, err);
}

static const char unnamed_keys_sql[] = "SELECT record_key FROM copy_record WHERE dataset = $1 AND deleted = 0"
                                       " AND marked < $2 ORDER BY record_no";

bool copies_unnamed_keys(Store *store, const DatasetCode *dataset, int64_t delivery, Arena *arena, Str *keys, Error *err)
{
    Text all = {0};
    Query *q = query_begin(store, unnamed_keys_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    bind_int64(q, 2, delivery);
    while (query_next(q)) {
        text_add(&all, arena, column_view(q, 0));
        text_add_byte(&all, arena, ' ');
    }
    *keys = text_str(&all);
    return query_end(q, err);
}

static const char sweep_sql[] = "UPDATE copy_record SET deleted = 1, sealed = NULL"
                                " WHERE dataset = $1 AND deleted = 0 AND marked < $2";

bool copies_sweep(Store *store, const DatasetCode *dataset, int64_t delivery, int64_t *gone, Error *err)
{
    assert(delivery > 0);
    Query *q = query_begin(store, sweep_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    bind_int64(q, 2, delivery);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

static const char rekey_sql[] = "UPDATE copy_record SET unified_no = $2 WHERE unified_no = $1";

bool copies_rekey(Store *store, const UnifiedNo *from, const UnifiedNo *to, Error *err)
{
    Query *q = query_begin(store, rekey_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(from));
    bind_text(q, 2, unified_text(to));
    return query_run(q, err);
}

static bool items_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    Bytes plain;
    SealPlace place = items_place(row, arena);
    return seal_open_long(keys, place, sealed, arena, &plain, err) && seal_value(keys, place, plain, arena, again, err);
}

const SealedColumn copy_record_sealed = {
    .words = "副本",
    .read = "SELECT record_no, sealed FROM copy_record WHERE record_no > $1 AND sealed IS NOT NULL"
            " ORDER BY record_no LIMIT 500",
    .write = "UPDATE copy_record SET sealed = $2 WHERE record_no = $1",
    .reseal = items_reseal,
};

// ---- sets

#define SET_COLUMNS "dataset, sequence, digest, delivery, taken, as_of, held, refused, answer"

static CopySetRow set_row(Query *q, Arena *arena)
{
    CopySetRow row = {.set = {.sequence = column_int64(q, 1),
                              .delivery = column_int64(q, 3),
                              .taken = column_int64(q, 4)},
                      .as_of = column_instant(q, 5),
                      .held = column_int64(q, 6),
                      .refused = column_int64(q, 7),
                      .answer = column_bytes(q, 8, arena)};
    Bytes digest = column_bytes(q, 2, arena);
    if (digest.len == (ptrdiff_t)sizeof row.set.digest) memcpy(row.set.digest, digest.at, sizeof row.set.digest);
    (void)dataset_code_read(column_view(q, 0), &row.dataset);
    return row;
}

static const char set_sql[] = "SELECT " SET_COLUMNS " FROM copy_set WHERE dataset = $1";

bool copy_set_find(Store *store, const DatasetCode *dataset, Arena *arena, CopySetRow *row, Error *err)
{
    *row = (CopySetRow){.dataset = *dataset};
    Query *q = query_begin(store, set_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(dataset->at));
    if (query_next(q)) *row = set_row(q, arena);
    return query_end(q, err);
}

static const char set_save_sql[] =
    "INSERT INTO copy_set (" SET_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    " ON CONFLICT (dataset) DO UPDATE SET sequence = excluded.sequence, digest = excluded.digest,"
    " delivery = excluded.delivery, taken = excluded.taken, as_of = excluded.as_of, held = excluded.held,"
    " refused = excluded.refused, answer = excluded.answer";

bool copy_set_save(Store *store, const CopySetRow *row, Error *err)
{
    assert(row->dataset.at[0]);
    Query *q = query_begin(store, set_save_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(row->dataset.at));
    bind_int64(q, 2, row->set.sequence);
    bind_bytes(q, 3, (Bytes){row->set.digest, sizeof row->set.digest});
    bind_int64(q, 4, row->set.delivery);
    bind_int64(q, 5, row->set.taken);
    bind_instant(q, 6, row->as_of);
    bind_int64(q, 7, row->held);
    bind_int64(q, 8, row->refused);
    bind_bytes(q, 9, row->answer);
    return query_run(q, err);
}

static const char sets_sql[] = "SELECT " SET_COLUMNS " FROM copy_set ORDER BY dataset";

bool copy_sets(Store *store, Arena *arena, CopySetRows *rows, Error *err)
{
    *rows = (CopySetRows){0};
    Query *q = query_begin(store, sets_sql, err);
    if (!q) return false;
    while (query_next(q)) *copy_set_rows_push(rows, arena) = set_row(q, arena);
    return query_end(q, err);
}

// ---- 自動応答不可

static const char look_sql[] = "SELECT count(*) FROM look_first WHERE unified_no = $1 AND (dataset = $2 OR dataset = '')";

bool look_first_is(Store *store, const UnifiedNo *person, const DatasetCode *dataset, bool *is, Error *err)
{
    Query *q = query_begin(store, look_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    bind_text(q, 2, str_of(dataset->at));
    *is = query_next(q) && column_int64(q, 0) > 0;
    return query_end(q, err);
}

static const char look_on_sql[] =
    "INSERT INTO look_first (unified_no, dataset, since) VALUES ($1, '', $2) ON CONFLICT DO NOTHING";
static const char look_off_sql[] = "DELETE FROM look_first WHERE unified_no = $1";

bool look_first_set(Store *store, const UnifiedNo *person, Instant since, bool on, Error *err)
{
    assert(since > 0);
    Query *q = query_begin(store, on ? look_on_sql : look_off_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    if (on) bind_instant(q, 2, since);
    return query_run(q, err);
}
