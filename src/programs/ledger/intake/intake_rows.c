// SPDX-License-Identifier: Apache-2.0
#include "intake_rows.h"

#include <assert.h>
#include <stdio.h>

#include "bare_digests.h"
#include "csv.h"

// ---- what an older version kept

bool intake_files_keyed(Store *store, const Keys *keys, Arena scratch, Error *err)
{
    static const BareDigests bare = {
        .next =
            "SELECT file_no, sha256 FROM intake_file WHERE length(sha256) = 64 ORDER BY file_no LIMIT 1",
        .set = "UPDATE intake_file SET sha256 = $2 WHERE file_no = $1",
    };
    return bare_digests_key(store, keys, &bare, scratch, err);
}

// ---- the files

static const char file_find_sql[] =
    "SELECT file_no, month, row_count, accepted, warned, review, returned, duplicate,"
    " (SELECT business_day FROM act WHERE act.act_no = intake_file.act_no)"
    " FROM intake_file WHERE digest = $1 OR (sha256 = $2 AND name = $3) ORDER BY file_no LIMIT 1";

bool intake_file_find(Store *store, const IntakeFileRow *asked, IntakeFileRow *file, Error *err)
{
    assert(asked->digest.len > 0 && asked->index.len > 0);
    IntakeFileRow found = {.digest = asked->digest, .index = asked->index, .name = asked->name};
    Query *q = query_begin(store, file_find_sql, err);
    if (!q) return false;
    bind_text(q, 1, asked->digest);
    bind_text(q, 2, asked->index);
    bind_text(q, 3, asked->name);
    if (query_next(q)) {
        found.file_no = (int32_t)column_int64(q, 0);
        found.month = (int32_t)column_int64(q, 1);
        found.counts.rows = (int32_t)column_int64(q, 2);
        for (int o = INTAKE_ACCEPTED; o <= INTAKE_DUPLICATE; o++)
            found.counts.of_outcome[o] = (int32_t)column_int64(q, 2 + o);
        found.taken_on = column_day(q, 8);
    }
    if (!query_end(q, err)) return false;
    *file = found;
    return true;
}

static const char file_insert_sql[] =
    "INSERT INTO intake_file (file_no, digest, name, month, row_count, accepted, warned, review,"
    " returned, duplicate, act_no) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

bool intake_file_insert(Store *store, const LedgerAct *act, const IntakeFileRow *file, Error *err)
{
    assert(act->no > 0);
    assert(file->file_no > 0);
    assert(file->digest.len > 0);
    assert(file->counts.rows >= 0);
    Query *q = query_begin(store, file_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file->file_no);
    bind_text(q, 2, file->digest);
    bind_text(q, 3, file->name);
    bind_int64(q, 4, file->month);
    bind_int64(q, 5, file->counts.rows);
    for (int o = INTAKE_ACCEPTED; o <= INTAKE_DUPLICATE; o++)
        bind_int64(q, 5 + o, file->counts.of_outcome[o]);
    bind_int64(q, 11, act->no);
    return query_run(q, err);
}

static const char corrected_sql[] =
    "SELECT coalesce(r.number, r.label) FROM intake_file f JOIN intake_row r ON r.file_no = f.file_no"
    " WHERE f.month = $1 AND r.corrects = 1 ORDER BY r.row_id";

bool intake_corrected_labels(Store *store, int32_t month, Arena *arena, Map *labels, Error *err)
{
    Query *q = query_begin(store, corrected_sql, err);
    if (!q) return false;
    bind_int64(q, 1, month);
    while (query_next(q)) *map_place(labels, arena, column_text(q, 0, arena), NULL) = 1;
    return query_end(q, err);
}

static const char row_insert_sql[] =
    "INSERT INTO intake_row (row_id, file_no, line, label, outcome, person_id, dose_id, candidates,"
    " score, evidence, dose_status, reasons, codes, message, content, as_read, corrects,"
    " item, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

static void bind_known(Query *q, int place, int64_t value, int64_t unknown)
{
    if (value == unknown)
        bind_null(q, place);
    else
        bind_int64(q, place, value);
}

static void bind_filled(Query *q, int place, Str text)
{
    bind_text(q, place, text.len ? text : (Str){0});
}

static void bind_row(Query *q, const IntakeRowKept *row)
{
    assert(row->row_id > 0);
    assert(row->file_no > 0);
    assert(row->line > 0);
    assert(row->label.len > 0);
    assert(row->outcome <= INTAKE_DUPLICATE);
    assert(row->person_id >= 0 && row->dose_id >= 0);
    assert(row->score >= -1);
    bind_int64(q, 1, row->row_id);
    bind_int64(q, 2, row->file_no);
    bind_int64(q, 3, row->line);
    bind_text(q, 4, row->label);
    bind_int64(q, 5, (int64_t)row->outcome);
    bind_known(q, 6, row->person_id, 0);
    bind_known(q, 7, row->dose_id, 0);
    bind_filled(q, 8, row->candidates);
    bind_known(q, 9, row->score, -1);
    bind_filled(q, 10, row->evidence);
    bind_int64(q, 11, (int64_t)row->dose_status);
    bind_filled(q, 12, row->reasons);
    bind_filled(q, 13, row->codes);
    bind_filled(q, 14, row->message);
    bind_filled(q, 15, row->content);
    bind_filled(q, 16, row->as_read);
    bind_known(q, 17, row->corrects, 0);
    bind_filled(q, 18, row->item);
    bind_filled(q, 19, str_equal(row->row_no, row->label) ? (Str){0} : row->row_no);
}

bool intake_row_insert(Store *store, const IntakeRowKept *row, Error *err)
{
    Query *q = query_begin(store, row_insert_sql, err);
    if (!q) return false;
    bind_row(q, row);
    return query_run(q, err);
}

bool intake_rows_insert(Store *store, ptrdiff_t count, IntakeRowMaker *row, const void *context,
                        Arena scratch, Error *err)
{
    Query *q = query_begin(store, row_insert_sql, err);
    if (!q) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        Arena one = scratch;
        const IntakeRowKept kept = row(context, i, &one);
        bind_row(q, &kept);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

static const char candidate_insert_sql[] =
    "INSERT INTO intake_candidate (row_id, rank, person_id) VALUES ($1, $2, $3)";

bool intake_candidates_insert(Store *store, const IntakeCandidates *candidates, Error *err)
{
    Query *q = query_begin(store, candidate_insert_sql, err);
    if (!q) return false;
    VEC_EACH (const IntakeCandidate, c, *candidates) {
        bind_int64(q, 1, c->row_id);
        bind_int64(q, 2, c->rank);
        bind_int64(q, 3, c->person_id);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

// ---- the list of returned rows

static const char returned_sql[] = "SELECT line, item, codes, message, as_read FROM intake_row"
                                   " WHERE file_no = $1 AND outcome = $2 ORDER BY row_id";

// The first of its codes is why it was returned.
static void returned_row(Query *q, ErrorCsv *errors)
{
    error_csv_add(errors, &(ErrorCsvRow){.line = column_int64(q, 0),
                                         .item = column_view(q, 1),
                                         .code = str_cut(column_view(q, 2), ' ').head,
                                         .message = column_view(q, 3),
                                         .row_text = column_view(q, 4)});
}

bool intake_returned_write(Store *store, int32_t file_no, ErrorCsv *errors, Error *err)
{
    assert(file_no > 0);
    Query *q = query_begin(store, returned_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    bind_int64(q, 2, (int64_t)INTAKE_RETURNED);
    while (query_next(q)) returned_row(q, errors);
    return query_end(q, err);
}

// ---- the outcome CSV

const char *const intake_outcome_items[] = {
    "行番号",      "outcome", "宛名番号", "score",   "evidence",
    "dose_status", "reasons", "code",     "message", "file",
};
const int intake_outcome_item_count = (int)countof(intake_outcome_items);

static const char outcome_sql[] =
    "SELECT r.label, r.outcome, p.addressee_no, r.candidates, r.score, r.evidence, r.dose_status,"
    " r.reasons, r.codes, r.message, f.name FROM intake_row r"
    " JOIN intake_file f ON f.file_no = r.file_no"
    " LEFT JOIN person p ON p.person_id = r.person_id WHERE r.file_no = $1 ORDER BY r.row_id";

static void outcome_row(Query *q, List *out)
{
    IntakeOutcome outcome = (IntakeOutcome)column_int64(q, 1);
    list_put(out, column_view(q, 0));
    list_put(out, intake_outcome_text(outcome));
    list_put(out, column_view(q, outcome == INTAKE_REVIEW ? 3 : 2));
    char score[24];
    (void)snprintf(score, sizeof score, "%lld", (long long)column_int64(q, 4));
    list_put(out, column_is_null(q, 4) ? (Str){0} : str_of(score));
    list_put(out, column_view(q, 5));
    list_put(out, dose_status_text((DoseStatus)column_int64(q, 6)));
    for (int item = 7; item <= 10; item++) list_put(out, column_view(q, item));
    list_end_row(out);
}

bool intake_outcome_write(Store *store, int32_t file_no, List *out, Error *err)
{
    assert(file_no > 0);
    Query *q = query_begin(store, outcome_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (query_next(q)) outcome_row(q, out);
    return query_end(q, err);
}

#define TAKEN_FILES                                                                                 \
    "SELECT f.file_no, f.name, f.month, f.row_count, f.accepted, f.warned, f.review, f.returned,"   \
    " f.duplicate, a.business_day, a.done_at, a.done_by,"                                           \
    " (SELECT count(*) FROM intake_waiting w JOIN intake_row r ON r.row_id = w.row_id"              \
    "  LEFT JOIN review_question q ON q.row_id = w.row_id"                                          \
    "  WHERE r.file_no = f.file_no AND w.outcome = 3 AND w.to_act = 2147483647 AND q.row_id IS NULL)" \
    " FROM intake_file f JOIN act a ON a.act_no = f.act_no"

static IntakeTaken taken_here(Query *q, Arena *arena)
{
    IntakeTaken t = {.file = {.file_no = (int32_t)column_int64(q, 0),
                              .name = column_text(q, 1, arena),
                              .month = (int32_t)column_int64(q, 2),
                              .taken_on = column_day(q, 9)},
                     .taken_at = column_instant(q, 10),
                     .taken_by = column_text(q, 11, arena),
                     .waiting = (int32_t)column_int64(q, 12)};
    int32_t *of = t.file.counts.of_outcome;
    t.file.counts.rows = (int32_t)column_int64(q, 3);
    of[INTAKE_ACCEPTED] = (int32_t)column_int64(q, 4);
    of[INTAKE_ACCEPTED_WITH_WARNING] = (int32_t)column_int64(q, 5);
    of[INTAKE_REVIEW] = (int32_t)column_int64(q, 6);
    of[INTAKE_RETURNED] = (int32_t)column_int64(q, 7);
    of[INTAKE_DUPLICATE] = (int32_t)column_int64(q, 8);
    return t;
}

bool intake_files_taken(Store *store, int most, Arena *arena, IntakeTakenRows *rows, Error *err)
{
    assert(most > 0);
    Query *q = query_begin(store, TAKEN_FILES " ORDER BY f.file_no DESC LIMIT $1", err);
    if (!q) return false;
    bind_int64(q, 1, most);
    *rows = (IntakeTakenRows){0};
    while (query_next(q)) *intake_taken_push(rows, arena) = taken_here(q, arena);
    return query_end(q, err);
}

bool intake_file_taken(Store *store, int32_t file_no, Arena *arena, IntakeTaken *taken, bool *found, Error *err)
{
    Query *q = query_begin(store, TAKEN_FILES " WHERE f.file_no = $1", err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    *found = query_next(q);
    if (*found) *taken = taken_here(q, arena);
    return query_end(q, err);
}

static const char codes_sql[] =
    "SELECT outcome, codes, count(*) FROM intake_row WHERE file_no = $1 AND codes <> ''"
    " GROUP BY outcome, codes ORDER BY 3 DESC, 2, 1";

bool intake_codes_counted(Store *store, int32_t file_no, Arena *arena, IntakeCodeCounts *counts, Error *err)
{
    Query *q = query_begin(store, codes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    *counts = (IntakeCodeCounts){0};
    while (query_next(q))
        *intake_code_counts_push(counts, arena) = (IntakeCodeCount){
            (IntakeOutcome)column_int64(q, 0), column_text(q, 1, arena), (int32_t)column_int64(q, 2)};
    return query_end(q, err);
}
