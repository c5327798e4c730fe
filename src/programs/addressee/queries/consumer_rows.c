// SPDX-License-Identifier: Apache-2.0
#include "consumer_rows.h"

#include "change_rows.h"
#include "difference.h"
#include "sha256.h"

static const char newest_sql[] = "SELECT right_no, items, reason, granted_by, granted_at FROM consumer_right WHERE consumer = $1"
                                 " ORDER BY right_no DESC LIMIT 1";

static bool right_read(Query *q, Arena *arena, ConsumerRight *right)
{
    *right = (ConsumerRight){.right_no = column_int64(q, 0),
                             .consumer = right->consumer,
                             .reason = column_text(q, 2, arena),
                             .granted_by = column_text(q, 3, arena),
                             .granted_at = column_instant(q, 4)};
    return told_items_of(column_view(q, 1), &right->given);
}

bool consumer_right(Store *store, const Consumer *consumer, Arena *arena, ConsumerRight *right, Error *err)
{
    bool readable = true;
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    *right = (ConsumerRight){.consumer = consumer, .given = consumer_founding(consumer)};
    bind_text(q, 1, str_of(consumer->role));
    if (query_next(q)) readable = right_read(q, arena, right);
    if (!query_end(q, err)) return false;
    return readable || FAIL(err, E_STORE, .words = S("保存されている提供先の項目が読めません。復旧の手順に従ってください。"));
}

static const char insert_sql[] =
    "INSERT INTO consumer_right (right_no, consumer, items, reason, granted_by, granted_at)"
    " SELECT coalesce(max(right_no), 0) + 1, CAST($1 AS text), CAST($2 AS text), CAST($3 AS text), CAST($4 AS text),"
    " CAST($5 AS bigint) FROM consumer_right";

bool consumer_right_insert(Store *store, const ConsumerRight *right, Arena scratch, Error *err)
{
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(right->consumer->role));
    bind_text(q, 2, told_items_text(right->given, &scratch));
    bind_text(q, 3, right->reason);
    bind_text(q, 4, right->granted_by);
    bind_instant(q, 5, right->granted_at);
    return query_run(q, err);
}

// ---- how it sees the register

static Str epoch_of(const ConsumerView *view, Str epoch, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    if (view->given == consumer_founding(view->consumer)) return epoch;
    Sha256 hash = sha256_of_text(str_format(arena, "%.*s %s %.*s", STR(epoch), view->consumer->role,
                                            STR(told_items_text(view->given, arena))));
    return str_copy(arena, str_first(str_of(sha256_text(&hash, text)), EPOCH_LENGTH));
}

bool consumer_view(Store *store, Str role, Arena *arena, ConsumerView *view, Error *err)
{
    Str epoch;
    ConsumerRight right;
    const Consumer *consumer = consumer_of_role(role);
    if (!consumer)
        return FAIL(err, E_RIGHT, .value = role, .words = S("このプログラムは、住民情報の提供先として登録されていません。"));
    if (!consumer_right(store, consumer, arena, &right, err) || !change_epoch(store, arena, &epoch, err)) return false;
    ToldItems most = consumer_most(consumer);
    *view = (ConsumerView){.consumer = consumer, .given = right.given & most, .withheld = most & ~right.given};
    view->epoch = epoch_of(view, epoch, arena);
    return true;
}

bool consumer_view_given(Store *store, Str role, Arena *arena, ConsumerView *view, Error *err)
{
    if (!consumer_view(store, role, arena, view, err)) return false;
    return view->given ||
           FAIL(err, E_RIGHT, .value = role,
                .words = S("この提供先に渡す項目が、まだ決まっていません。宛名管理で2人の職員が決めてから、もう一度受け取ってください。"));
}
