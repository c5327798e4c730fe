// SPDX-License-Identifier: Apache-2.0
#include "dose_source_rows.h"

#include "partial_number.h"

static const char doses_sql[] =
    "SELECT d.dose_id, d.clinic_code, d.clinic_name, d.lot, f.month, r.label, r.content,"
    " d.claimed_position, r.corrects, d.row_id, (SELECT count(*) FROM claim c WHERE c.dose_id = d.dose_id"
    " AND c.state <> 3 AND c.to_act = 2147483647) FROM dose d"
    " LEFT JOIN intake_row r ON r.row_id = d.row_id LEFT JOIN intake_file f ON f.file_no = r.file_no"
    " WHERE d.person_id = $1 AND d.to_act = 2147483647 ORDER BY d.dose_id";

static const char not_given_sql[] =
    "SELECT -n.record_id, n.clinic_code, n.clinic_name, NULL, f.month, r.label, r.content,"
    " n.claimed_position, r.corrects, n.row_id, 1 FROM not_given n"
    " LEFT JOIN intake_row r ON r.row_id = n.row_id LEFT JOIN intake_file f ON f.file_no = r.file_no"
    " WHERE n.person_id = $1 AND n.to_act = 2147483647 ORDER BY n.record_id";

static bool take_origins(Store *store, const char *sql, int32_t person_id, Arena *arena,
                         DoseRowOrigins *origins, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q)) {
        *dose_origins_push(origins, arena) = (DoseRowOrigin){
            .ref = column_int64(q, 0),
            .clinic = column_text(q, column_is_null(q, 1) ? 2 : 1, arena),
            .lot = column_text(q, 3, arena),
            .month = (int32_t)column_int64(q, 4),
            .label = column_text(q, 5, arena),
            .content = column_text(q, 6, arena),
            .claimed_position = column_text(q, 7, arena),
            .corrects = column_int64(q, 8) == 1,
            .row_id = (int32_t)column_int64(q, 9),
            .claimed = column_int64(q, 10) > 0,
        };
    }
    return query_end(q, err);
}

bool dose_origins_of_person(Store *store, int32_t person_id, Arena *arena, DoseRowOrigins *origins,
                            Error *err)
{
    *origins = (DoseRowOrigins){0};
    return take_origins(store, doses_sql, person_id, arena, origins, err);
}

bool not_given_origins_of_person(Store *store, int32_t person_id, Arena *arena,
                                 DoseRowOrigins *origins, Error *err)
{
    return take_origins(store, not_given_sql, person_id, arena, origins, err);
}

static const char replaced_sql[] =
    "SELECT d.dose_id FROM dose d JOIN intake_row r ON r.row_id = d.row_id"
    " WHERE d.person_id = $1 AND d.to_act <> 2147483647 AND r.content = $2"
    " ORDER BY d.dose_id LIMIT 1";

bool dose_replaced_of_content(Store *store, int32_t person_id, Str content, int64_t *ref,
                              Error *err)
{
    int64_t found = 0;
    Query *q = query_begin(store, replaced_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_text(q, 2, content);
    if (query_next(q)) found = column_int64(q, 0);
    if (!query_end(q, err)) return false;
    *ref = found;
    return true;
}

static const char stands_sql[] =
    "SELECT d.dose_id FROM dose d JOIN intake_row r ON r.row_id = d.row_id"
    " WHERE d.person_id = $1 AND d.to_act = 2147483647 AND r.content = $2"
    " UNION ALL SELECT -n.record_id FROM not_given n JOIN intake_row r ON r.row_id = n.row_id"
    " WHERE n.person_id = $1 AND n.to_act = 2147483647 AND r.content = $2";

bool content_stands(Store *store, int32_t person_id, Str content, bool *stands, Error *err)
{
    Query *q = query_begin(store, stands_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_text(q, 2, content);
    bool found = query_next(q);
    if (!query_end(q, err)) return false;
    *stands = found;
    return true;
}

// ---- what was sent for anybody

#define SENT_COLUMNS \
    "d.dose_id, d.person_id, d.product_no, d.given_on, p.birth, p.addressee_no, p.protected"

static void take_sent(Query *q, Arena *arena, SentDoses *doses)
{
    Error ignored;
    while (query_next(q)) {
        SentDose *dose = sent_doses_push(doses, arena);
        *dose = (SentDose){.dose_id = (int32_t)column_int64(q, 0),
                           .person_id = (int32_t)column_int64(q, 1),
                           .product_no = (int32_t)column_int64(q, 2),
                           .given_on = partial_of_number(column_int64(q, 3)),
                           .birth = partial_of_number(column_int64(q, 4)),
                           .is_protected = column_int64(q, 6) != 0};
        (void)!addressee_no_parse(column_view(q, 5), &dose->addressee_no, NULL, &ignored);
    }
}

static const char under_sql[] =
    "SELECT " SENT_COLUMNS " FROM intake_file f JOIN intake_row r ON r.file_no = f.file_no"
    " LEFT JOIN intake_decision x ON x.row_id = r.row_id"
    " JOIN dose d ON d.dose_id = coalesce(r.dose_id, x.dose_id) JOIN person p ON p.person_id = d.person_id"
    " WHERE f.month = $1 AND r.label = $2 AND d.clinic_code = $3"
    " AND (d.product_no = $4 OR d.given_on = $5) AND d.to_act = 2147483647 ORDER BY d.dose_id";

bool doses_sent_under(Store *store, const SentAsked *asked, Arena *arena, SentDoses *doses,
                      Error *err)
{
    *doses = (SentDoses){0};
    if (!asked->month || !asked->clinic_code.len) return true;
    Query *q = query_begin(store, under_sql, err);
    if (!q) return false;
    bind_int64(q, 1, asked->month);
    bind_text(q, 2, asked->label);
    bind_text(q, 3, asked->clinic_code);
    bind_int64(q, 4, asked->product_no);
    bind_int64(q, 5, partial_number(asked->given_on));
    take_sent(q, arena, doses);
    return query_end(q, err);
}

static const char on_sql[] =
    "SELECT " SENT_COLUMNS " FROM dose d JOIN person p ON p.person_id = d.person_id"
    " WHERE d.given_on = $1 AND d.product_no = $2 AND d.clinic_code = $3 AND d.provenance = 1"
    " AND d.to_act = 2147483647 ORDER BY d.dose_id";

bool doses_sent_on(Store *store, const SentAsked *asked, Arena *arena, SentDoses *doses, Error *err)
{
    *doses = (SentDoses){0};
    if (!asked->product_no || !asked->clinic_code.len) return true;
    Query *q = query_begin(store, on_sql, err);
    if (!q) return false;
    bind_int64(q, 1, partial_number(asked->given_on));
    bind_int64(q, 2, asked->product_no);
    bind_text(q, 3, asked->clinic_code);
    take_sent(q, arena, doses);
    return query_end(q, err);
}
