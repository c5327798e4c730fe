// SPDX-License-Identifier: Apache-2.0
#include "self_answer_rows.h"

#include <string.h>

#include "given_number_rows.h"

static const char add_sql[] = "INSERT INTO self_answer (answer_no, view_id, envelope) VALUES ($1, $2, $3)"
                              " ON CONFLICT (view_id) DO NOTHING";

bool self_answer_add(Store *store, const SelfTold *told, Error *err)
{
    int64_t answer_no;
    if (!given_number_next(store, S("self_answer"), 0, &answer_no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, answer_no);
    bind_bytes(q, 2, (Bytes){told->view.at, sizeof told->view.at});
    bind_bytes(q, 3, told->envelope);
    return query_run(q, err);
}

static const char owed_sql[] = "SELECT answer_no, view_id, envelope FROM self_answer ORDER BY answer_no LIMIT $1";

bool self_answers_owed(Store *store, int most, Arena *arena, SelfAnswers *answers, Error *err)
{
    *answers = (SelfAnswers){0};
    Query *q = query_begin(store, owed_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    while (query_next(q)) {
        SelfAnswer answer = {.answer_no = column_int64(q, 0), .told.envelope = column_bytes(q, 2, arena)};
        Bytes view = column_bytes(q, 1, arena);
        if (view.len == SELF_VIEW_BYTES) memcpy(answer.told.view.at, view.at, SELF_VIEW_BYTES);
        *self_answers_push(answers, arena) = answer;
    }
    return query_end(q, err);
}

static const char sent_sql[] = "DELETE FROM self_answer WHERE answer_no <= $1";

bool self_answers_sent(Store *store, int64_t up_to, Error *err)
{
    Query *q = query_begin(store, sent_sql, err);
    if (!q) return false;
    bind_int64(q, 1, up_to);
    return query_run(q, err);
}
