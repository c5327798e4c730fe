// What passes between the one who asks, the core and the one who answers, and how an exchange can end (linkage.md 3.2).
//
// Law     番号法 第21条, 第23条. The core sees that an answer was given, and not which: whether there was anything to give
//         stands inside the sealed body alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "permit.h"

typedef enum LinkageResult {
    RESULT_NONE,         // zero: not known yet
    RESULT_GIVEN,        // 01
    RESULT_NO_DATA,      // 02: known there, and nothing stands there on a day: not "no doses"
    RESULT_NOBODY,       // 03: the provider has no such person
    RESULT_REFUSED,      // 04: by two people, whose reasons stay there
    RESULT_NOT_ALLOWED,  // 11: by the core's or the provider's list
    RESULT_EXPIRED,      // 12: the permit, or the time of those who should have decided
    RESULT_SILENT,       // 13: nobody answered in time
    RESULT_UNREADABLE,   // 14: what came could not be opened, or was not for this inquiry
    RESULT_CANCELLED,    // 99: taken back by whoever asked
    RESULT_COUNT
} LinkageResult;

const char *result_status(
    LinkageResult result);  // 照会ステータス（特定個人情報名単位): "01"; "" while none
bool result_answered(
    LinkageResult result);  // the provider gave an answer: GIVEN, NO_DATA or NOBODY
bool result_refused(
    LinkageResult result);  // what a provider may say no with: REFUSED, NOT_ALLOWED or EXPIRED

typedef enum ReplyKind { REPLY_HELD, REPLY_ANSWERED, REPLY_REFUSED } ReplyKind;

// The clear part of what a provider replies: the core reads it, records it and passes it on.
typedef struct Reply {
    PermitId permit;
    ReplyKind kind;
    LinkageResult refusal;  // of REFUSED (result_refused), else none
    Instant at;             // of the answer or refusal; 0 while it is held
} Reply;

// What is sealed to the inquirer's key. It names the request that it answers: whoever opens it compares.
typedef struct AnswerBody {
    Permit permit;         // as the provider had it before it
    LinkageResult result;  // result_answered
    Day as_of;             // of the copies that it was made from
    Str data;              // of GIVEN alone
} AnswerBody;

bool reply_same(const Reply *a, const Reply *b);
