// SPDX-License-Identifier: Apache-2.0
#include "work_count_rows.h"

#include <assert.h>

#include "calendar.h"
#include "partial_number.h"
#include "schedule.h"

enum { MONTHS_BEFORE = 3, EXPECTED_FROM = 10 };

static void count_of(WorkCounts *counts, WorkKind kind, int64_t count, Day since)
{
    if (count) counts->of[kind] = (WorkCount){count, since};
}

// ---- rows

static const char open_sql[] =
    "SELECT w.kind, count(*), min(a.business_day) FROM work w JOIN act a ON a.act_no = w.from_act"
    " WHERE w.to_act = 2147483647 GROUP BY w.kind";

static bool open_counts(Store *store, WorkCounts *counts, Error *err)
{
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    while (query_next(q))
        for (int k = 0; k < WORK_KINDS; k++)
            if (str_equal(work_row_of((WorkKind)k).kind, column_view(q, 0)))
                count_of(counts, (WorkKind)k, column_int64(q, 1), column_day(q, 2));
    return query_end(q, err);
}

static const char review_sql[] =
    "SELECT count(*), min(a.business_day) FROM intake_waiting w JOIN act a ON a.act_no = w.from_act"
    " WHERE w.to_act = 2147483647 AND w.outcome = 3";

static bool review_count(Store *store, WorkCounts *counts, Error *err)
{
    Query *q = query_begin(store, review_sql, err);
    if (!q) return false;
    if (query_next(q)) count_of(counts, WORK_REVIEW, column_int64(q, 0), column_day(q, 1));
    return query_end(q, err);
}

// ---- birth dates

static const char births_sql[] =
    "SELECT CASE WHEN p.birth / 100 % 100 = 0 THEN 1 ELSE 0 END, count(*) FROM person p"
    " LEFT JOIN standing_person s ON s.person_id = p.person_id"
    " WHERE p.birth % 100 = 0 AND p.withdrawn = 0 AND p.status = 1"
    " AND (p.birth / 100 % 100 = 0 OR s.statuses LIKE $1)"
    " GROUP BY CASE WHEN p.birth / 100 % 100 = 0 THEN 1 ELSE 0 END";

static bool birth_counts(Store *store, WorkCounts *counts, Error *err)
{
    const char pattern[] = {'%', 'A' + STATUS_REVIEW, '%'};
    Query *q = query_begin(store, births_sql, err);
    if (!q) return false;
    bind_text(q, 1, (Str){pattern, sizeof pattern});
    while (query_next(q))
        count_of(counts, column_int64(q, 0) ? WORK_BIRTH_YEAR : WORK_BIRTH_MONTH,
                 column_int64(q, 1), DAY_NONE);
    return query_end(q, err);
}

bool work_counts_read(Store *store, WorkCounts *counts, Error *err)
{
    return open_counts(store, counts, err) && review_count(store, counts, err) &&
           birth_counts(store, counts, err);
}

// ---- files

static int32_t month_before(Day as_of, int months)
{
    CivilDate c = civil_of(as_of);
    int month = c.year * 12 + c.month - 1 - months;
    return month / 12 * 100 + month % 12 + 1;
}

// "4010198762" of "YOSHIN_202610_4010198762_001.csv".
static Str sender_of(Str name)
{
    Cut prefix = str_cut(name, '_'), month = str_cut(prefix.tail, '_');
    return str_cut(month.tail, '_').head;
}

static ExpectedFile *sender_find(ExpectedFiles *files, Str sender)
{
    VEC_EACH (ExpectedFile, f, *files)
        if (str_equal(f->sender, sender)) return f;
    return NULL;
}

// month 0: its file has come.
static const char files_sql[] = "SELECT month, name FROM intake_file WHERE month BETWEEN $1 AND $2"
                                " ORDER BY month, file_no";

static bool senders_read(Store *store, Day as_of, Arena *arena, ExpectedFiles *senders, Error *err)
{
    int32_t last = month_before(as_of, 1);
    Query *q = query_begin(store, files_sql, err);
    if (!q) return false;
    bind_int64(q, 1, month_before(as_of, 1 + MONTHS_BEFORE));
    bind_int64(q, 2, last);
    while (query_next(q)) {
        Str sender = sender_of(column_view(q, 1));
        ExpectedFile *known = sender_find(senders, sender);
        if (!known) {
            known = expected_files_push(senders, arena);
            *known = (ExpectedFile){.month = last, .sender = str_copy(arena, sender)};
        }
        if (column_int64(q, 0) == last) known->month = 0;
    }
    return query_end(q, err);
}

static const char clinic_sql[] =
    "SELECT name FROM clinic WHERE clinic_code = $1 AND to_act = 2147483647"
    " ORDER BY clinic_id LIMIT 1";

static bool clinic_name(Store *store, Str code, Arena *arena, Str *name, Error *err)
{
    Query *q = query_begin(store, clinic_sql, err);
    if (!q) return false;
    bind_text(q, 1, code);
    if (query_next(q)) *name = column_text(q, 0, arena);
    return query_end(q, err);
}

bool files_expected(Store *store, Day as_of, Arena *arena, ExpectedFiles *files, Error *err)
{
    assert(as_of != DAY_NONE);
    ExpectedFiles senders = {0};
    *files = (ExpectedFiles){0};
    if (civil_of(as_of).day < EXPECTED_FROM) return true;
    if (!senders_read(store, as_of, arena, &senders, err)) return false;
    VEC_EACH (const ExpectedFile, sender, senders) {
        if (!sender->month) continue;
        ExpectedFile *file = expected_files_push(files, arena);
        *file = *sender;
        if (!clinic_name(store, file->sender, arena, &file->name, err)) return false;
    }
    return true;
}

// ---- corrected birth dates

// The act that corrected also judged anew (sync). CROSS JOIN keeps SQLite at the few who were corrected: left to itself it
// begins with every judgement.
static const char corrected_sql[] =
    "SELECT p.person_id, p.addressee_no, p.name, p.birth, p.sex, p.status, p.protected,"
    " max(a.business_day), count(DISTINCT j.dose_id) FROM person_before b CROSS JOIN act a CROSS JOIN person p"
    " CROSS JOIN dose d CROSS JOIN dose_judgement j WHERE a.act_no = b.to_act AND p.person_id = b.person_id"
    " AND d.person_id = b.person_id AND d.to_act = 2147483647 AND d.from_act < b.to_act"
    " AND j.dose_id = d.dose_id AND j.from_act = b.to_act AND j.to_act = 2147483647"
    " AND a.business_day > $1 AND p.withdrawn = 0"
    " GROUP BY p.person_id, p.addressee_no, p.name, p.birth, p.sex, p.status, p.protected"
    " ORDER BY max(a.business_day), p.person_id";

bool births_corrected(Store *store, Day after, Arena *arena, CorrectedBirths *rows, Error *err)
{
    assert(after != DAY_NONE);
    Error unread;
    *rows = (CorrectedBirths){0};
    Query *q = query_begin(store, corrected_sql, err);
    if (!q) return false;
    bind_day(q, 1, after);
    while (query_next(q)) {
        CorrectedBirth *row = corrected_births_push(rows, arena);
        *row = (CorrectedBirth){.person = {.person_id = (int32_t)column_int64(q, 0),
                                           .name = column_text(q, 2, arena),
                                           .birth = partial_of_number(column_int64(q, 3)),
                                           .sex = (int32_t)column_int64(q, 4),
                                           .status = (int32_t)column_int64(q, 5),
                                           .is_protected = column_int64(q, 6) != 0},
                                .since = column_day(q, 7),
                                .doses = (int32_t)column_int64(q, 8)};
        (void)!addressee_no_parse(column_view(q, 1), &row->person.who, NULL, &unread);
    }
    return query_end(q, err);
}
