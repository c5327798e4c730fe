// Rows under review about which somebody else is asked: they wait with a date, and are nobody's next row meanwhile.
//
// A question ends with the decision about its row, or is taken back. One whose row waits no longer is not read.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct ReviewQuestion {
    int32_t row_id;
    Day asked_on;
    Str asked_by, question;
    int64_t approval_no;        // a second person decides this request; 0: the clinic is asked
    int32_t file_no;            // from here on read alone
    Str file, label, clinic_code;
} ReviewQuestion;
VEC(ReviewQuestions, ReviewQuestion, review_questions);

// Asks, instead of what was asked before.
MUST bool review_question_keep(Store *store, const ReviewQuestion *question, Error *err);
MUST bool review_question_forget(Store *store, int32_t row_id, Error *err);
// row_id 0: nothing is asked.
MUST bool review_question_of(Store *store, int32_t row_id, Arena *arena, ReviewQuestion *question, Error *err);
// What clinics are asked, by clinic, oldest first. `clinic` {0}: every one.
MUST bool review_questions_open(Store *store, Str clinic, Arena *arena, ReviewQuestions *questions, Error *err);
// What second people are asked.
MUST bool review_requests_open(Store *store, Arena *arena, ReviewQuestions *questions, Error *err);
