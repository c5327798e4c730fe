// The copies (副本) as bytes: what the ledger lays down, what it compares, and what an answer brings (copy_record.h).
//
// Kept     no word of the person's birth is in what is kept or answered: it rides with a record for the checks alone.
// Hash     of copy_items_encode, so that both sides of a comparison hash the same bytes.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory   texts that were read point into the message, rows live in the arena.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "copy_record.h"
#include "errors.h"

enum { COPY_HASH_BYTES = 32, COPY_ANSWER_RECORDS_MOST = 2000 };

Str copy_head_encode(const CopyHead *head, Arena *arena);
MUST bool copy_head_decode(Str text, CopyHead *head, Error *err);
Str copy_record_encode(const CopyRecord *record, Arena *arena);
MUST bool copy_record_decode(Str text, Arena *arena, CopyRecord *record, Error *err);

// What is kept of a record, and hashed.
Str copy_items_encode(const CopyItemRows *items, Arena *arena);
MUST bool copy_items_decode(Str text, Arena *arena, CopyItemRows *items, Error *err);

// 照合: one record as it stands at the intermediate server.
typedef struct CopyCompared {
    CopyKey key;
    int64_t version;
    unsigned char hash[COPY_HASH_BYTES];  // SHA-256 of copy_items_encode
} CopyCompared;

Str copy_compared_encode(const CopyCompared *compared, Arena *arena);
MUST bool copy_compared_decode(Str text, CopyCompared *compared, Error *err);

// The data of an answer (AnswerBody.data, InquiryResult.data): the records of one person, each with the items that were
// asked for. One at least; without the keys of the provider's ledger.
VEC(CopyAnswerRows, CopyItemRows, copy_answers);

typedef struct CopyAnswer {
    DatasetCode dataset;
    int layout;
    CopyAnswerRows records;
} CopyAnswer;

Str copy_answer_encode(const CopyAnswer *answer, Arena *arena);
MUST bool copy_answer_decode(Str text, Arena *arena, CopyAnswer *answer, Error *err);
