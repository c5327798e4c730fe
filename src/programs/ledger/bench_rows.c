// SPDX-License-Identifier: Apache-2.0
#include "bench_rows.h"

#include "partial_number.h"

static const char rows_sql[] =
    "SELECT row_id, line, label, outcome, person_id, dose_id, candidates, score, evidence,"
    " dose_status, reasons, codes, message, content, as_read FROM intake_row WHERE file_no = $1"
    " ORDER BY row_id";

static bool rows_read(Store *store, int32_t file_no, Arena *arena, KeptRows *rows, Error *err)
{
    Query *q = query_begin(store, rows_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (query_next(q)) {
        *kept_rows_push(rows, arena) = (IntakeRowKept){
            .row_id = (int32_t)column_int64(q, 0),
            .file_no = file_no,
            .line = column_int64(q, 1),
            .label = column_text(q, 2, arena),
            .outcome = (IntakeOutcome)column_int64(q, 3),
            .person_id = (int32_t)column_int64(q, 4),
            .dose_id = (int32_t)column_int64(q, 5),
            .candidates = column_text(q, 6, arena),
            .score = (int32_t)column_int64(q, 7),
            .evidence = column_text(q, 8, arena),
            .dose_status = (DoseStatus)column_int64(q, 9),
            .reasons = column_text(q, 10, arena),
            .codes = column_text(q, 11, arena),
            .message = column_text(q, 12, arena),
            .content = column_text(q, 13, arena),
            .as_read = column_text(q, 14, arena),
        };
    }
    return query_end(q, err);
}

static const char doses_sql[] =
    "SELECT d.dose_id, d.person_id, d.product_no, d.given_on, d.provenance, d.from_act, d.kind,"
    " j.legal_class, d.row_id, d.claimed_position, d.clinic_code, d.clinic_name, d.volume_ml100,"
    " d.maker, d.lot, d.expires_on, d.doctor, d.venue FROM intake_row r"
    " JOIN dose d ON d.dose_id = r.dose_id"
    " JOIN dose_judgement j ON j.dose_id = d.dose_id AND j.to_act = 2147483647"
    " WHERE r.file_no = $1 AND d.row_id = r.row_id ORDER BY r.row_id";

static bool doses_read(Store *store, int32_t file_no, Arena *arena, DoseRecords *doses, Error *err)
{
    Query *q = query_begin(store, doses_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (query_next(q)) {
        *dose_records_push(doses, arena) = (DoseRecord){
            .dose = {.dose_id = (int32_t)column_int64(q, 0),
                     .person_id = (int32_t)column_int64(q, 1),
                     .product_no = (int32_t)column_int64(q, 2),
                     .given_on = partial_of_number(column_int64(q, 3)),
                     .provenance = (Provenance)column_int64(q, 4),
                     .from_act = (int32_t)column_int64(q, 5),
                     .to_act = ACT_OPEN},
            .kind = (GivenClass)column_int64(q, 6),
            .judgement.legal_class = (LegalClass)column_int64(q, 7),
            .row_id = (int32_t)column_int64(q, 8),
            .claimed_position = column_text(q, 9, arena),
            .clinic_code = column_text(q, 10, arena),
            .clinic_name = column_text(q, 11, arena),
            .volume_ml100 = (int32_t)column_int64(q, 12),
            .maker = column_text(q, 13, arena),
            .lot = column_text(q, 14, arena),
            .expires_on = partial_of_number(column_int64(q, 15)),
            .doctor = column_text(q, 16, arena),
            .venue = column_text(q, 17, arena),
        };
    }
    return query_end(q, err);
}

static const char claims_sql[] =
    "SELECT c.claim_id, c.row_id, c.person_id, c.dose_id, c.clinic_code, c.amount, c.copay, c.state,"
    " c.code FROM intake_row r JOIN claim c ON c.row_id = r.row_id WHERE r.file_no = $1"
    " ORDER BY r.row_id, c.claim_id";

static bool claims_read(Store *store, int32_t file_no, Arena *arena, ClaimRows *claims, Error *err)
{
    Query *q = query_begin(store, claims_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (query_next(q)) {
        *claim_rows_push(claims, arena) = (ClaimRow){
            .claim_id = (int32_t)column_int64(q, 0),
            .row_id = (int32_t)column_int64(q, 1),
            .person_id = (int32_t)column_int64(q, 2),
            .dose_id = (int32_t)column_int64(q, 3),
            .clinic_code = column_text(q, 4, arena),
            .amount = column_is_null(q, 5) ? -1 : column_int64(q, 5),
            .copay = column_is_null(q, 6) ? -1 : column_int64(q, 6),
            .state = (IntakeClaim)column_int64(q, 7),
            .code = column_text(q, 8, arena),
        };
    }
    return query_end(q, err);
}

bool bench_rows_read(Store *store, int32_t file_no, Arena *arena, BenchRows *rows, Error *err)
{
    *rows = (BenchRows){0};
    return rows_read(store, file_no, arena, &rows->rows, err) &&
           doses_read(store, file_no, arena, &rows->doses, err) &&
           claims_read(store, file_no, arena, &rows->claims, err);
}

static const char born_sql[] =
    "SELECT p.person_id, p.addressee_no, p.withdrawn, p.protected, m.valid_from, m.valid_to, m.birth,"
    " m.sex, m.name, m.name_kana, m.name_roman, m.alias, m.alias_kana, m.household_no, m.address,"
    " m.building FROM (SELECT DISTINCT person_id FROM match_version WHERE birth = $1) b"
    " JOIN person p ON p.person_id = b.person_id JOIN match_version m ON m.person_id = b.person_id"
    " ORDER BY p.person_id, m.match_id";

static const char born_spans_sql[] =
    "SELECT r.person_id, r.first_day, r.last_day, r.ending"
    " FROM (SELECT DISTINCT person_id FROM match_version WHERE birth = $1) b"
    " JOIN residence r ON r.person_id = b.person_id WHERE r.to_act = 2147483647"
    " ORDER BY r.person_id, r.span_id";

static bool read_by_birth(Store *store, const char *sql, PartialDate birth, int texts_from,
                          int texts_to, Arena scratch, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, partial_number(birth));
    while (query_next(q))
        for (int i = texts_from; i < texts_to; i++) (void)column_text(q, i, &scratch);
    return query_end(q, err);
}

bool bench_born_read(Store *store, PartialDate birth, Arena scratch, Error *err)
{
    return read_by_birth(store, born_sql, birth, 8, 16, scratch, err) &&
           read_by_birth(store, born_spans_sql, birth, 0, 0, scratch, err);
}

bool bench_residents_read(Store *store, int most, Arena *arena, BenchResidents *residents, Error *err)
{
    Query *q = query_begin(store,
                           "SELECT addressee_no FROM person WHERE status = 1 AND withdrawn = 0 AND person_id % 37 = 0"
                           " ORDER BY person_id LIMIT $1",
                           err);
    if (!q) return false;
    bind_int64(q, 1, most);
    *residents = (BenchResidents){0};
    bool read = true;
    while (read && query_next(q))
        read = addressee_no_parse(column_view(q, 0), bench_residents_push(residents, arena), NULL, err);
    return query_end(q, read ? err : &(Error){0}) && read;
}

bool bench_rows_forget(Store *store, Error *err)
{
    static const char *const deletes[] = {
        "DELETE FROM claim WHERE claim_id >= 1073741824",
        "DELETE FROM intake_row WHERE row_id >= 1073741824",
        "DELETE FROM dose_judgement WHERE dose_id >= 1073741824",
        "DELETE FROM dose WHERE dose_id >= 1073741824",
    };
    static_assert(BENCH_ELSEWHERE == 1073741824, "as the deletes say");
    if (!store_begin(store, err)) return false;
    for (ptrdiff_t i = 0; i < countof(deletes); i++)
        if (!store_execute(store, deletes[i], err)) return false;
    return store_commit(store, err);
}
