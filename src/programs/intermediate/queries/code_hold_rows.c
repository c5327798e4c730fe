// SPDX-License-Identifier: Apache-2.0
#include "code_hold_rows.h"

#include "given_number_rows.h"
#include "relay_payload.h"

#include <assert.h>
#include <string.h>

#define CODE_COLUMNS \
    "unified_no, state, doubted, acquisition, asked_at, code, former, epoch, former_until, failure"

static void blob_into(Query *q, int column, Arena scratch, void *at, ptrdiff_t len)
{
    Bytes bytes = column_bytes(q, column, &scratch);
    memset(at, 0, (size_t)len);
    if (bytes.len == len) memcpy(at, bytes.at, (size_t)len);
}

static CodeRow code_row(Query *q, Arena scratch)
{
    CodeRow row = {.hold = {.state = (CodeState)column_int64(q, 1),
                            .doubted = column_int64(q, 2) != 0,
                            .asked_at = column_instant(q, 4),
                            .epoch = (int)column_int64(q, 7),
                            .former_until = column_instant(q, 8),
                            .failure = (CodeFailure)column_int64(q, 9)}};
    Error unread = {0};
    (void)!unified_no_parse(column_view(q, 0), &row.person, &unread);
    blob_into(q, 3, scratch, row.hold.acquisition.at, sizeof row.hold.acquisition.at);
    blob_into(q, 5, scratch, row.hold.code.at, sizeof row.hold.code.at);
    blob_into(q, 6, scratch, row.hold.former.at, sizeof row.hold.former.at);
    return row;
}

static bool one_row(Query *q, Arena scratch, CodeRow *row, bool *found, Error *err)
{
    *found = query_next(q);
    if (*found) *row = code_row(q, scratch);
    return query_end(q, err);
}

static const char find_sql[] = "SELECT " CODE_COLUMNS " FROM code_hold WHERE unified_no = $1";

bool code_find(Store *store, const UnifiedNo *person, Arena scratch, CodeHold *hold, Error *err)
{
    CodeRow row = {0};
    bool found;
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(person));
    if (!one_row(q, scratch, &row, &found, err)) return false;
    *hold = row.hold;
    return true;
}

static const char save_sql[] =
    "INSERT INTO code_hold (" CODE_COLUMNS ", change_no)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    " ON CONFLICT (unified_no) DO UPDATE SET state = excluded.state, doubted = excluded.doubted,"
    " acquisition = excluded.acquisition, asked_at = excluded.asked_at, code = excluded.code, former = excluded.former,"
    " epoch = excluded.epoch, former_until = excluded.former_until, failure = excluded.failure,"
    " change_no = excluded.change_no";

static Bytes code_bytes(const PairwiseCode *code)
{
    return pairwise_present(code) ? (Bytes){code->at, sizeof code->at} : (Bytes){0};
}

bool code_save(Store *store, const CodeRow *row, Instant now, Error *err)
{
    assert(now > 0);
    assert(unified_text(&row->person).len > 0);
    int64_t change_no;
    const CodeHold *hold = &row->hold;
    if (!given_number_next(store, S("code_change"), now, &change_no, err)) return false;
    Query *q = query_begin(store, save_sql, err);
    if (!q) return false;
    bind_text(q, 1, unified_text(&row->person));
    bind_int64(q, 2, hold->state);
    bind_int64(q, 3, hold->doubted);
    bind_bytes(q, 4, (Bytes){hold->acquisition.at, sizeof hold->acquisition.at});
    bind_instant(q, 5, hold->asked_at);
    bind_bytes(q, 6, code_bytes(&hold->code));
    bind_bytes(q, 7, code_bytes(&hold->former));
    bind_int64(q, 8, hold->epoch);
    bind_instant(q, 9, hold->former_until);
    bind_int64(q, 10, hold->failure);
    bind_int64(q, 11, change_no);
    return query_run(q, err);
}

static const char of_code_sql[] = "SELECT " CODE_COLUMNS " FROM code_hold WHERE code = $1"
                                  " OR (former = $1 AND former_until > $2) ORDER BY unified_no";

bool code_of(Store *store, const PairwiseCode *code, Instant now, Arena scratch, CodeRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_code_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){code->at, sizeof code->at});
    bind_instant(q, 2, now);
    return one_row(q, scratch, row, found, err);
}

static const char of_acquisition_sql[] =
    "SELECT " CODE_COLUMNS " FROM code_hold WHERE acquisition = $1 ORDER BY unified_no";

bool code_of_acquisition(Store *store, const AcquisitionNo *no, Arena scratch, CodeRow *row, bool *found, Error *err)
{
    Query *q = query_begin(store, of_acquisition_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){no->at, sizeof no->at});
    return one_row(q, scratch, row, found, err);
}

static const char overdue_sql[] = "SELECT " CODE_COLUMNS " FROM code_hold WHERE state = 1 AND asked_at <= $1"
                                  " ORDER BY unified_no LIMIT $2";

bool codes_overdue(Store *store, Instant asked_before, int most, Arena *arena, CodeRows *rows, Error *err)
{
    assert(most > 0);
    *rows = (CodeRows){0};
    Query *q = query_begin(store, overdue_sql, err);
    if (!q) return false;
    bind_instant(q, 1, asked_before);
    bind_int64(q, 2, most);
    while (query_next(q)) *code_rows_push(rows, arena) = code_row(q, *arena);
    return query_end(q, err);
}

static const char standings_sql[] = "SELECT change_no, unified_no, state, failure, doubted FROM code_hold"
                                    " WHERE change_no > $1 ORDER BY change_no LIMIT $2";

bool code_standings(Store *store, const RelayFeedAsk *ask, Arena *arena, RelayFeed *feed, Error *err)
{
    *feed = (RelayFeed){0};
    Query *q = query_begin(store, standings_sql, err);
    if (!q) return false;
    bind_int64(q, 1, ask->after);
    bind_int64(q, 2, ask->most + 1);
    while (query_next(q)) {
        const CodeStanding standing = {(CodeState)column_int64(q, 2), (CodeFailure)column_int64(q, 3),
                                       column_int64(q, 4) != 0};
        Str payload = code_standing_encode(&standing, arena);
        *relay_feed_rows_push(&feed->rows, arena) =
            (RelayFeedRow){column_int64(q, 0), column_text(q, 1, arena),
                           {(const unsigned char *)payload.at, payload.len}};
    }
    feed->more = feed->rows.count > ask->most;
    if (feed->more) feed->rows.count = ask->most;
    return query_end(q, err);
}

// ---- acquisition numbers

static const char add_sql[] = "INSERT INTO acquisition (acquisition, given_at) VALUES ($1, $2) ON CONFLICT DO NOTHING";

bool acquisition_add(Store *store, const AcquisitionNo *no, Instant now, Error *err)
{
    assert(now > 0);
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){no->at, sizeof no->at});
    bind_instant(q, 2, now);
    return query_run(q, err);
}

static const char fresh_sql[] = "SELECT count(*) FROM acquisition WHERE given_at > $1";

bool acquisitions_fresh(Store *store, Instant given_after, int64_t *count, Error *err)
{
    Query *q = query_begin(store, fresh_sql, err);
    if (!q) return false;
    bind_instant(q, 1, given_after);
    if (query_next(q)) *count = column_int64(q, 0);
    return query_end(q, err);
}

static const char oldest_sql[] =
    "SELECT acquisition FROM acquisition WHERE given_at > $1 ORDER BY given_at, acquisition LIMIT 1";
static const char take_sql[] = "DELETE FROM acquisition WHERE acquisition = $1 OR given_at <= $2";

bool acquisition_take(Store *store, Instant given_after, Arena scratch, AcquisitionNo *no, bool *found, Error *err)
{
    AcquisitionNo taken = {{0}};
    Query *q = query_begin(store, oldest_sql, err);
    if (!q) return false;
    bind_instant(q, 1, given_after);
    *found = query_next(q);
    if (*found) blob_into(q, 0, scratch, taken.at, sizeof taken.at);
    if (!query_end(q, err)) return false;
    q = query_begin(store, take_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, (Bytes){taken.at, sizeof taken.at});
    bind_instant(q, 2, given_after);
    *no = taken;
    return query_run(q, err);
}

static const char forget_sql[] = "DELETE FROM acquisition WHERE given_at < $1";

bool acquisitions_forget(Store *store, Instant given_before, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, given_before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

static const char counts_sql[] = "SELECT state, count(*), sum(doubted) FROM code_hold GROUP BY state ORDER BY state";

bool code_counts(Store *store, CodeCounts *counts, Error *err)
{
    *counts = (CodeCounts){0};
    Query *q = query_begin(store, counts_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        int64_t state = column_int64(q, 0);
        if (state >= 0 && state < CODE_STATE_COUNT) counts->of_state[state] = column_int64(q, 1);
        counts->doubted += column_int64(q, 2);
    }
    return query_end(q, err);
}
