// SPDX-License-Identifier: Apache-2.0
#include "review_question_rows.h"

#include <assert.h>

static const char keep_sql[] =
    "INSERT INTO review_question (row_id, asked_on, asked_by, question, approval_no) VALUES ($1, $2, $3, $4, $5)"
    " ON CONFLICT (row_id) DO UPDATE SET asked_on = excluded.asked_on, asked_by = excluded.asked_by,"
    " question = excluded.question, approval_no = excluded.approval_no";

bool review_question_keep(Store *store, const ReviewQuestion *question, Error *err)
{
    assert(question->row_id > 0);
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, question->row_id);
    bind_day(q, 2, question->asked_on);
    bind_text(q, 3, question->asked_by);
    bind_text(q, 4, question->question);
    bind_int64(q, 5, question->approval_no);
    return query_run(q, err);
}

bool review_question_forget(Store *store, int32_t row_id, Error *err)
{
    assert(row_id > 0);
    Query *q = query_begin(store, "DELETE FROM review_question WHERE row_id = $1", err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    return query_run(q, err);
}

#define QUESTIONS                                                                                     \
    "SELECT q.row_id, q.asked_on, q.asked_by, q.question, q.approval_no, r.file_no, f.name, r.label," \
    " coalesce(w.clinic_code, '') FROM review_question q"                                             \
    " JOIN intake_waiting w ON w.row_id = q.row_id AND w.to_act = 2147483647 AND w.outcome = 3"       \
    " JOIN intake_row r ON r.row_id = q.row_id JOIN intake_file f ON f.file_no = r.file_no"

static ReviewQuestion here(Query *q, Arena *arena)
{
    return (ReviewQuestion){.row_id = (int32_t)column_int64(q, 0),
                            .asked_on = column_day(q, 1),
                            .asked_by = column_text(q, 2, arena),
                            .question = column_text(q, 3, arena),
                            .approval_no = column_int64(q, 4),
                            .file_no = (int32_t)column_int64(q, 5),
                            .file = column_text(q, 6, arena),
                            .label = column_text(q, 7, arena),
                            .clinic_code = column_text(q, 8, arena)};
}

bool review_question_of(Store *store, int32_t row_id, Arena *arena, ReviewQuestion *question, Error *err)
{
    assert(row_id > 0);
    Query *q = query_begin(store, QUESTIONS " WHERE q.row_id = $1", err);
    if (!q) return false;
    bind_int64(q, 1, row_id);
    *question = (ReviewQuestion){0};
    if (query_next(q)) *question = here(q, arena);
    return query_end(q, err);
}

static const char open_sql[] = QUESTIONS
    " WHERE q.approval_no = 0 AND ($1 = '' OR w.clinic_code = $1) ORDER BY w.clinic_code, q.asked_on, q.row_id";

bool review_questions_open(Store *store, Str clinic, Arena *arena, ReviewQuestions *questions, Error *err)
{
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    bind_text(q, 1, clinic.len ? clinic : S(""));
    *questions = (ReviewQuestions){0};
    while (query_next(q)) *review_questions_push(questions, arena) = here(q, arena);
    return query_end(q, err);
}

bool review_requests_open(Store *store, Arena *arena, ReviewQuestions *questions, Error *err)
{
    Query *q = query_begin(store, QUESTIONS " WHERE q.approval_no <> 0 ORDER BY q.row_id", err);
    if (!q) return false;
    *questions = (ReviewQuestions){0};
    while (query_next(q)) *review_questions_push(questions, arena) = here(q, arena);
    return query_end(q, err);
}
