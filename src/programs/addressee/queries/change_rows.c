// SPDX-License-Identifier: Apache-2.0
#include "change_rows.h"

#include <sys/random.h>

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

static const char last_sql[] = "SELECT coalesce(max(change_no), 0) FROM register_version";

bool change_last(Store *store, int64_t *change_no, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    if (query_next(q)) *change_no = column_int64(q, 0);
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

// No sealed place is opened here: what does not stand in clear is not told.
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

bool changes_after(Store *store, int64_t cursor, int32_t most, Arena *arena,
                   PersonChangeRows *changes, Error *err)
{
    PersonChangeRows read = {0};
    bool good = true;
    Error closing = {0};
    Query *q = query_begin(store, changes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, most);
    while (good && query_next(q))
        good = change_read(q, arena, person_changes_push(&read, arena), err);
    if (!query_end(q, &closing)) {
        if (good) *err = closing;
        return false;
    }
    if (good) *changes = read;
    return good;
}
