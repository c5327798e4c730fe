// The steps from an answer to the ledger, whoever takes them: a command or a page.
//
// Nothing enters by itself: the new doses are asked for in one request (answer_approval.h) with the origin of an answer (P3), and
// a second person approves it. What perhaps is a dose that stands, and what cannot be read, stays a person's to decide:
// the inquiry is settled when somebody has said how.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "answer_beside.h"
#include "inquiry_rows.h"

typedef struct Answered {
    InquiryRow inquiry;
    Ledger ledger;
    CopyAnswer answer;
    AnswerDoses doses;
    int64_t fresh, doubtful;  // that nobody has here; that a person must look at, also what cannot be read
    Error unread;             // why the answer cannot be read; no code: it can
} Answered;

// An inquiry by its number, and what came beside what the ledger knows now. E_NOT_FOUND: there is none.
MUST bool answer_open(const Ledger *ledger, Str number, Arena *arena, Answered *a, Error *err);
Str answer_kind_words(BesideKind kind);  // "台帳にない接種"

typedef struct AnswerRefused {
    const AnswerDose *dose;
    Error why;
} AnswerRefused;
VEC(AnswerRefusals, AnswerRefused, answer_refusals);

typedef struct AnswerEntered {
    int64_t asked;  // entries that were asked for now, in one request; 0 too where the same waits already
    int64_t open;   // what a person must still look at
    AnswerRefusals refusals;  // what could not be entered as it was answered (a day after the death): part of `open`
    bool settled;
} AnswerEntered;

// `how`: what came out when somebody looked at what is open; {0}: nobody said. Of an inquiry that ended without an answer
// only that is left to say. E_NOT_FOUND: it is still under way.
MUST bool answer_enter(Answered *a, Str how, Arena *arena, AnswerEntered *entered, Error *err);
