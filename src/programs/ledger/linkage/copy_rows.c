// SPDX-License-Identifier: Apache-2.0
#include "copy_rows.h"

#include <assert.h>

#include "given_number_rows.h"

#include "partial_number.h"

static const char wanting_sql[] =
    "SELECT d.dose_id, p.addressee_no, p.protected, p.birth, d.product_no, d.given_on, d.provenance, d.clinic_code,"
    " d.clinic_name, d.volume_ml100, d.lot, coalesce(j.legal_class, 9), j.series, j.position, coalesce(j.from_act, 0),"
    " a.business_day, coalesce(c.version, 0)"
    " FROM dose d JOIN person p ON p.person_id = d.person_id JOIN act a ON a.act_no = d.from_act"
    " LEFT JOIN dose_judgement j ON j.dose_id = d.dose_id AND j.to_act = 2147483647"
    " LEFT JOIN copy_record c ON c.dose_id = d.dose_id"
    " WHERE d.dose_id > $1 AND d.to_act = 2147483647 AND d.provenance <> 6 AND p.withdrawn = 0"
    " AND (c.dose_id IS NULL OR c.deleted = 1 OR c.judged_act <> coalesce(j.from_act, 0) OR c.hidden <> p.protected)"
    " ORDER BY d.dose_id LIMIT $2";

static DoseRecord record_read(Query *q, Arena *arena)
{
    return (DoseRecord){.dose = {.dose_id = (int32_t)column_int64(q, 0),
                                 .product_no = (int32_t)column_int64(q, 4),
                                 .given_on = partial_of_number(column_int64(q, 5)),
                                 .provenance = (Provenance)column_int64(q, 6)},
                        .clinic_code = column_text(q, 7, arena),
                        .clinic_name = column_text(q, 8, arena),
                        .volume_ml100 = (int32_t)column_int64(q, 9),
                        .lot = column_text(q, 10, arena),
                        .judgement = {.legal_class = (LegalClass)column_int64(q, 11),
                                      .series = column_text(q, 12, arena),
                                      .position = column_text(q, 13, arena)}};
}

static bool wanting_read(Query *q, Arena *arena, CopyDose *dose, Error *err)
{
    *dose = (CopyDose){.dose_id = (int32_t)column_int64(q, 0),
                       .is_protected = column_int64(q, 2) != 0,
                       .birth = partial_of_number(column_int64(q, 3)),
                       .record = record_read(q, arena),
                       .judged_act = (int32_t)column_int64(q, 14),
                       .recorded_on = column_day(q, 15),
                       .version = column_int64(q, 16)};
    return addressee_no_parse(column_view(q, 1), &dose->who, NULL, err);
}

static const char gone_sql[] =
    "SELECT c.dose_id, p.addressee_no, c.version, c.judged_act, c.hidden FROM copy_record c JOIN dose d ON d.dose_id = c.dose_id"
    " JOIN person p ON p.person_id = d.person_id WHERE c.dose_id > $1 AND c.deleted = 0"
    " AND (d.to_act < 2147483647 OR p.withdrawn = 1) ORDER BY c.dose_id LIMIT $2";

static bool gone_read(Query *q, Arena *arena, CopyDose *dose, Error *err)
{
    (void)arena;
    *dose = (CopyDose){.dose_id = (int32_t)column_int64(q, 0),
                       .version = column_int64(q, 2),
                       .judged_act = (int32_t)column_int64(q, 3),
                       .is_protected = column_int64(q, 4) != 0};
    return addressee_no_parse(column_view(q, 1), &dose->who, NULL, err);
}

typedef bool Reading(Query *q, Arena *arena, CopyDose *dose, Error *err);

static bool portion(Store *store, const char *sql, Reading *read, int32_t after, int most, Arena *arena, CopyDoses *doses,
                    Error *err)
{
    assert(after >= 0);
    assert(most > 0);
    bool good = true;
    Error closing = {0};
    *doses = (CopyDoses){0};
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_int64(q, 1, after);
    bind_int64(q, 2, most);
    while (good && query_next(q)) good = read(q, arena, copy_doses_push(doses, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

bool copies_wanting(Store *store, int32_t after, int most, Arena *arena, CopyDoses *doses, Error *err)
{
    return portion(store, wanting_sql, wanting_read, after, most, arena, doses, err);
}

bool copies_gone(Store *store, int32_t after, int most, Arena *arena, CopyDoses *doses, Error *err)
{
    return portion(store, gone_sql, gone_read, after, most, arena, doses, err);
}

// ---- what lies there

static const char laid_sql[] = "UPDATE copy_record SET version = $2, hash = $3, judged_act = $4, hidden = $5, deleted = $6"
                               " WHERE dose_id = $1";
static const char laid_first_sql[] = "INSERT INTO copy_record (dose_id, version, hash, judged_act, hidden, deleted, copy_no)"
                                     " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static void bind_laid(Query *q, const CopyLaid *laid)
{
    bind_int64(q, 1, laid->dose_id);
    bind_int64(q, 2, laid->version);
    bind_bytes(q, 3, sha256_bytes(&laid->hash));
    bind_int64(q, 4, laid->judged_act);
    bind_int64(q, 5, laid->hidden);
    bind_int64(q, 6, laid->deleted);
}

static bool laid_again(Store *store, const CopyLaid *laid, bool *again, Error *err)
{
    Query *q = query_begin(store, laid_sql, err);
    if (!q) return false;
    bind_laid(q, laid);
    (void)query_next(q);
    *again = query_changed(q) > 0;
    return query_end(q, err);
}

bool copy_laid(Store *store, const CopyLaid *laid, Error *err)
{
    assert(laid->dose_id > 0);
    assert(laid->version > 0);
    bool again;
    int64_t copy_no;
    if (!laid_again(store, laid, &again, err)) return false;
    if (again) return true;
    if (!given_number_next(store, S("copy"), 0, &copy_no, err)) return false;
    Query *q = query_begin(store, laid_first_sql, err);
    if (!q) return false;
    bind_laid(q, laid);
    bind_int64(q, 7, copy_no);
    return query_run(q, err);
}

static const char find_sql[] = "SELECT dose_id, version, hash, judged_act, hidden, deleted FROM copy_record WHERE dose_id = $1";

bool copy_laid_find(Store *store, int32_t dose_id, Arena scratch, CopyLaid *laid, Error *err)
{
    *laid = (CopyLaid){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, dose_id);
    if (query_next(q)) {
        *laid = (CopyLaid){.dose_id = (int32_t)column_int64(q, 0),
                           .version = column_int64(q, 1),
                           .judged_act = (int32_t)column_int64(q, 3),
                           .hidden = column_int64(q, 4) != 0,
                           .deleted = column_int64(q, 5) != 0};
        (void)sha256_from(column_bytes(q, 2, &scratch), &laid->hash);
    }
    return query_end(q, err);
}

static const char standing_sql[] = "SELECT dose_id FROM copy_record WHERE deleted = 0 ORDER BY dose_id";

bool copies_standing(Store *store, Arena *arena, DoseIds *ids, Error *err)
{
    *ids = (DoseIds){0};
    Query *q = query_begin(store, standing_sql, err);
    if (!q) return false;
    while (query_next(q)) *dose_ids_push(ids, arena) = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

// ---- deliveries

static const char sequence_sql[] = "SELECT sequence FROM copy_delivery WHERE delivery_no = 1";

bool copy_sequence_read(Store *store, int64_t *sequence, Error *err)
{
    *sequence = 0;
    Query *q = query_begin(store, sequence_sql, err);
    if (!q) return false;
    if (query_next(q)) *sequence = column_int64(q, 0);
    return query_end(q, err);
}

static const char sequence_keep_sql[] = "INSERT INTO copy_delivery (delivery_no, sequence) VALUES (1, $1)"
                                        " ON CONFLICT (delivery_no) DO UPDATE SET sequence = excluded.sequence";

bool copy_sequence_keep(Store *store, int64_t sequence, Error *err)
{
    Query *q = query_begin(store, sequence_keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, sequence);
    return query_run(q, err);
}

static const char place_sql[] = "SELECT municipality_code FROM resident_version WHERE municipality_code IS NOT NULL"
                                " ORDER BY version_id DESC LIMIT 1";

bool own_place_read(Store *store, Arena *arena, Str *code, Error *err)
{
    *code = (Str){0};
    Query *q = query_begin(store, place_sql, err);
    if (!q) return false;
    if (query_next(q)) *code = column_text(q, 0, arena);
    return query_end(q, err);
}
