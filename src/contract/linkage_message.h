// The messages of one exchange, in the order in which they go (linkage.md 3.2): the inquirer asks the core for a permit,
// gets it or a no, sends it with its one-time key, and gets a reply with the answer in an envelope.
//
// Opaque   an envelope is bytes to everybody but the holder of the key. What it holds is answer_body_encode, filled up to
//          whole blocks of ANSWER_BLOCK: its length does not tell how much there was to say, or whether anything.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory   texts and bytes that were read point into the message.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"
#include "exchange.h"

enum {
    KEY_POINT_BYTES = 65,  // the one-time key's public half (hpke.h)
    ANSWER_BLOCK = 1024,  // FILL_BLOCK of linkage_wire.h
    ANSWER_DATA_MOST = 1 << 19,
    ENVELOPE_MOST = 1 << 20,
};
#define ANSWER_USE S("sesshu/answer/v1")  // what hpke.h is told that the envelope is for

// ---- inquirer to core, core to inquirer

typedef struct PermitAsk {
    Permit asked;  // without id, list and moments: those are the core's
    PairwiseCode code;
    bool bulk;  // by file: the permit lives longer
} PermitAsk;

typedef struct PermitReply {
    InquiryNo inquiry;
    PermitHash key;     // of the ask that it answers
    Str refusal;        // "E301"; empty where it was permitted
    Bytes signed_copy;  // signed_message.h around permit_copy_encode; empty where it was refused
} PermitReply;

Str permit_ask_encode(const PermitAsk *ask, Arena *arena);
MUST bool permit_ask_decode(Str text, PermitAsk *ask, Error *err);
Str permit_reply_encode(const PermitReply *reply, Arena *arena);
MUST bool permit_reply_decode(Str text, PermitReply *reply, Error *err);

// ---- inquirer to core, core to provider: each with the receiver's own copy

typedef struct InquirySent {
    Bytes signed_copy;  // of the inquirer on the way to the core, of the provider behind it
    unsigned char key[KEY_POINT_BYTES];
} InquirySent;

Str inquiry_sent_encode(const InquirySent *sent, Arena *arena);
MUST bool inquiry_sent_decode(Str text, InquirySent *sent, Error *err);

// ---- provider to core to inquirer

typedef struct ReplySent {
    Reply reply;
    Bytes envelope;  // of ANSWERED, else empty
} ReplySent;

Str reply_sent_encode(const ReplySent *sent, Arena *arena);
MUST bool reply_sent_decode(Str text, ReplySent *sent, Error *err);

// ---- inside the envelope

Str answer_body_encode(const AnswerBody *body, Arena *arena);
MUST bool answer_body_decode(Str text, AnswerBody *body, Error *err);
