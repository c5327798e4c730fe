// Which rows that wait are answered by rows that are decided now: each way by one question, then what they ask is held
// against what the answer says, and they end.
// SPDX-License-Identifier: Apache-2.0
#include "waiting_rows.h"

#include "intake_sets.h"
#include "key_set.h"
#include "partial_number.h"

#include <assert.h>
#include <stddef.h>

// ---- what a row under review is about

static const char doubt_sql[] =
    "INSERT INTO intake_doubted (row_id, rank, ref, person_id) VALUES ($1, $2, $3, $4)";

bool doubts_insert(Store *store, const Doubts *doubts, Error *err)
{
    Query *q = query_begin(store, doubt_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < doubts->count; i++) {
        const Doubt *doubt = &doubts->at[i];
        bind_int64(q, 1, doubt->row_id);
        bind_int64(q, 2, i);
        bind_int64(q, 3, doubt->ref);
        bind_int64(q, 4, doubt->person_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char doubts_sql[] =
    "SELECT q.row_id, q.ref, q.person_id, CASE WHEN EXISTS (SELECT 1 FROM dose d WHERE d.person_id = q.person_id"
    " AND d.to_act = 2147483647 AND (d.dose_id = q.ref OR d.replaces = q.ref)) THEN 1 ELSE 0 END"
    " FROM " KEY_NUMBERS " CROSS JOIN intake_doubted q WHERE q.row_id = b.number ORDER BY q.row_id, q.rank";

static bool doubts_of_rows(Store *store, Str rows, Arena *arena, Doubts *doubts, Error *err)
{
    Query *q = query_begin(store, doubts_sql, err);
    if (!q) return false;
    bind_text(q, 1, rows);
    *doubts = (Doubts){0};
    while (query_next(q))
        *doubts_push(doubts, arena) = (Doubt){
            .row_id = (int32_t)column_int64(q, 0),
            .ref = column_int64(q, 1),
            .person_id = (int32_t)column_int64(q, 2),
            .stands = column_int64(q, 3) != 0,
        };
    return query_end(q, err);
}

// ---- which rows may be answered

typedef enum AnsweredBy { BY_CONTENT, BY_DOSE, BY_NUMBER } AnsweredBy;

// A row that waits, and one of those decided now that may answer it.
typedef struct Meeting {
    int32_t row_id;
    AnsweredBy how;
    const Settling *by;
    WaitingLabel waits;  // BY_NUMBER
} Meeting;
VEC(Meetings, Meeting, meetings);

typedef struct Settled {
    Store *store;
    const Settlings *rows;
    Meetings met;
    Arena *arena;
} Settled;

static void meet(Settled *s, AnsweredBy how, int64_t nth, int64_t row_id)
{
    assert(row_id > 0);
    *meetings_push(&s->met, s->arena) =
        (Meeting){.row_id = (int32_t)row_id, .how = how, .by = s->rows->at[nth]};
}

static const char contents_sql[] =
    "SELECT " KEY_NUMBER ", w.row_id FROM json_each($1) a CROSS JOIN intake_waiting w"
    " WHERE w.to_act = 2147483647 AND w.content = a.key ORDER BY 1, w.row_id";

static bool meet_contents(Settled *s, Error *err)
{
    KeySet keys = {0};
    for (ptrdiff_t i = 0; i < s->rows->count; i++)
        if (s->rows->at[i]->by.content.len) key_set_add(&keys, s->arena, s->rows->at[i]->by.content, i);
    Query *q = query_begin(s->store, contents_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&keys, s->arena));
    while (query_next(q)) meet(s, BY_CONTENT, column_int64(q, 0), column_int64(q, 1));
    return query_end(q, err);
}

static const char persons_sql[] =
    "SELECT CAST(a.key AS bigint), w.row_id, w.product_no, w.given_on, w.clinic_code"
    " FROM json_each($1) a CROSS JOIN intake_waiting w"
    " WHERE w.to_act = 2147483647 AND w.person_id = " KEY_NUMBER " ORDER BY 1, 2";

// The dose of that person on that day, or this clinic's of a product that nobody knew.
static bool same_dose(Query *q, const WaitingRow *by)
{
    int64_t product_no = column_int64(q, 2);
    if (column_int64(q, 3) != partial_number(by->given_on)) return false;
    return product_no == by->product_no ||
           (!product_no && by->clinic_code.len && str_equal(column_view(q, 4), by->clinic_code));
}

static bool meet_doses(Settled *s, Error *err)
{
    KeySet keys = {0};
    char room[INT64_ROOM];
    for (ptrdiff_t i = 0; i < s->rows->count; i++)
        if (s->rows->at[i]->by.person_id)
            key_set_add(&keys, s->arena, str_of_int64(i, room), s->rows->at[i]->by.person_id);
    Query *q = query_begin(s->store, persons_sql, err);
    if (!q) return false;
    bind_text(q, 1, key_set_text(&keys, s->arena));
    while (query_next(q))
        if (same_dose(q, &s->rows->at[column_int64(q, 0)]->by))
            meet(s, BY_DOSE, column_int64(q, 0), column_int64(q, 1));
    return query_end(q, err);
}

static bool speaks_of_others(const Settling *row)
{
    return row->by.person_id || (row->corrects && row->waits);
}

static bool meet_labels(Settled *s, int32_t month, Error *err)
{
    KeySet keys = {0};
    WaitingLabels labels;
    if (!month) return true;
    for (ptrdiff_t i = 0; i < s->rows->count; i++)
        if (speaks_of_others(s->rows->at[i])) key_set_add(&keys, s->arena, s->rows->at[i]->by.row_no, i);
    if (!waiting_labels(s->store, month, key_set_text(&keys, s->arena), s->arena, &labels, err))
        return false;
    VEC_EACH (const WaitingLabel, waits, labels) {
        meet(s, BY_NUMBER, waits->nth, waits->row_id);
        s->met.at[s->met.count - 1].waits = *waits;
    }
    return true;
}

// ---- which are

static bool asks_too(const Settling *row, int64_t ref)
{
    VEC_EACH (const Doubt, doubt, row->asks)
        if (doubt->ref == ref) return true;
    return false;
}

// Of a row that may mean several persons: sent again for one of them. And the row that 訂正 speaks of.
static bool answers_number(const Meeting *met, bool one_question)
{
    const Settling *row = met->by;
    const WaitingLabel *waits = &met->waits;
    if (!row->by.clinic_code.len || !str_equal(row->by.clinic_code, waits->clinic_code)) return false;
    bool of_it = row->corrects &&
                 (one_question || waiting_same_row(waits, row->by.clinic_code, row->by.birth));
    if (row->waits) return of_it && waits->reviewed;
    bool for_one = waits->candidate == row->by.person_id &&
                   partial_date_equal(waits->given_on, row->by.given_on);
    return of_it || for_one;
}

static bool answers(const Meeting *met, const Doubts *doubts)
{
    bool one_question = false, asks = false;
    const Settling *row = met->by;
    SetSlice its = set_slice(doubts->at, doubts->count, sizeof *doubts->at, offsetof(Doubt, row_id),
                             met->row_id);
    for (ptrdiff_t i = its.first; i < its.first + its.count; i++) {
        const Doubt *doubt = &doubts->at[i];
        one_question = one_question || asks_too(row, doubt->ref);
        asks = asks || doubt->stands;
    }
    if (asks && !row->waits && !one_question) return false;
    return met->how != BY_NUMBER || answers_number(met, one_question);
}

static const char settle_sql[] =
    "UPDATE intake_waiting SET to_act = $1 WHERE row_id = $2 AND to_act = 2147483647"
    " AND from_act <> $1";

static const char settle_work_sql[] =
    "UPDATE work SET to_act = $1 WHERE to_act = 2147483647 AND row_id = $2 AND EXISTS"
    " (SELECT 1 FROM intake_waiting w WHERE w.row_id = $2 AND w.to_act = $1)";

static bool end_each(const Settled *s, const Doubts *doubts, const char *sql, const LedgerAct *act,
                     Error *err)
{
    Query *q = query_begin(s->store, sql, err);
    if (!q) return false;
    VEC_EACH (const Meeting, met, s->met) {
        if (!answers(met, doubts)) continue;
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, met->row_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool waiting_settle(Store *store, const LedgerAct *act, int32_t month, const Settlings *rows,
                    Arena scratch, Error *err)
{
    assert(act->no > 0);
    KeySet asked = {0};
    Doubts doubts;
    Settled s = {.store = store, .rows = rows, .arena = &scratch};
    if (!meet_contents(&s, err) || !meet_doses(&s, err) || !meet_labels(&s, month, err)) return false;
    VEC_EACH (const Meeting, met, s.met) key_set_add_number(&asked, &scratch, met->row_id);
    return doubts_of_rows(store, key_set_text(&asked, &scratch), &scratch, &doubts, err) &&
           end_each(&s, &doubts, settle_sql, act, err) &&
           end_each(&s, &doubts, settle_work_sql, act, err);
}
