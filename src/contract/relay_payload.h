// What rides in a row of relay_message.h about inquiries and codes. Unified passes all of it on unread but for code_* and
// shield_word, which are between it and the intermediate server.
//
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory   texts and bytes that were read point into the message.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "code_hold.h"
#include "errors.h"
#include "inquiry.h"

// ---- 照会依頼

enum { DEPARTMENT_MOST = 200 };  // bytes

// The inquirer is whoever the intermediate server serves: nobody writes it.
typedef struct InquiryWish {
    InquiryNo inquiry;
    OrganisationCode provider;
    int item;  // 命令第2条の項
    AffairCode affair;
    ProcedureCode procedure;
    DatasetCode dataset;
    int64_t items;     // bits (copy_item_bit), at least one
    bool undisclosed;  // 不開示
    bool bulk;         // by file: the permit lives longer
    Str department;    // who asks, as the record shall say; 1 to DEPARTMENT_MOST bytes
} InquiryWish;

Str inquiry_wish_encode(const InquiryWish *wish, Arena *arena);
MUST bool inquiry_wish_decode(Str text, InquiryWish *wish, Error *err);

Str inquiry_cancel_encode(const InquiryNo *inquiry, Arena *arena);
MUST bool inquiry_cancel_decode(Str text, InquiryNo *inquiry, Error *err);

// ---- 照会結果: how an inquiry stands; comes again whenever that has changed

typedef struct InquiryResult {
    InquiryNo inquiry;
    InquiryState state;
    LinkageResult result;  // none while it is under way: result_status; with `state` inquiry_status
    Instant at;            // of this standing
    Day as_of;             // of the provider's copies; DAY_NONE where there was no answer
    Bytes data;            // of RESULT_GIVEN, until it is erased: copy_answer (copy_message.h); else empty
} InquiryResult;

const char *inquiry_result_status(const InquiryResult *result);  // 照会ステータス（明細単位)
Str inquiry_result_encode(const InquiryResult *result, Arena *arena);
MUST bool inquiry_result_decode(Str text, InquiryResult *result, Error *err);

// ---- 符号

typedef enum CodeRequestKind {
    CODE_REQUEST_ASK,
    CODE_REQUEST_RELEASE,
    CODE_REQUEST_RECONCILE,
    CODE_REQUEST_DOUBT,  // number and person do not fit together: what is kept of the person answers nobody
} CodeRequestKind;

typedef struct CodeRequest {
    CodeRequestKind kind;
    bool person_agrees;  // of ASK: the four facts are those of the register
} CodeRequest;

Str code_request_encode(const CodeRequest *wish, Arena *arena);
MUST bool code_request_decode(Str text, CodeRequest *wish, Error *err);

typedef struct CodeAnswer {
    CodeNo no;
    CodeState state;
    AcquisitionNo acquisition;  // to be handed to J-LIS; zeroed: nothing is to be
} CodeAnswer;
VEC(CodeAnswerRows, CodeAnswer, code_answers);

// One a row of the batch, in its order.
Str code_answers_encode(const CodeAnswerRows *answers, Arena *arena);
MUST bool code_answers_decode(Str text, Arena *arena, CodeAnswerRows *answers, Error *err);

typedef struct CodeStanding {
    CodeState state;
    CodeFailure failure;
    bool doubted;
} CodeStanding;

Str code_standing_encode(const CodeStanding *standing, Arena *arena);
MUST bool code_standing_decode(Str text, CodeStanding *standing, Error *err);

// ---- 支援措置: whether the register calls the person protected (shield.h)

Str shield_word_encode(bool is_protected, Arena *arena);
MUST bool shield_word_decode(Str text, bool *is_protected, Error *err);
