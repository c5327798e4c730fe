// SPDX-License-Identifier: Apache-2.0
#include "change_rows.h"

#include <sys/random.h>

#include "difference.h"
#include "hold_rows.h"
#include "logging.h"
#include "mailing_address_rows.h"
#include "register_columns.h"
#include "span_text.h"

static const char epoch_sql[] = "SELECT epoch FROM change_sequence ORDER BY epoch";
static const char add_epoch_sql[] = "INSERT INTO change_sequence (epoch) VALUES ($1)";

static bool make_epoch(Arena *arena, Str *epoch, Error *err)
{
    unsigned char bytes[16];
    Text text = {0};
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return FAIL(err, E_INTERNAL,
                    .words = S("乱数が得られません。機械の状態を確かめてください。"));
    for (size_t i = 0; i < sizeof bytes; i++) text_addf(&text, arena, "%02x", bytes[i]);
    *epoch = text_str(&text);
    return true;
}

bool change_epoch(Store *store, Arena *arena, Str *epoch, Error *err)
{
    Str found = {0};
    Query *q = query_begin(store, epoch_sql, err);
    if (!q) return false;
    if (query_next(q)) found = column_text(q, 0, arena);
    if (!query_end(q, err)) return false;
    if (!difference_epoch_valid(found))
        return FAIL(err, E_STORE,
                    .words = S("保存されている差分の系列が読めません。復旧の手順に従ってください。"));
    if (!found.len) {
        if (!make_epoch(arena, &found, err)) return false;
        q = query_begin(store, add_epoch_sql, err);
        if (!q) return false;
        bind_text(q, 1, found);
        if (!query_run(q, err)) return false;
    }
    *epoch = found;
    return true;
}

static const char last_sql[] = "SELECT coalesce(max(change_no), 0) FROM (SELECT change_no FROM register_version"
                               " UNION ALL SELECT change_no FROM person_hold"
                               " UNION ALL SELECT change_no FROM mailing_address) every_change";

bool change_last(Store *store, int64_t *change_no, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    if (query_next(q)) *change_no = column_int64(q, 0);
    return query_end(q, err);
}

static const char newest_of_sql[] =
    "SELECT coalesce((SELECT max(change_no) FROM register_version WHERE person_id = $1 AND withdrawn_by = 0), 0),"
    " coalesce((SELECT max(change_no) FROM mailing_address WHERE person_id = $1), 0),"
    " coalesce((SELECT max(change_no) FROM (SELECT change_no FROM register_version WHERE person_id = $1"
    "  UNION ALL SELECT change_no FROM person_number WHERE person_id = $1) told), 0)";

bool change_newest_of(Store *store, int64_t person_id, PersonNewest *newest, Error *err)
{
    *newest = (PersonNewest){0};
    Query *q = query_begin(store, newest_of_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) *newest = (PersonNewest){column_int64(q, 0), column_int64(q, 1), column_int64(q, 2)};
    return query_end(q, err);
}

static const char picture_sql[] = "SELECT name FROM feed_file WHERE applied_no IS NOT NULL"
                                  " ORDER BY applied_no DESC LIMIT 1";

bool change_picture(Store *store, Arena *arena, Str *picture, Error *err)
{
    *picture = (Str){0};
    Query *q = query_begin(store, picture_sql, err);
    if (!q) return false;
    if (query_next(q)) *picture = column_text(q, 0, arena);
    return query_end(q, err);
}

static const char changes_sql[] =
    "SELECT v.change_no, p.addressee_no, v.version_no, v.event_reason, v.occurred_on,"
    " v.reported_on, v.recorded_at, v.withdrawn_person, v.withdraws, v.residence,"
    " " STATE_COLUMNS_OF("v.")
    " FROM register_version v JOIN person p ON p.person_id = v.person_id"
    " WHERE v.change_no > $1 ORDER BY v.change_no LIMIT $2";

enum { CHANGE_STATE_COLUMN = 10 };

static bool withdraws_read(Str text, Arena *arena, VersionNoRows *withdraws, Error *err)
{
    while (text.len) {
        int64_t version_no;
        Cut cut = str_cut(text, ' ');
        if (!str_int64(cut.head, &version_no))
            return FAIL(
                err, E_STORE,
                .words = S("保存されている取消の記録が読めません。復旧の手順に従ってください。"));
        *version_nos_push(withdraws, arena) = (int32_t)version_no;
        text = cut.tail;
    }
    return true;
}

// No sealed place of a version is opened here: what does not stand in clear is not told.
static bool change_read(Query *q, Arena *arena, PersonChange *change, Error *err)
{
    *change = (PersonChange){
        .change_no = column_int64(q, 0),
        .addressee_no = column_text(q, 1, arena),
        .version_no = (int32_t)column_int64(q, 2),
        .event_reason = (int32_t)column_int64(q, 3),
        .occurred_on = column_day(q, 4),
        .reported_on = column_day(q, 5),
        .recorded_at = column_instant(q, 6),
        .withdrawn_person = column_int64(q, 7) != 0,
    };
    state_read_told(q, CHANGE_STATE_COLUMN, arena, &change->state);
    return withdraws_read(column_view(q, 8), arena, &change->withdraws, err) &&
           spans_read(column_view(q, 9), arena, &change->residence, err);
}

// One row that a fault of ours or of the machine made unreadable does not stop everybody's changes.
static void change_take(Query *q, Arena *arena, PersonChangeRows *rows)
{
    Error unread = {0};
    PersonChange change;
    if (!change_read(q, arena, &change, &unread)) {
        change = person_change_stub(change.change_no, change.addressee_no, HOLD_UNTELLABLE);
        log_line(LOG_ERROR, "event=change_unreadable change_no=%lld code=%s",
                 (long long)change.change_no, error_code_text(unread.code));
    }
    *person_changes_push(rows, arena) = change;
}

// Both in order; of one number there is one.
static PersonChangeRows merged(const PersonChangeRows *one, const PersonChangeRows *other, int32_t most, Arena *arena)
{
    PersonChangeRows all = {0};
    if (!other->count) return *one;
    for (ptrdiff_t i = 0, j = 0; all.count < most && (i < one->count || j < other->count);) {
        bool first = j == other->count || (i < one->count && one->at[i].change_no < other->at[j].change_no);
        *person_changes_push(&all, arena) = first ? one->at[i++] : other->at[j++];
    }
    return all;
}

bool changes_after(Store *store, Keys *keys, int64_t cursor, int32_t most, Arena *arena, PersonChangeRows *changes,
                   Error *err)
{
    PersonChangeRows versions = {0}, holds, mailings;
    Query *q = query_begin(store, changes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, most);
    while (query_next(q)) change_take(q, arena, &versions);
    if (!query_end(q, err)) return false;
    bool more = versions.count == most;
    int64_t last = more ? versions.at[versions.count - 1].change_no : INT64_MAX;
    if (!holds_between(store, cursor, last, arena, &holds, err) ||
        !mailings_between(store, keys, cursor, last, most, arena, &mailings, err))
        return false;
    PersonChangeRows both = merged(&versions, &holds, most, arena);
    *changes = merged(&both, &mailings, most, arena);
    return true;
}
