// SPDX-License-Identifier: Apache-2.0
#include "notice_rows.h"

#include <assert.h>
#include <string.h>

#include "key_set.h"
#include "work_rows.h"

static const char addresses_sql[] =
    "SELECT v.person_id, v.household_no, v.name, v.name_kana, v.name_roman, v.alias, v.alias_kana,"
    " v.printed_name, v.sex, v.postal_code, v.address, v.building,"
    " v.municipality_code FROM " KEY_NUMBERS " CROSS JOIN resident_version v"
    " WHERE v.person_id = b.number AND v.to_act = 2147483647"
    " ORDER BY v.person_id, v.version_no DESC, v.version_id DESC";

bool notice_addresses(Store *store, Str persons, Arena *arena, NoticeAddresses *rows, Error *err)
{
    *rows = (NoticeAddresses){0};
    Query *q = query_begin(store, addresses_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    while (query_next(q))
        *notice_addresses_of_push(rows, arena) = (NoticeAddress){
            .person_id = (int32_t)column_int64(q, 0),
            .household_no = column_text(q, 1, arena),
            .name = column_text(q, 2, arena),
            .name_kana = column_text(q, 3, arena),
            .name_roman = column_text(q, 4, arena),
            .alias = column_text(q, 5, arena),
            .alias_kana = column_text(q, 6, arena),
            .printed_name = (int32_t)column_int64(q, 7),
            .sex = (int32_t)column_int64(q, 8),
            .postal_code = column_text(q, 9, arena),
            .address = column_text(q, 10, arena),
            .building = column_text(q, 11, arena),
            .ward = column_text(q, 12, arena),
        };
    return query_end(q, err);
}

static const char holds_sql[] =
    "SELECT w.person_id, w.kind FROM " KEY_NUMBERS " CROSS JOIN work w WHERE w.to_act = 2147483647"
    " AND w.kind IN ('register_held', 'change_held') AND w.person_id = b.number"
    " ORDER BY w.person_id, w.work_id";

bool notice_holds(Store *store, Str persons, Arena *arena, NoticeHolds *rows, Error *err)
{
    *rows = (NoticeHolds){0};
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    while (query_next(q))
        *notice_holds_of_push(rows, arena) =
            (NoticeHold){(int32_t)column_int64(q, 0), work_kind_named(column_view(q, 1))};
    return query_end(q, err);
}

static const char of_persons_sql[] =
    "SELECT n.person_id, n.series, n.position, n.kind, n.mailed_on FROM " KEY_NUMBERS
    " CROSS JOIN notice n WHERE n.person_id = b.number AND n.run_no < $2 AND n.to_act = 2147483647"
    " ORDER BY n.person_id, n.mailed_on, n.notice_id";

bool notices_of_persons(Store *store, Str persons, int32_t before_run, Arena *arena,
                        NoticeRows *rows, Error *err)
{
    assert(before_run >= 0);
    *rows = (NoticeRows){0};
    Query *q = query_begin(store, of_persons_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    bind_int64(q, 2, before_run);
    while (query_next(q)) {
        *notices_push(rows, arena) = (NoticeRow){
            .person_id = (int32_t)column_int64(q, 0),
            .series = column_text(q, 1, arena),
            .position = column_text(q, 2, arena),
            .kind = column_text(q, 3, arena),
            .mailed_on = column_day(q, 4),
        };
    }
    return query_end(q, err);
}

static const char run_insert_sql[] =
    "INSERT INTO notice_run (run_no, act_no, as_of, list_sha256, sent, held, reprint_of)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

bool notice_run_insert(Store *store, const LedgerAct *act, const NoticeRun *run, Error *err)
{
    assert(act->no > 0);
    assert(run->run_no > 0);
    assert(run->reprint_of >= 0 && run->reprint_of != run->run_no);
    assert(run->as_of != DAY_NONE);
    assert(run->sent >= 0 && run->held >= 0);
    char hash[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, run_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run->run_no);
    bind_int64(q, 2, act->no);
    bind_day(q, 3, run->as_of);
    bind_text(q, 4, str_of(sha256_text(&run->list, hash)));
    bind_int64(q, 5, run->sent);
    bind_int64(q, 6, run->held);
    bind_int64(q, 7, run->reprint_of);
    return query_run(q, err);
}

static const char notice_insert_sql[] =
    "INSERT INTO notice (notice_id, run_no, person_id, series, position, kind, mailed_on, to_act)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, 2147483647)";

bool notice_insert(Store *store, int32_t notice_id, int32_t run_no, const NoticeRow *row,
                   Error *err)
{
    assert(notice_id > 0);
    assert(run_no > 0);
    assert(row->person_id > 0);
    assert(row->series.len > 0);
    assert(row->kind.len > 0);
    Query *q = query_begin(store, notice_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, notice_id);
    bind_int64(q, 2, run_no);
    bind_int64(q, 3, row->person_id);
    bind_text(q, 4, row->series);
    bind_text(q, 5, row->position);
    bind_text(q, 6, row->kind);
    bind_day(q, 7, row->mailed_on);
    return query_run(q, err);
}

static const char page_insert_sql[] =
    "INSERT INTO print_page (page_id, run_no, sequence, person_id, paper, form_version, page_no,"
    " page_count) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

bool print_page_insert(Store *store, int32_t run_no, int32_t person_id, const PaperPage *page,
                       Error *err)
{
    assert(run_no > 0);
    assert(person_id > 0);
    assert(*page->tag);
    Query *q = query_begin(store, page_insert_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(page->tag));
    bind_int64(q, 2, run_no);
    bind_int64(q, 3, page->sequence);
    bind_int64(q, 4, person_id);
    bind_text(q, 5, page->paper);
    bind_text(q, 6, page->form_version);
    bind_int64(q, 7, page->page);
    bind_int64(q, 8, page->of);
    return query_run(q, err);
}

// ---- what a batch sent

static bool sent_unknown(Str batch_no, Error *err)
{
    return FAIL(err, E_NOT_FOUND, .item = S("通知の番号"), .value = batch_no,
                .words = S("この番号の通知はありません。書き出した書類の名前にある番号 "
                           "(N20261001-001 など) を書いてください。"));
}

// "N20261001-001": the letter, the day, the run; "CN…" and "CR…" of a reprint.
typedef struct BatchNo {
    bool reprint, reminder;
    Day as_of;
    int32_t run_no;
} BatchNo;

static bool batch_no_read(Str written, BatchNo *batch)
{
    int64_t run = 0;
    *batch = (BatchNo){.reprint = str_starts(written, S("C"))};
    Cut cut = str_cut(str_from(written, batch->reprint), '-');
    batch->reminder = str_starts(cut.head, S("R"));
    bool shaped = cut.found && cut.head.len == 9 && (batch->reminder || cut.head.at[0] == 'N') &&
                  str_int64(cut.tail, &run) && run > 0 && run < INT32_MAX;
    if (!shaped) return false;
    char day[] = "0000-00-00";
    memcpy(day, cut.head.at + 1, 4);
    memcpy(day + 5, cut.head.at + 5, 2);
    memcpy(day + 8, cut.head.at + 7, 2);
    batch->run_no = (int32_t)run;
    return day_read(day, 10, &batch->as_of);
}

// What the letters of a run are is what those are that it repeats.
static const char run_sql[] =
    "SELECT r.reprint_of, coalesce((SELECT n.kind FROM notice n WHERE n.run_no ="
    " CASE WHEN r.reprint_of > 0 THEN r.reprint_of ELSE r.run_no END ORDER BY n.notice_id LIMIT 1), '')"
    " FROM notice_run r WHERE r.run_no = $1 AND r.as_of = $2";
static const char sent_sql[] =
    "SELECT person_id, series, position, kind, mailed_on FROM notice WHERE run_no = $1"
    " AND to_act = 2147483647 ORDER BY person_id, series, notice_id";

// Is there a run that bears this number? A number with another letter before it is another number.
static bool run_there(Store *store, const BatchNo *batch, NoticeSent *sent, bool *there, Error *err)
{
    Query *q = query_begin(store, run_sql, err);
    if (!q) return false;
    bind_int64(q, 1, batch->run_no);
    bind_day(q, 2, batch->as_of);
    *there = query_next(q);
    if (*there) {
        int32_t first = (int32_t)column_int64(q, 0);
        Str kind = column_view(q, 1);
        *sent = (NoticeSent){batch->run_no, first ? first : batch->run_no, str_equal(kind, S("reminder")), {0}};
        *there = batch->reprint == (first > 0 || str_equal(kind, S("reprint"))) &&
                 (!kind.len || batch->reminder == sent->reminder);
    }
    return query_end(q, err);
}

bool notice_sent(Store *store, Str batch_no, Arena *arena, NoticeSent *sent, Error *err)
{
    BatchNo batch;
    bool there = false;
    *sent = (NoticeSent){0};
    if (!batch_no_read(batch_no, &batch)) return sent_unknown(batch_no, err);
    if (!run_there(store, &batch, sent, &there, err)) return false;
    if (!there) return sent_unknown(batch_no, err);
    Query *q = query_begin(store, sent_sql, err);
    if (!q) return false;
    bind_int64(q, 1, sent->run_no);
    while (query_next(q))
        *notices_push(&sent->rows, arena) = (NoticeRow){
            .person_id = (int32_t)column_int64(q, 0),
            .series = column_text(q, 1, arena),
            .position = column_text(q, 2, arena),
            .kind = column_text(q, 3, arena),
            .mailed_on = column_day(q, 4),
        };
    return query_end(q, err);
}

static const char reprints_sql[] = "SELECT run_no FROM notice_run WHERE reprint_of = $1 ORDER BY run_no";

bool notice_reprints_of(Store *store, int32_t run_no, Arena *arena, RunNos *runs, Error *err)
{
    assert(run_no > 0);
    *runs = (RunNos){0};
    Query *q = query_begin(store, reprints_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    while (query_next(q)) *run_nos_push(runs, arena) = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

// ---- looking again

// What a letter may hang on and person_last_act does not mark: a reported dose, a hold, another letter.
#define TOUCHED(since)                                                                             \
    "SELECT person_id FROM person_last_act WHERE act_no > " since                                  \
    " UNION SELECT c.person_id FROM intake_waiting w JOIN intake_candidate c ON c.row_id = w.row_id" \
    " WHERE w.from_act > " since " OR w.to_act BETWEEN " since " + 1 AND 2147483646"               \
    " UNION SELECT person_id FROM work WHERE person_id > 0 AND (from_act > " since                 \
    " OR to_act BETWEEN " since " + 1 AND 2147483646)"                                             \
    " UNION SELECT n.person_id FROM notice n JOIN notice_run r ON r.run_no = n.run_no"             \
    " WHERE r.act_no > " since " OR n.to_act BETWEEN " since " + 1 AND 2147483646"

static const char touched_sql[] = TOUCHED("CAST($1 AS integer)") " ORDER BY 1";

bool notice_touched(Store *store, int32_t since, Arena *arena, TouchedIds *ids, Error *err)
{
    assert(since >= 0);
    *ids = (TouchedIds){0};
    Query *q = query_begin(store, touched_sql, err);
    if (!q) return false;
    bind_int64(q, 1, since);
    while (query_next(q)) *touched_ids_push(ids, arena) = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static const char run_touched_sql[] =
    "SELECT count(*) FROM notice m WHERE m.run_no = $2 AND m.to_act = 2147483647 AND m.person_id IN ("
    TOUCHED("CAST($1 AS integer)") ")";

bool notice_run_touched(Store *store, int32_t run_no, int32_t since, bool *touched, Error *err)
{
    assert(run_no > 0);
    assert(since >= 0);
    *touched = false;
    Query *q = query_begin(store, run_touched_sql, err);
    if (!q) return false;
    bind_int64(q, 1, since);
    bind_int64(q, 2, run_no);
    if (query_next(q)) *touched = column_int64(q, 0) > 0;
    return query_end(q, err);
}

// ---- taking back

static const char facts_end_sql[] =
    "UPDATE person_fact SET to_act = $1 WHERE to_act = 2147483647 AND source = 'notice' AND from_act ="
    " (SELECT act_no FROM notice_run WHERE run_no = $2) AND person_id IN (SELECT person_id FROM notice"
    " WHERE run_no = $2 AND to_act = 2147483647 AND (CAST($3 AS integer) = 0 OR person_id = $3))";
static const char withdraw_sql[] =
    "UPDATE notice SET to_act = $1 WHERE run_no = $2 AND to_act = 2147483647"
    " AND (CAST($3 AS integer) = 0 OR person_id = $3)";

static bool ended(Store *store, const char *sql, const LedgerAct *act, int32_t run_no,
                  int32_t person_id, int64_t *rows, Error *err)
{
    assert(run_no > 0);
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, run_no);
    bind_int64(q, 3, person_id);
    *rows = query_next(q) ? 0 : query_changed(q);
    return query_end(q, err);
}

bool notice_run_withdraw(Store *store, const LedgerAct *act, int32_t run_no, int32_t person_id,
                         int64_t *letters, Error *err)
{
    assert(act->no > 0);
    assert(run_no > 0);
    assert(person_id >= 0);
    int64_t facts;
    return ended(store, facts_end_sql, act, run_no, person_id, &facts, err) &&
           ended(store, withdraw_sql, act, run_no, person_id, letters, err);
}
