// SPDX-License-Identifier: Apache-2.0
#include "certificate_rows.h"

#include <assert.h>

#include "sealed_texts.h"

// ---- what is sealed

enum { ASKER, RELATION, CHECKED, PURPOSE, PAPER, TEXTS };

static SealPlace place_of(int64_t number, Arena *arena)
{
    return (SealPlace){S("certificate"), S("sealed"), str_format(arena, "%lld", (long long)number)};
}

static bool kept_seal(Keys *keys, int64_t number, const CertificateKept *kept, Arena *arena, Bytes *sealed, Error *err)
{
    const CertificateAsked *asked = &kept->asked;
    const Str texts[TEXTS] = {[ASKER] = asked->asker,
                              [RELATION] = asked->relation,
                              [CHECKED] = asked->checked,
                              [PURPOSE] = asked->purpose,
                              [PAPER] = kept->pdf};
    return texts_seal(keys, place_of(number, arena), texts, TEXTS, arena, sealed, err);
}

static bool kept_reseal(Keys *keys, int64_t number, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, place_of(number, arena), sealed, arena, again, err);
}

const SealedColumn certificate_sealed = {
    .words = "交付した証明書",
    .read = "SELECT certificate_no, sealed FROM certificate WHERE certificate_no > $1"
            " ORDER BY certificate_no LIMIT 500",
    .write = "UPDATE certificate SET sealed = $2 WHERE certificate_no = $1",
    .reseal = kept_reseal,
};

// ---- rows

static const char insert_sql[] =
    "INSERT INTO certificate (certificate_no, person_id, kind, issued_on, again_of, form, pages, sha256, sealed, from_act, to_act)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 2147483647)";

static bool row_insert(Store *store, const CertificateRow *row, Bytes sealed, Error *err)
{
    char hash[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->number);
    bind_int64(q, 2, row->person_id);
    bind_int64(q, 3, row->kind);
    bind_day(q, 4, row->issued_on);
    bind_int64(q, 5, row->again_of);
    bind_text(q, 6, row->form_version);
    bind_int64(q, 7, row->pages);
    bind_text(q, 8, str_of(sha256_text(&row->hash, hash)));
    bind_bytes(q, 9, sealed);
    bind_int64(q, 10, row->from_act);
    return query_run(q, err);
}

static const char dose_insert_sql[] =
    "INSERT INTO certificate_dose (certificate_no, dose_id, overtaken) VALUES ($1, $2, 2147483647)";

static bool doses_insert_of(Store *store, int64_t number, const int32_t *doses, ptrdiff_t count, Error *err)
{
    Query *q = query_begin(store, dose_insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        bind_int64(q, 1, number);
        bind_int64(q, 2, doses[i]);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool certificate_insert(Store *store, Keys *keys, const CertificateRow *row, const CertificateKept *kept, const int32_t *doses,
                        ptrdiff_t count, Arena scratch, Error *err)
{
    Bytes sealed;
    assert(row->number > 0);
    assert(row->from_act > 0);
    assert(count > 0);
    return kept_seal(keys, row->number, kept, &scratch, &sealed, err) && row_insert(store, row, sealed, err) &&
           doses_insert_of(store, row->number, doses, count, err);
}

static const char end_sql[] = "UPDATE certificate SET to_act = $1 WHERE certificate_no = $2 AND to_act = 2147483647";

bool certificate_end(Store *store, int64_t number, const LedgerAct *act, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, number);
    return query_run(q, err);
}

static const char of_person_sql[] =
    "SELECT c.certificate_no, c.person_id, c.kind, c.issued_on, c.again_of, c.form, c.pages, c.sha256, c.from_act, c.to_act,"
    " (SELECT count(*) FROM certificate_dose d WHERE d.certificate_no = c.certificate_no AND d.overtaken < 2147483647)"
    " FROM certificate c WHERE c.person_id = $1 ORDER BY c.certificate_no DESC";

bool certificates_of_person(Store *store, int32_t person_id, Arena *arena, CertificateRows *rows, Error *err)
{
    *rows = (CertificateRows){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q))
        *certificates_push(rows, arena) = (CertificateRow){.number = column_int64(q, 0),
                                                           .person_id = (int32_t)column_int64(q, 1),
                                                           .kind = (CertificateKind)column_int64(q, 2),
                                                           .issued_on = column_day(q, 3),
                                                           .again_of = column_int64(q, 4),
                                                           .form_version = column_text(q, 5, arena),
                                                           .pages = (int32_t)column_int64(q, 6),
                                                           .hash = sha256_of_hex(column_view(q, 7)),
                                                           .from_act = (int32_t)column_int64(q, 8),
                                                           .to_act = (int32_t)column_int64(q, 9),
                                                           .overtaken = (int32_t)column_int64(q, 10)};
    return query_end(q, err);
}

static const char kept_sql[] = "SELECT sealed FROM certificate WHERE certificate_no = $1";

bool certificate_kept(Store *store, Keys *keys, int64_t number, Arena *arena, CertificateKept *kept, Error *err)
{
    Str texts[TEXTS];
    Bytes sealed = {0};
    Query *q = query_begin(store, kept_sql, err);
    if (!q) return false;
    bind_int64(q, 1, number);
    if (query_next(q)) sealed = column_bytes(q, 0, arena);
    if (!query_end(q, err) || !texts_open(keys, place_of(number, arena), sealed, texts, TEXTS, arena, err)) return false;
    *kept = (CertificateKept){{texts[ASKER], texts[RELATION], texts[CHECKED], texts[PURPOSE]}, texts[PAPER]};
    return true;
}

// A correction names the version that it replaces.
static const char doses_now_sql[] =
    "WITH RECURSIVE became (dose_id) AS (SELECT d.dose_id FROM certificate_dose d WHERE d.certificate_no = $1"
    " UNION SELECT n.dose_id FROM became b JOIN dose o ON o.dose_id = b.dose_id"
    " JOIN dose n ON n.person_id = o.person_id AND n.replaces = o.dose_id)"
    " SELECT d.dose_id FROM became b JOIN dose d ON d.dose_id = b.dose_id WHERE d.to_act = 2147483647 ORDER BY d.dose_id";

bool certificate_doses_now(Store *store, int64_t number, Arena *arena, CertificateDoses *doses, Error *err)
{
    *doses = (CertificateDoses){0};
    Query *q = query_begin(store, doses_now_sql, err);
    if (!q) return false;
    bind_int64(q, 1, number);
    while (query_next(q)) *certificate_doses_push(doses, arena) = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

static const char overtaken_sql[] =
    "SELECT " PERSON_ROW ", c.certificate_no, count(*), max(a.business_day)"
    " FROM certificate_dose d JOIN certificate c ON c.certificate_no = d.certificate_no"
    " JOIN person p ON p.person_id = c.person_id JOIN act a ON a.act_no = d.overtaken"
    " WHERE d.overtaken < 2147483647 AND c.to_act = 2147483647"
    " GROUP BY " PERSON_ROW ", c.certificate_no ORDER BY max(a.business_day), c.certificate_no";

bool certificates_overtaken(Store *store, Arena *arena, OvertakenCertificates *rows, Error *err)
{
    *rows = (OvertakenCertificates){0};
    Query *q = query_begin(store, overtaken_sql, err);
    if (!q) return false;
    while (query_next(q))
        *overtaken_certificates_push(rows, arena) = (OvertakenCertificate){.person = person_row_of(q, arena),
                                                                           .number = column_int64(q, 8),
                                                                           .doses = (int32_t)column_int64(q, 9),
                                                                           .since = column_day(q, 10)};
    return query_end(q, err);
}
