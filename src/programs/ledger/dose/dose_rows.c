// SPDX-License-Identifier: Apache-2.0
#include "dose_rows.h"

#include <assert.h>

#include "counter_rows.h"
#include "key_set.h"
#include "partial_number.h"

static const char doses_sql[] =
    "SELECT dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, to_act"
    " FROM dose WHERE person_id = $1 AND " STANDS("", "$2") " ORDER BY given_on, dose_id";

static DoseRow dose_of(Query *q)
{
    return (DoseRow){
        .dose_id = (int32_t)column_int64(q, 0),
        .person_id = (int32_t)column_int64(q, 1),
        .product_no = (int32_t)column_int64(q, 2),
        .given_on = partial_of_number(column_int64(q, 3)),
        .funding = (Funding)column_int64(q, 4),
        .override = (DoseOverride)column_int64(q, 5),
        .provenance = (Provenance)column_int64(q, 6),
        .from_act = (int32_t)column_int64(q, 7),
        .to_act = (int32_t)column_int64(q, 8),
    };
}

bool doses_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, DoseRows *rows, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, doses_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *rows = (DoseRows){0};
    while (query_next(q)) *doses_push(rows, arena) = dose_of(q);
    return query_end(q, err);
}

static const char doses_of_many_sql[] =
    "SELECT d.dose_id, d.person_id, d.product_no, d.given_on, d.funding, d.override, d.provenance,"
    " d.from_act, d.to_act FROM " KEY_NUMBERS " CROSS JOIN dose d WHERE d.person_id = b.number"
    " AND d.to_act = 2147483647 ORDER BY d.person_id, d.given_on, d.dose_id";

bool doses_of_persons(Store *store, Str persons, Arena *arena, DoseRows *rows, Error *err)
{
    Query *q = query_begin(store, doses_of_many_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    *rows = (DoseRows){0};
    while (query_next(q)) *doses_push(rows, arena) = dose_of(q);
    return query_end(q, err);
}

static bool later(const DoseRow *a, const DoseRow *b)
{
    return partial_number(a->given_on) > partial_number(b->given_on);
}

void doses_place(DoseRows *rows, const DoseRow *dose, Arena *arena)
{
    assert(dose->person_id > 0);
    assert(!rows->count || rows->at[0].person_id == dose->person_id);
    ptrdiff_t at = rows->count;
    (void)doses_push(rows, arena);
    for (; at > 0 && later(&rows->at[at - 1], dose); at--) rows->at[at] = rows->at[at - 1];
    rows->at[at] = *dose;
}

void dose_records_place(DoseRecords *records, const DoseRecord *record, Arena *arena)
{
    assert(record->dose.person_id > 0);
    assert(!records->count || records->at[0].dose.person_id == record->dose.person_id);
    ptrdiff_t at = records->count;
    (void)dose_records_push(records, arena);
    for (; at > 0 && later(&records->at[at - 1].dose, &record->dose); at--) records->at[at] = records->at[at - 1];
    records->at[at] = *record;
}

#define RECORD_COLUMNS                                                                                          \
    "d.dose_id, d.person_id, d.product_no, d.given_on, d.funding, d.override, d.provenance,"                      \
    " d.from_act, d.to_act, d.kind, d.replaces, d.row_id, d.reason, d.claimed_position, d.clinic_code,"          \
    " d.clinic_name, d.volume_ml100, d.maker, d.lot, d.expires_on, d.doctor, d.venue, d.origin_id,"              \
    " j.legal_class, j.status, j.series, j.position, j.reasons, j.rules"

static const char records_sql[] =
    "SELECT " RECORD_COLUMNS
    " FROM dose d LEFT JOIN dose_judgement j ON j.dose_id = d.dose_id AND " STANDS("j.", "$2")
    " WHERE d.person_id = $1 AND " STANDS("d.", "$2") " ORDER BY d.given_on, d.dose_id";

static const char records_of_many_sql[] =
    "SELECT " RECORD_COLUMNS " FROM " KEY_NUMBERS " CROSS JOIN dose d"
    " LEFT JOIN dose_judgement j ON j.dose_id = d.dose_id AND j.to_act = 2147483647"
    " WHERE d.person_id = b.number AND d.to_act = 2147483647 ORDER BY d.person_id, d.given_on, d.dose_id";

static DoseJudgement judgement_at(Query *q, int column, Arena *arena)
{
    return (DoseJudgement){
        .legal_class = (LegalClass)column_int64(q, column),
        .status = (DoseStatus)column_int64(q, column + 1),
        .series = column_text(q, column + 2, arena),
        .position = column_text(q, column + 3, arena),
        .reasons = column_text(q, column + 4, arena),
        .rules = (int32_t)column_int64(q, column + 5),
    };
}

static DoseRecord record_of(Query *q, Arena *arena)
{
    return (DoseRecord){
        .dose = dose_of(q),
        .kind = (GivenClass)column_int64(q, 9),
        .replaces = (int32_t)column_int64(q, 10),
        .row_id = (int32_t)column_int64(q, 11),
        .reason = column_text(q, 12, arena),
        .claimed_position = column_text(q, 13, arena),
        .clinic_code = column_text(q, 14, arena),
        .clinic_name = column_text(q, 15, arena),
        .volume_ml100 = (int32_t)column_int64(q, 16),
        .maker = column_text(q, 17, arena),
        .lot = column_text(q, 18, arena),
        .expires_on = partial_of_number(column_int64(q, 19)),
        .doctor = column_text(q, 20, arena),
        .venue = column_text(q, 21, arena),
        .origin_id = (int32_t)column_int64(q, 22),
        .judgement = judgement_at(q, 23, arena),
    };
}

bool dose_records_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, DoseRecords *records,
                            Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, records_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_as_known(q, 2, known);
    *records = (DoseRecords){0};
    while (query_next(q)) *dose_records_push(records, arena) = record_of(q, arena);
    return query_end(q, err);
}

bool dose_records_of_persons(Store *store, Str persons, Arena *arena, DoseRecords *records, Error *err)
{
    Query *q = query_begin(store, records_of_many_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    *records = (DoseRecords){0};
    while (query_next(q)) *dose_records_push(records, arena) = record_of(q, arena);
    return query_end(q, err);
}

DoseRows dose_rows_of(const DoseRecords *records, Arena *arena)
{
    DoseRows rows = {0};
    VEC_EACH (const DoseRecord, record, *records) *doses_push(&rows, arena) = record->dose;
    return rows;
}

static const char dose_insert_sql[] =
    "INSERT INTO dose (dose_id, person_id, product_no, given_on, funding, override, provenance,"
    " from_act, to_act, kind, replaces, row_id, reason, claimed_position, clinic_code,"
    " clinic_name, volume_ml100, maker, lot, expires_on, doctor, venue, origin_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
    " $20, $21, $22, $23)";

static void bind_number(Query *q, int place, int64_t value)
{
    if (value)
        bind_int64(q, place, value);
    else
        bind_null(q, place);
}

static void bind_record(Query *q, const DoseRecord *record)
{
    assert(record->dose.dose_id > 0 && record->dose.dose_id < PROVISIONAL);
    assert(record->dose.person_id > 0 && record->dose.person_id < PROVISIONAL);
    assert(record->dose.product_no > 0);
    assert(record->dose.from_act > 0 && record->dose.from_act < record->dose.to_act);
    assert(record->dose.provenance >= PROVENANCE_CLINIC && record->dose.provenance <= PROVENANCE_OLD_SYSTEM);
    assert(record->kind == GIVEN_HERE || record->kind == GIVEN_ELSEWHERE);
    assert(record->replaces != record->dose.dose_id);
    assert(record->volume_ml100 >= 0);
    const DoseRow *dose = &record->dose;
    bind_int64(q, 1, dose->dose_id);
    bind_int64(q, 2, dose->person_id);
    bind_int64(q, 3, dose->product_no);
    bind_int64(q, 4, partial_number(dose->given_on));
    bind_int64(q, 5, (int64_t)dose->funding);
    bind_int64(q, 6, (int64_t)dose->override);
    bind_int64(q, 7, (int64_t)dose->provenance);
    bind_int64(q, 8, dose->from_act);
    bind_int64(q, 9, dose->to_act);
    bind_int64(q, 10, (int64_t)record->kind);
    bind_number(q, 11, record->replaces);
    bind_number(q, 12, record->row_id);
    bind_text(q, 13, record->reason);
    bind_text(q, 14, record->claimed_position);
    bind_text(q, 15, record->clinic_code);
    bind_text(q, 16, record->clinic_name);
    bind_number(q, 17, record->volume_ml100);
    bind_text(q, 18, record->maker);
    bind_text(q, 19, record->lot);
    bind_number(q, 20, partial_number(record->expires_on));
    bind_text(q, 21, record->doctor);
    bind_text(q, 22, record->venue);
    bind_number(q, 23, record->origin_id);
}

bool dose_insert(Store *store, const DoseRecord *record, Error *err)
{
    Query *q = query_begin(store, dose_insert_sql, err);
    if (!q) return false;
    bind_record(q, record);
    return query_run(q, err);
}

bool doses_insert(Store *store, const DoseRecord *const *records, ptrdiff_t count, Error *err)
{
    assert(count >= 0);
    Query *q = query_begin(store, dose_insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_record(q, records[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char dose_end_sql[] = "UPDATE dose SET to_act = $1 WHERE dose_id = $2";

bool doses_end(Store *store, const LedgerAct *act, const int32_t *dose_ids, ptrdiff_t count,
               Error *err)
{
    assert(act->no > 0);
    assert(count >= 0);
    Query *q = query_begin(store, dose_end_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_int64(q, 1, act->no);
        bind_int64(q, 2, dose_ids[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool dose_end(Store *store, int32_t dose_id, const LedgerAct *act, Error *err)
{
    assert(dose_id > 0);
    return doses_end(store, act, &dose_id, 1, err);
}
