// SPDX-License-Identifier: Apache-2.0
#include "review_rows.h"

#include <assert.h>

#include "fold.h"
#include "partial_number.h"
#include "review_question_rows.h"
#include "submission.h"

// ---- which row

static const char find_sql[] =
    "SELECT r.row_id, w.month, w.label, w.clinic_code, w.product_no, w.given_on, w.birth,"
    " w.addressee_no, w.content, w.items,"
    " CASE WHEN w.outcome = 3 AND w.to_act = 2147483647 THEN 1 ELSE 0 END FROM intake_row r"
    " JOIN intake_file f ON f.file_no = r.file_no LEFT JOIN intake_waiting w ON w.row_id = r.row_id"
    " WHERE r.row_id = $1 OR (coalesce(r.number, r.label) = $2 AND (f.name = $3 OR f.file_no = $4))"
    " ORDER BY r.row_id";

typedef struct Matches {
    int32_t named, waiting;
} Matches;

static void take_match(Query *q, Arena *arena, Matches *matches, WaitingRow *row)
{
    matches->named++;
    if (!column_int64(q, 10) || matches->waiting++) return;
    *row = (WaitingRow){
        .row_id = (int32_t)column_int64(q, 0),
        .outcome = INTAKE_REVIEW,
        .month = (int32_t)column_int64(q, 1),
        .label = column_text(q, 2, arena),
        .clinic_code = column_text(q, 3, arena),
        .product_no = (int32_t)column_int64(q, 4),
        .given_on = partial_of_number(column_int64(q, 5)),
        .birth = partial_of_number(column_int64(q, 6)),
        .addressee_no = column_text(q, 7, arena),
        .content = column_text(q, 8, arena),
        .items = column_text(q, 9, arena),
    };
}

static bool one_alone(const ReviewAsked *asked, const Matches *m, Arena *arena, Error *err)
{
    Str named = asked->row_id ? str_format(arena, "%lld", (long long)asked->row_id)
                              : str_format(arena, "%.*s %.*s", STR(asked->file), STR(asked->label));
    if (!m->named)
        return FAIL(err, E_NOT_FOUND, .item = S("行"), .value = named,
                    .words = asked->at_screen
                                 ? S("この行は台帳にありません。「取込・照合」の一覧から選び直してください。")
                                 : S("この行は台帳にありません。sesshu ledger work --kind review に出る番号を"
                                     "確かめてください。"));
    if (!m->waiting)
        return FAIL(err, E_CONFLICT, .item = S("行"), .value = named,
                    .words = S("この行は確認待ちではありません。すでに決めた行か、"
                               "もう一度届いて取り込まれた行です。"));
    return m->waiting == 1 ||
           FAIL(err, E_CONFLICT, .item = S("行"), .value = named,
                .words = S(
                    "この名前の行がいくつもあります。sesshu ledger work --kind review に出る番号で"
                    "指定してください。"));
}

bool review_find(Store *store, const ReviewAsked *asked, Arena *arena, WaitingRow *row, Error *err)
{
    int64_t file_no = 0;
    Matches matches = {0};
    (void)!fold_int64(arena, asked->file, &file_no);
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, asked->row_id);
    bind_text(q, 2, row_number(asked->label, arena));
    bind_text(q, 3, asked->file);
    bind_int64(q, 4, file_no);
    while (query_next(q)) take_match(q, arena, &matches, row);
    return query_end(q, err) && one_alone(asked, &matches, arena, err);
}

static const char candidates_sql[] =
    "SELECT c.person_id, p.addressee_no, p.name, p.protected FROM intake_candidate c"
    " JOIN person p ON p.person_id = c.person_id WHERE c.row_id = $1 ORDER BY c.rank";

bool review_candidates_of(Store *store, int32_t row_id, Arena *arena, ReviewCandidates *candidates,
                          Error *err)
{
    assert(row_id > 0);
    Error ignored;
    Query *q = query_begin(store, candidates_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    *candidates = (ReviewCandidates){0};
    while (query_next(q)) {
        ReviewCandidate *c = review_candidates_push(candidates, arena);
        c->person_id = (int32_t)column_int64(q, 0);
        (void)!addressee_no_parse(column_view(q, 1), &c->who, NULL, &ignored);
        c->name = column_text(q, 2, arena);
        c->is_protected = column_int64(q, 3) != 0;
    }
    return query_end(q, err);
}

#define REVIEW_COLUMNS                                                                          \
    "SELECT w.row_id, f.name, r.label, r.codes, r.message, r.evidence, a.business_day, r.file_no" \
    " FROM intake_waiting w JOIN intake_row r ON r.row_id = w.row_id"                           \
    " JOIN intake_file f ON f.file_no = r.file_no JOIN act a ON a.act_no = w.from_act"          \
    " WHERE w.to_act = 2147483647 AND w.outcome = 3"

static ReviewRow review_here(Query *q, Arena *arena)
{
    return (ReviewRow){
        .row_id = (int32_t)column_int64(q, 0),
        .file = column_text(q, 1, arena),
        .label = column_text(q, 2, arena),
        .codes = column_text(q, 3, arena),
        .message = column_text(q, 4, arena),
        .evidence = column_text(q, 5, arena),
        .since = column_day(q, 6),
        .file_no = (int32_t)column_int64(q, 7),
    };
}

static const char one_sql[] = REVIEW_COLUMNS " AND w.row_id = $1";
static const char all_sql[] = REVIEW_COLUMNS " ORDER BY w.row_id";

Str review_evidence_alone(Str evidence)
{
    Str words = S(REVIEW_MOVE_WORDS);
    return str_ends(evidence, words) ? str_first(evidence, evidence.len - words.len) : evidence;
}

bool review_row_read(Store *store, int32_t row_id, Arena *arena, ReviewRow *row, bool *found,
                     Error *err)
{
    Query *q = query_begin(store, one_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    *found = query_next(q);
    if (*found) *row = review_here(q, arena);
    return query_end(q, err);
}

bool review_rows_all(Store *store, Arena *arena, ReviewRows *rows, Error *err)
{
    Query *q = query_begin(store, all_sql, err);
    if (!q) return false;
    *rows = (ReviewRows){0};
    while (query_next(q)) *review_rows_push(rows, arena) = review_here(q, arena);
    return query_end(q, err);
}

// ---- who has it

static const char claim_sql[] =
    "INSERT INTO review_claim (row_id, claimed_by, claimed_until) VALUES ($1, $2, $3)"
    " ON CONFLICT (row_id) DO UPDATE SET claimed_by = excluded.claimed_by,"
    " claimed_until = excluded.claimed_until"
    " WHERE review_claim.claimed_by = excluded.claimed_by OR review_claim.claimed_until <= $4";
static const char claimed_sql[] =
    "SELECT claimed_by, claimed_until FROM review_claim WHERE row_id = $1";

static bool claim_taken(Store *store, int32_t row_id, Str who, Instant now, Error *err)
{
    Query *q = query_begin(store, claim_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    bind_text(q, 2, who);
    bind_instant(q, 3, now + REVIEW_CLAIM_SECONDS * (Instant)1000000);
    bind_instant(q, 4, now);
    return query_run(q, err);
}

static bool claim_read(Store *store, int32_t row_id, Arena *arena, ReviewClaim *claim, Error *err)
{
    Query *q = query_begin(store, claimed_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    if (query_next(q)) *claim = (ReviewClaim){column_text(q, 0, arena), column_instant(q, 1)};
    return query_end(q, err);
}

bool review_claim(Store *store, int32_t row_id, Str who, Instant now, Arena *arena,
                  ReviewClaim *claim, Error *err)
{
    assert(row_id > 0);
    assert(who.len > 0);
    *claim = (ReviewClaim){0};
    if (!store_begin(store, err)) return false;
    if (claim_taken(store, row_id, who, now, err) && claim_read(store, row_id, arena, claim, err) &&
        store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}

static const char next_sql[] =
    "SELECT coalesce(min(w.row_id), 0) FROM intake_waiting w JOIN intake_row r ON r.row_id = w.row_id"
    " LEFT JOIN review_claim c ON c.row_id = w.row_id LEFT JOIN review_question q ON q.row_id = w.row_id"
    " WHERE w.to_act = 2147483647 AND w.outcome = 3 AND w.row_id > $1"
    " AND (CAST($2 AS integer) = 0 OR r.file_no = $2) AND q.row_id IS NULL"
    " AND (c.row_id IS NULL OR c.claimed_by = $3 OR c.claimed_until <= $4)";

bool review_next(Store *store, int32_t file_no, int32_t after, Str who, Instant now,
                 int32_t *row_id, Error *err)
{
    assert(file_no >= 0 && after >= 0);
    assert(who.len > 0);
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    bind_int64(q, 1, after);
    bind_int64(q, 2, file_no);
    bind_text(q, 3, who);
    bind_instant(q, 4, now);
    *row_id = query_next(q) ? (int32_t)column_int64(q, 0) : 0;
    return query_end(q, err);
}

static const char waiting_sql[] =
    "SELECT count(*) FROM intake_waiting w JOIN intake_row r ON r.row_id = w.row_id"
    " LEFT JOIN review_question q ON q.row_id = w.row_id"
    " WHERE w.to_act = 2147483647 AND w.outcome = 3 AND q.row_id IS NULL"
    " AND (CAST($1 AS integer) = 0 OR r.file_no = $1)";

bool review_waiting(Store *store, int32_t file_no, int32_t *count, Error *err)
{
    assert(file_no >= 0);
    Query *q = query_begin(store, waiting_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    *count = query_next(q) ? (int32_t)column_int64(q, 0) : 0;
    return query_end(q, err);
}

// ---- the decision

static const char insert_sql[] =
    "INSERT INTO intake_decision (row_id, act_no, outcome, person_id, dose_id, dose_status,"
    " reasons, codes, message) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

static const char taken_sql[] = "UPDATE intake_waiting SET to_act = $1 WHERE row_id = $2";

// It is not judged anew when the register changes: a person has said what it is (waiting_returns_of).
static const char returned_sql[] =
    "UPDATE intake_waiting SET outcome = 4 WHERE row_id = $1";

static bool waits_no_longer(Store *store, const LedgerAct *act, const ReviewDecision *d, Error *err)
{
    bool returned = d->outcome == INTAKE_RETURNED;
    Query *q = query_begin(store, returned ? returned_sql : taken_sql, err);
    if (!q) return false;
    if (!returned) bind_int64(q, 1, act->no);
    bind_int64(q, returned ? 1 : 2, d->row_id);
    return query_run(q, err);
}

static void bind_some(Query *q, int place, int32_t number)
{
    if (number)
        bind_int64(q, place, number);
    else
        bind_null(q, place);
}

bool review_decide(Store *store, const LedgerAct *act, const ReviewDecision *d, Error *err)
{
    assert(act->no > 0);
    assert(d->row_id > 0);
    assert(d->outcome <= INTAKE_DUPLICATE);
    assert(d->person_id >= 0 && d->dose_id >= 0);
    assert(!d->moved_dose || d->moved_from.digits[0]);
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, d->row_id);
    bind_int64(q, 2, act->no);
    bind_int64(q, 3, (int64_t)d->outcome);
    bind_some(q, 4, d->person_id);
    bind_some(q, 5, d->dose_id);
    bind_int64(q, 6, (int64_t)d->dose_status);
    bind_text(q, 7, d->reasons);
    bind_text(q, 8, d->codes);
    bind_text(q, 9, d->message);
    return query_run(q, err) && waits_no_longer(store, act, d, err) && review_question_forget(store, d->row_id, err);
}
