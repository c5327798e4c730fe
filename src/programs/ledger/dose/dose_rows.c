// SPDX-License-Identifier: Apache-2.0
#include "dose_rows.h"

#include "partial_number.h"

static const char doses_sql[] =
    "SELECT dose_id, person_id, product_no, given_on, funding, override, provenance, from_act, to_act"
    " FROM dose WHERE person_id = $1 AND to_act = 2147483647 ORDER BY given_on, dose_id";

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

bool doses_of_person(Store *store, int32_t person_id, Arena *arena, DoseRows *rows, Error *err)
{
    Query *q = query_begin(store, doses_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *rows = (DoseRows){0};
    while (query_next(q)) *doses_push(rows, arena) = dose_of(q);
    return query_end(q, err);
}

static const char records_sql[] =
    "SELECT dose_id, person_id, product_no, given_on, funding, override, provenance, from_act,"
    " to_act, kind, legal_class, replaces, row_id, reason, claimed_position, clinic_code,"
    " clinic_name, volume_ml100, maker, lot, expires_on, doctor, venue, origin_id"
    " FROM dose WHERE person_id = $1 AND to_act = 2147483647 ORDER BY given_on, dose_id";

bool dose_records_of_person(Store *store, int32_t person_id, Arena *arena, DoseRecords *records,
                            Error *err)
{
    Query *q = query_begin(store, records_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *records = (DoseRecords){0};
    while (query_next(q)) {
        *dose_records_push(records, arena) = (DoseRecord){
            .dose = dose_of(q),
            .kind = (GivenClass)column_int64(q, 9),
            .legal_class = (LegalClass)column_int64(q, 10),
            .replaces = (int32_t)column_int64(q, 11),
            .row_id = (int32_t)column_int64(q, 12),
            .reason = column_text(q, 13, arena),
            .claimed_position = column_text(q, 14, arena),
            .clinic_code = column_text(q, 15, arena),
            .clinic_name = column_text(q, 16, arena),
            .volume_ml100 = (int32_t)column_int64(q, 17),
            .maker = column_text(q, 18, arena),
            .lot = column_text(q, 19, arena),
            .expires_on = partial_of_number(column_int64(q, 20)),
            .doctor = column_text(q, 21, arena),
            .venue = column_text(q, 22, arena),
            .origin_id = (int32_t)column_int64(q, 23),
        };
    }
    return query_end(q, err);
}

static const char dose_insert_sql[] =
    "INSERT INTO dose (dose_id, person_id, product_no, given_on, funding, override, provenance,"
    " from_act, to_act, kind, legal_class, replaces, row_id, reason, claimed_position, clinic_code,"
    " clinic_name, volume_ml100, maker, lot, expires_on, doctor, venue, origin_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,"
    " $20, $21, $22, $23, $24)";

static void bind_known(Query *q, int place, int64_t value)
{
    if (value)
        bind_int64(q, place, value);
    else
        bind_null(q, place);
}

bool dose_insert(Store *store, const DoseRecord *record, Error *err)
{
    const DoseRow *dose = &record->dose;
    Query *q = query_begin(store, dose_insert_sql, err);
    if (!q) return false;
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
    bind_int64(q, 11, (int64_t)record->legal_class);
    bind_known(q, 12, record->replaces);
    bind_known(q, 13, record->row_id);
    bind_text(q, 14, record->reason);
    bind_text(q, 15, record->claimed_position);
    bind_text(q, 16, record->clinic_code);
    bind_text(q, 17, record->clinic_name);
    bind_known(q, 18, record->volume_ml100);
    bind_text(q, 19, record->maker);
    bind_text(q, 20, record->lot);
    bind_known(q, 21, partial_number(record->expires_on));
    bind_text(q, 22, record->doctor);
    bind_text(q, 23, record->venue);
    bind_known(q, 24, record->origin_id);
    return query_run(q, err);
}

static const char dose_end_sql[] = "UPDATE dose SET to_act = $1 WHERE dose_id = $2";

bool dose_end(Store *store, int32_t dose_id, const LedgerAct *act, Error *err)
{
    Query *q = query_begin(store, dose_end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, dose_id);
    return query_run(q, err);
}

static const char class_sql[] = "UPDATE dose SET legal_class = $1 WHERE dose_id = $2";

bool dose_classify(Store *store, int32_t dose_id, LegalClass legal_class, Error *err)
{
    Query *q = query_begin(store, class_sql, err);
    if (!q) return false;
    bind_int64(q, 1, (int64_t)legal_class);
    bind_int64(q, 2, dose_id);
    return query_run(q, err);
}
