// SPDX-License-Identifier: Apache-2.0
#include "dose_source_rows.h"

#include <assert.h>

#include "key_set.h"
#include "ledger_act_rows.h"
#include "partial_number.h"

static const char origins_sql[] =
    "SELECT d.dose_id, d.person_id, d.clinic_code, d.clinic_name, d.lot, f.month, coalesce(r.number, r.label), r.content,"
    " d.claimed_position, r.corrects, d.row_id, (SELECT count(*) FROM claim c WHERE c.dose_id = d.dose_id"
    " AND c.state <> 3 AND c.to_act = 2147483647) FROM " KEY_NUMBERS " CROSS JOIN dose d"
    " LEFT JOIN intake_row r ON r.row_id = d.row_id LEFT JOIN intake_file f ON f.file_no = r.file_no"
    " WHERE d.person_id = b.number AND d.to_act = 2147483647"
    " UNION ALL SELECT -n.record_id, n.person_id, n.clinic_code, n.clinic_name, NULL, f.month, coalesce(r.number, r.label),"
    " r.content, n.claimed_position, r.corrects, n.row_id, 1 FROM " KEY_NUMBERS
    " CROSS JOIN not_given n"
    " LEFT JOIN intake_row r ON r.row_id = n.row_id LEFT JOIN intake_file f ON f.file_no = r.file_no"
    " WHERE n.person_id = b.number AND n.to_act = 2147483647 ORDER BY 2, 1";

static Query *asked_begin(Store *store, const char *sql, Str asked, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (q) bind_text(q, 1, asked);
    return q;
}

bool dose_origins_of_persons(Store *store, Str persons, Arena *arena, DoseRowOrigins *origins,
                             Error *err)
{
    *origins = (DoseRowOrigins){0};
    Query *q = asked_begin(store, origins_sql, persons, err);
    if (!q) return false;
    while (query_next(q)) {
        *dose_origins_push(origins, arena) = (DoseRowOrigin){
            .ref = column_int64(q, 0),
            .person_id = (int32_t)column_int64(q, 1),
            .clinic = column_text(q, column_is_null(q, 2) ? 3 : 2, arena),
            .lot = column_text(q, 4, arena),
            .month = (int32_t)column_int64(q, 5),
            .label = column_text(q, 6, arena),
            .content = column_text(q, 7, arena),
            .claimed_position = column_text(q, 8, arena),
            .corrects = column_int64(q, 9) == 1,
            .row_id = (int32_t)column_int64(q, 10),
            .claimed = column_int64(q, 11) > 0,
        };
    }
    return query_end(q, err);
}

// ---- rows of the very same words

static const char standing_sql[] =
    "SELECT d.person_id, a.key, d.dose_id FROM json_each($1) a CROSS JOIN dose d CROSS JOIN intake_row r"
    " WHERE d.person_id = " KEY_NUMBER
    " AND d.to_act = 2147483647 AND r.row_id = d.row_id AND r.content = a.key"
    " UNION ALL SELECT n.person_id, a.key, -n.record_id FROM json_each($1) a CROSS JOIN not_given n"
    " CROSS JOIN intake_row r WHERE n.person_id = " KEY_NUMBER " AND n.to_act = 2147483647"
    " AND r.row_id = n.row_id AND r.content = a.key ORDER BY 1, 3";

bool contents_standing(Store *store, Str asked, Arena *arena, ContentDoses *doses, Error *err)
{
    *doses = (ContentDoses){0};
    Query *q = asked_begin(store, standing_sql, asked, err);
    if (!q) return false;
    while (query_next(q))
        *content_doses_push(doses, arena) = (ContentDose){
            (int32_t)column_int64(q, 0), column_text(q, 1, arena), column_int64(q, 2)};
    return query_end(q, err);
}

// ---- what stands no longer; a dose that went with the decision that had stored it was none

static const char ended_sql[] =
    "SELECT d.person_id, d.dose_id, d.product_no, d.given_on, d.provenance, d.clinic_code, r.content,"
    " CASE WHEN EXISTS (SELECT 1 FROM dose s WHERE s.person_id = d.person_id AND s.replaces = d.dose_id)"
    " THEN 1 ELSE 0 END, x.person_id, x.row_id, a.business_day, d.lot"
    " FROM " KEY_NUMBERS " CROSS JOIN dose d JOIN act a ON a.act_no = d.to_act"
    " LEFT JOIN intake_row r ON r.row_id = d.row_id LEFT JOIN intake_decision x ON x.act_no = d.to_act"
    " WHERE d.person_id = b.number AND d.to_act < 2147483647 AND NOT EXISTS (SELECT 1 FROM intake_decision y WHERE y.to_act = d.to_act)"
    " UNION ALL SELECT n.person_id, -n.record_id, n.product_no, n.seen_on, 1, n.clinic_code, r.content, 0,"
    " x.person_id, x.row_id, a.business_day, NULL"
    " FROM " KEY_NUMBERS " CROSS JOIN not_given n JOIN act a ON a.act_no = n.to_act"
    " LEFT JOIN intake_row r ON r.row_id = n.row_id LEFT JOIN intake_decision x ON x.act_no = n.to_act"
    " WHERE n.person_id = b.number AND n.to_act < 2147483647 ORDER BY 1, 2";

static EndedHow ended_how(const EndedDose *dose, bool replaced)
{
    if (replaced) return ENDED_CORRECTED;
    return dose->moved_to && dose->moved_to != dose->person_id ? ENDED_MOVED : ENDED_WITHDRAWN;
}

bool doses_ended_of_persons(Store *store, Str persons, Arena *arena, EndedDoses *doses, Error *err)
{
    *doses = (EndedDoses){0};
    Query *q = asked_begin(store, ended_sql, persons, err);
    if (!q) return false;
    while (query_next(q)) {
        EndedDose *dose = ended_doses_push(doses, arena);
        *dose = (EndedDose){
            .person_id = (int32_t)column_int64(q, 0),
            .ref = column_int64(q, 1),
            .product_no = (int32_t)column_int64(q, 2),
            .given_on = partial_of_number(column_int64(q, 3)),
            .provenance = (int32_t)column_int64(q, 4),
            .clinic = column_text(q, 5, arena),
            .content = column_text(q, 6, arena),
            .moved_to = (int32_t)column_int64(q, 8),
            .row_id = (int32_t)column_int64(q, 9),
            .ended_on = column_day(q, 10),
            .lot = column_text(q, 11, arena),
        };
        dose->how = ended_how(dose, column_int64(q, 7) != 0);
    }
    return query_end(q, err);
}

// ---- what was sent for anybody

#define SENT_COLUMNS \
    "d.dose_id, d.person_id, d.product_no, d.given_on, p.birth, p.addressee_no, p.protected, d.clinic_code," \
    " f.name, r.label, p.name, d.to_act"
// The row and the file that a dose came with.
#define SENT_WITH \
    " LEFT JOIN intake_row r ON r.row_id = d.row_id LEFT JOIN intake_file f ON f.file_no = r.file_no"

static void take_sent(Query *q, Arena *arena, SentDoses *doses)
{
    Error ignored;
    while (query_next(q)) {
        SentDose *dose = sent_doses_push(doses, arena);
        *dose = (SentDose){.nth = (int32_t)column_int64(q, 0),
                           .dose_id = (int32_t)column_int64(q, 1),
                           .person_id = (int32_t)column_int64(q, 2),
                           .product_no = (int32_t)column_int64(q, 3),
                           .given_on = partial_of_number(column_int64(q, 4)),
                           .birth = partial_of_number(column_int64(q, 5)),
                           .is_protected = column_int64(q, 7) != 0,
                           .clinic_code = column_text(q, 8, arena),
                           .file = column_text(q, 9, arena),
                           .label = column_text(q, 10, arena),
                           .name = column_text(q, 11, arena),
                           .ended = column_int64(q, 12) != ACT_OPEN,
                           .asked_by = (int32_t)column_int64(q, 13)};
        (void)!addressee_no_parse(column_view(q, 6), &dose->addressee_no, NULL, &ignored);
    }
}

static const char under_sql[] =
    "SELECT " KEY_NUMBER ", " SENT_COLUMNS ", 0 FROM json_each($1) a CROSS JOIN intake_file f"
    " CROSS JOIN intake_row r LEFT JOIN intake_decision x ON x.row_id = r.row_id AND x.to_act = 2147483647"
    " JOIN dose d ON d.dose_id = coalesce(r.dose_id, x.dose_id) JOIN person p ON p.person_id = d.person_id"
    " WHERE f.month = $2 AND r.file_no = f.file_no AND coalesce(r.number, r.label) = a.key AND d.to_act = 2147483647"
    " ORDER BY 1, d.dose_id";

static bool sent_in_month(Store *store, const char *sql, int32_t month, Str asked, Arena *arena,
                          SentDoses *doses, Error *err)
{
    assert(month > 0);
    *doses = (SentDoses){0};
    Query *q = asked_begin(store, sql, asked, err);
    if (!q) return false;
    bind_int64(q, 2, month);
    take_sent(q, arena, doses);
    return query_end(q, err);
}

bool doses_sent_under(Store *store, int32_t month, Str asked, Arena *arena, SentDoses *doses,
                      Error *err)
{
    return sent_in_month(store, under_sql, month, asked, arena, doses, err);
}

enum { PRODUCT_ROOM = 100000 };

int64_t sent_on_key(PartialDate given_on, int32_t product_no)
{
    assert(product_no >= 0 && product_no < PRODUCT_ROOM);
    return (int64_t)partial_number(given_on) * PRODUCT_ROOM + product_no;
}

static const char on_sql[] =
    "SELECT DISTINCT 0, " SENT_COLUMNS ", 0 FROM json_each($1) a CROSS JOIN dose d CROSS JOIN person p" SENT_WITH
    " WHERE d.given_on = " KEY_NUMBER " / 100000 AND d.product_no = " KEY_NUMBER " % 100000"
    " AND d.clinic_code = a.key AND d.provenance = 1 AND d.to_act = 2147483647"
    " AND p.person_id = d.person_id ORDER BY 2";
static_assert(PRODUCT_ROOM == 100000, "as the statement says");

bool doses_sent_on(Store *store, Str asked, Arena *arena, SentDoses *doses, Error *err)
{
    *doses = (SentDoses){0};
    Query *q = asked_begin(store, on_sql, asked, err);
    if (!q) return false;
    take_sent(q, arena, doses);
    return query_end(q, err);
}

static const char in_question_sql[] =
    "SELECT " KEY_NUMBER ", " SENT_COLUMNS ", w.row_id FROM json_each($1) a CROSS JOIN intake_waiting w"
    " CROSS JOIN intake_doubted q CROSS JOIN dose d CROSS JOIN person p" SENT_WITH
    " WHERE w.to_act = 2147483647 AND w.month = $2 AND coalesce(w.number, w.label) = a.key AND q.row_id = w.row_id"
    " AND d.dose_id = q.ref AND d.to_act = 2147483647 AND p.person_id = d.person_id ORDER BY 1, 2, w.row_id";

bool doses_in_question(Store *store, int32_t month, Str asked, Arena *arena, SentDoses *doses,
                       Error *err)
{
    return sent_in_month(store, in_question_sql, month, asked, arena, doses, err);
}

// ---- what became of a dose: its next version, or what whoever moved it gave the other person

#define BECAME(FIRST) \
    "WITH RECURSIVE became (first, ref) AS (" FIRST " UNION SELECT b.first, s.dose_id FROM became b" \
    " JOIN dose d ON d.dose_id = b.ref LEFT JOIN intake_decision x ON x.act_no = d.to_act" \
    " JOIN dose s ON s.dose_id = x.dose_id OR (s.person_id = d.person_id AND s.replaces = d.dose_id))"
#define BECAME_DOSES " FROM became b JOIN dose d ON d.dose_id = b.ref JOIN person p ON p.person_id = d.person_id" SENT_WITH

static const char became_sql[] =
    BECAME("SELECT CAST(b.number AS integer), CAST(b.number AS integer) FROM " KEY_NUMBERS)
    " SELECT b.first, " SENT_COLUMNS ", 0" BECAME_DOSES " WHERE d.to_act = 2147483647 ORDER BY 1, 2";

bool doses_became(Store *store, Str asked, Arena *arena, SentDoses *doses, Error *err)
{
    *doses = (SentDoses){0};
    Query *q = asked_begin(store, became_sql, asked, err);
    if (!q) return false;
    take_sent(q, arena, doses);
    return query_end(q, err);
}

// Where nothing of it stands, the last of it.
static const char asked_by_sql[] =
    BECAME("SELECT CAST(q.rank AS integer), CAST(q.ref AS integer) FROM intake_doubted q WHERE q.row_id = $1")
    " SELECT b.first, " SENT_COLUMNS ", 0" BECAME_DOSES " WHERE d.to_act = 2147483647"
    " OR (d.dose_id = (SELECT max(c.ref) FROM became c WHERE c.first = b.first) AND NOT EXISTS (SELECT 1 FROM became c"
    " JOIN dose e ON e.dose_id = c.ref WHERE c.first = b.first AND e.to_act = 2147483647)) ORDER BY 1, 2";

bool doses_asked_by(Store *store, int32_t row_id, Arena *arena, SentDoses *doses, Error *err)
{
    *doses = (SentDoses){0};
    Query *q = query_begin(store, asked_by_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    take_sent(q, arena, doses);
    return query_end(q, err);
}
