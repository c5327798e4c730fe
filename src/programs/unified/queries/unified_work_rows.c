// SPDX-License-Identifier: Apache-2.0
#include "unified_work_rows.h"

#include <assert.h>

#include "facts_sealed.h"
#include "given_number_rows.h"

// clang-format off
static const struct {
    const char *name, *label;
    WorkStops stops;
    const char *words;
} kinds[WORK_KINDS] = {
    [WORK_NONE]           = {"", "", STOPS_NOTHING, ""},
    [WORK_NUMBER_CLASH]   = {"NUMBER_CLASH",   "個人番号の重複",       STOPS_ALL,     "同じ個人番号が二人に付いている。二人の照会と提供を止めている。二人の記録を住民記録に確かめる"},
    [WORK_NUMBER_REVIEW]  = {"NUMBER_REVIEW",  "個人番号の確認",       STOPS_ASKING,  "届いた個人番号・宛名番号・4情報が登録と合わない。記録を見比べて、同じ人なら decide --accept"},
    [WORK_NUMBER_FORMER]  = {"NUMBER_FORMER",  "旧番号での届出",       STOPS_NOTHING, "旧番号で見つかった。新しい個人番号を本人か住民記録に確かめる"},
    [WORK_FACTS_MISSING]  = {"FACTS_MISSING",  "4情報の不足",          STOPS_ASKING,  "氏名カナ・生年月日・性別・住所のどれかがなく、符号を求められない。本人と確かめたら decide --accept"},
    [WORK_PERSON_DIFFERS] = {"PERSON_DIFFERS", "住基ネットとの相違",   STOPS_ASKING,  "住基ネットの4情報と合わない。個人番号のひも付けを確かめ、正しければ decide --accept でもう一度求める"},
    [WORK_CODE_NOBODY]    = {"CODE_NOBODY",    "符号なし (E102)",      STOPS_ASKING,  "この個人番号の人が住基ネットにいない。個人番号を確かめる"},
    [WORK_CODE_DELETED]   = {"CODE_DELETED",   "住民票の消除 (E103)",  STOPS_ASKING,  "住基ネットで消除された人。個人番号と住民記録を確かめる"},
    [WORK_CODE_CLASH]     = {"CODE_CLASH",     "符号の重複 (E105)",    STOPS_ALL,     "同じ符号が別の人に付いている。ひも付け誤りのおそれがあるので、照会と提供を止めている。すぐに二人の記録を確かめる"},
    [WORK_NEWS_UNREADABLE] = {"NEWS_UNREADABLE", "読めない符号の知らせ", STOPS_NOTHING, "中間サーバーの知らせが読めない。ほかの人の分は受け取っている。中間サーバーの保守の担当者に伝える (読めるようになれば次の codes で受け取る)"},
    [WORK_NUMBER_UNREAD]  = {"NUMBER_UNREAD",  "宛名管理で開けない人", STOPS_ALL,     "宛名管理がこの人の個人番号か住所を開けない (鍵がないか、記録が壊れている)。照会と提供を止めている。宛名管理を直し、unified sync --again で受け取り直す"},
};
// clang-format on

const char *work_name(WorkKind kind)
{
    assert(kind < WORK_KINDS);
    return kinds[kind].name;
}

const char *work_label(WorkKind kind)
{
    assert(kind < WORK_KINDS);
    return kinds[kind].label;
}

const char *work_words(WorkKind kind)
{
    assert(kind < WORK_KINDS);
    return kinds[kind].words;
}

WorkStops work_stops(WorkKind kind)
{
    assert(kind < WORK_KINDS);
    return kinds[kind].stops;
}

bool work_doubts(WorkKind kind)
{
    return kind == WORK_NUMBER_CLASH || kind == WORK_NUMBER_REVIEW;
}

static WorkKind kind_named(Str name)
{
    for (WorkKind kind = WORK_NONE + 1; kind < WORK_KINDS; kind++)
        if (str_equal(name, str_of(kinds[kind].name))) return kind;
    return WORK_NONE;
}

// ---- what was said

enum { NUMBER, STATUS, HIDDEN, FACTS, SAID_TEXTS = FACTS + FACTS_TEXTS };

static SealPlace said_place(int64_t work_no, Arena *arena)
{
    return (SealPlace){S("unified_work"), S("said"), str_format(arena, "%lld", (long long)work_no)};
}

static bool said_seal(Keys *keys, int64_t work_no, const WorkSaid *said, Arena *arena, Bytes *sealed, Error *err)
{
    Str texts[SAID_TEXTS] = {[NUMBER] = str_of(said->number.digits),
                             [STATUS] = str_format(arena, "%d", (int)said->status),
                             [HIDDEN] = said->hidden ? S("1") : S("0")};
    facts_texts(&said->facts, arena, texts + FACTS);
    return texts_seal(keys, said_place(work_no, arena), texts, SAID_TEXTS, arena, sealed, err);
}

static bool said_open(Keys *keys, int64_t work_no, Bytes sealed, Arena *arena, WorkSaid *said, Error *err)
{
    Str texts[SAID_TEXTS];
    *said = (WorkSaid){.there = true};
    if (!texts_open(keys, said_place(work_no, arena), sealed, texts, SAID_TEXTS, arena, err)) return false;
    int64_t status;
    if (!facts_of_texts(texts + FACTS, &said->facts) || !str_int64(texts[STATUS], &status)) return facts_unreadable(err);
    said->status = (int32_t)status;
    said->hidden = str_equal(texts[HIDDEN], S("1"));
    bool read = !texts[NUMBER].len || individual_no_parse(texts[NUMBER], &said->number, NULL, err);
    bytes_wipe((void *)(uintptr_t)texts[NUMBER].at, texts[NUMBER].len);
    return read;
}

// ---- adding

static const char same_sql[] = "SELECT work_no FROM unified_work WHERE kind = $1 AND person_id = $2 AND other_id = $3"
                               " AND coalesce(addressee_no, '') = $4 AND coalesce(feed_no, 0) = $5 AND done_at IS NULL"
                               " ORDER BY work_no";

static bool same_open(Store *store, const UnifiedWork *work, int64_t *work_no, Error *err)
{
    Str who = addressee_text(&work->who);
    Query *q = query_begin(store, same_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(work_name(work->kind)));
    bind_int64(q, 2, work->person_id);
    bind_int64(q, 3, work->other_id);
    bind_text(q, 4, who.len ? who : S(""));
    bind_int64(q, 5, work->feed_no);
    *work_no = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

static const char said_sql[] = "UPDATE unified_work SET said = $2 WHERE work_no = $1";

static bool said_again(Store *store, int64_t work_no, Bytes said, Error *err)
{
    Query *q = query_begin(store, said_sql, err);
    if (!q) return false;
    bind_int64(q, 1, work_no);
    bind_bytes(q, 2, said);
    return query_run(q, err);
}

static const char add_sql[] = "INSERT INTO unified_work (work_no, kind, stops, person_id, other_id, addressee_no, said, since,"
                              " feed_no, about) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

static bool add(Store *store, const UnifiedWork *work, Bytes said, Error *err)
{
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, work->work_no);
    bind_text(q, 2, str_of(work_name(work->kind)));
    bind_int64(q, 3, work_stops(work->kind));
    bind_int64(q, 4, work->person_id);
    bind_int64(q, 5, work->other_id);
    bind_text(q, 6, addressee_text(&work->who));
    bind_bytes(q, 7, said);
    bind_instant(q, 8, work->since);
    if (work->feed_no)
        bind_int64(q, 9, work->feed_no);
    else
        bind_null(q, 9);
    bind_text(q, 10, work->about);
    return query_run(q, err);
}

bool unified_work_add(Store *store, Keys *keys, UnifiedWork *work, Arena scratch, bool *added, Error *err)
{
    assert(work->kind > WORK_NONE && work->kind < WORK_KINDS);
    assert(work->since > 0);
    Bytes said = {0};
    if (!same_open(store, work, &work->work_no, err)) return false;
    *added = work->work_no == 0;
    if (*added && !given_short_next(store, S("work"), &work->work_no, err)) return false;
    if (work->said.there && !said_seal(keys, work->work_no, &work->said, &scratch, &said, err)) return false;
    if (*added) return add(store, work, said, err);
    return !said.len || said_again(store, work->work_no, said, err);
}

// ---- reading

#define WORK_COLUMNS "work_no, kind, person_id, other_id, addressee_no, since, feed_no, about"
enum { SAID_COLUMN = 8 };

static bool work_read(Query *q, Arena *arena, UnifiedWork *work, Error *err)
{
    *work = (UnifiedWork){.work_no = column_int64(q, 0),
                          .kind = kind_named(column_view(q, 1)),
                          .person_id = column_int64(q, 2),
                          .other_id = column_int64(q, 3),
                          .since = column_instant(q, 5),
                          .feed_no = column_is_null(q, 6) ? 0 : column_int64(q, 6),
                          .about = column_text(q, 7, arena)};
    return column_is_null(q, 4) || addressee_no_parse(column_view(q, 4), &work->who, NULL, err);
}

static const char open_sql[] = "SELECT " WORK_COLUMNS " FROM unified_work WHERE done_at IS NULL ORDER BY work_no";

static const char waiting_sql[] = "SELECT " WORK_COLUMNS " FROM unified_work WHERE feed_no IS NOT NULL AND done_at IS NULL"
                                  " ORDER BY feed_no, work_no";

static bool works_read(Store *store, const char *sql, Arena *arena, UnifiedWorks *works, Error *err)
{
    bool good = true;
    Error closing = {0};
    *works = (UnifiedWorks){0};
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    while (good && query_next(q)) good = work_read(q, arena, unified_works_push(works, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

bool unified_works_open(Store *store, Arena *arena, UnifiedWorks *works, Error *err)
{
    return works_read(store, open_sql, arena, works, err);
}

bool unified_news_waiting(Store *store, Arena *arena, UnifiedWorks *works, Error *err)
{
    return works_read(store, waiting_sql, arena, works, err);
}

static const char find_sql[] =
    "SELECT " WORK_COLUMNS ", said FROM unified_work WHERE work_no = $1 AND done_at IS NULL";

bool unified_work_find(Store *store, Keys *keys, int64_t work_no, Arena *arena, UnifiedWork *work, Error *err)
{
    bool good = true;
    Bytes said = {0};
    Error closing = {0};
    *work = (UnifiedWork){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, work_no);
    if (query_next(q)) {
        good = work_read(q, arena, work, err);
        said = column_bytes(q, SAID_COLUMN, arena);
    }
    if (!query_end(q, good ? err : &closing) || !good) return false;
    return !said.len || said_open(keys, work->work_no, said, arena, &work->said, err);
}

// ---- closing: what was said has a number in it, and nobody needs it any more

static const char close_sql[] = "UPDATE unified_work SET said = NULL, done_at = $2, done_by = $3, decision = $4, reason = $5"
                                " WHERE work_no = $1";

bool unified_work_close(Store *store, const WorkDecision *decision, Error *err)
{
    assert(decision->work_no > 0);
    assert(decision->at > 0);
    Query *q = query_begin(store, close_sql, err);
    if (!q) return false;
    bind_int64(q, 1, decision->work_no);
    bind_instant(q, 2, decision->at);
    bind_text(q, 3, decision->by);
    bind_text(q, 4, decision->accepted ? S("accepted") : S("dismissed"));
    bind_text(q, 5, decision->reason);
    return query_run(q, err);
}

static const char settled_sql[] = "UPDATE unified_work SET said = NULL, done_at = $3, done_by = 'register', decision = 'settled'"
                                  " WHERE person_id = $1 AND kind = $2 AND done_at IS NULL";

bool unified_work_settled(Store *store, int64_t person_id, WorkKind kind, Instant at, bool *any, Error *err)
{
    assert(person_id > 0);
    assert(kind > WORK_NONE && kind < WORK_KINDS);
    Query *q = query_begin(store, settled_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_text(q, 2, str_of(work_name(kind)));
    bind_instant(q, 3, at);
    (void)query_next(q);
    *any = query_changed(q) > 0;
    return query_end(q, err);
}

static const char news_read_sql[] = "UPDATE unified_work SET done_at = $2, done_by = 'intermediate', decision = 'settled'"
                                    " WHERE feed_no = $1 AND done_at IS NULL";

bool unified_news_read(Store *store, int64_t feed_no, Instant at, Error *err)
{
    Query *q = query_begin(store, news_read_sql, err);
    if (!q) return false;
    bind_int64(q, 1, feed_no);
    bind_instant(q, 2, at);
    return query_run(q, err);
}

static const char read_sql[] = "UPDATE unified_work SET done_at = $3, done_by = 'register', decision = 'settled'"
                               " WHERE addressee_no = $1 AND kind = $2 AND done_at IS NULL";

bool unified_work_read(Store *store, const AddresseeNo *who, Instant at, Error *err)
{
    Query *q = query_begin(store, read_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    bind_text(q, 2, str_of(work_name(WORK_NUMBER_UNREAD)));
    bind_instant(q, 3, at);
    return query_run(q, err);
}

// ---- under a newer key

static bool said_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, said_place(row, arena), sealed, arena, again, err);
}

const SealedColumn unified_work_said = {
    .words = "確認の仕事にある個人番号と4情報",
    .read = "SELECT work_no, said FROM unified_work WHERE work_no > $1 AND said IS NOT NULL ORDER BY work_no LIMIT 500",
    .write = said_sql,
    .reseal = said_reseal,
};
