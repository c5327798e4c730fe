// 情報照会: one inquiry of ours, from the wish to the record, step by step (linkage.md 3.2).
//
// Law     番号法 第21条, 第23条; F-4-02, C-3.6-05: nothing leaves without a permit. Whatever ends it is recorded once.
// Waiting All asking again is done here: core and provider only answer. After INQUIRY_TRIES the ledger is told that
//         nobody answered; asking goes on, more seldom, until it is known what the provider did, for its record and
//         ours must say the same. What comes then is too late: it is recorded and not opened, its key is gone.
// Compared An answer is used when it opens with this inquiry's key and names this permit, this inquiry and this question,
//         and the code that was asked with is still believed to be the person's (code_hold.h).
// Effects are to be stored with the next state, in one commit, and carried out afterwards, at least once.
// Pure    the moment, keys and what was verified arrive in the event.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "exchange.h"

enum { INQUIRY_TRIES = 4 };
#define INQUIRY_FIRST_WAIT (30 * INSTANT_SECOND)  // doubled after each try
#define INQUIRY_LONG_WAIT  (60 * INSTANT_MINUTE)  // the longest, and while it is held there
#define INQUIRY_HELD_LIFE \
    (10 * INSTANT_DAY)                     // longer than the provider's people have (provision.h)
#define INQUIRY_SETTLE (30 * INSTANT_DAY)  // after that it is an incident

typedef enum InquiryState {
    INQUIRY_NONE,        // zero: never begun
    INQUIRY_PERMITTING,  // the core was asked
    INQUIRY_ASKING,      // the provider was asked, by way of the core
    INQUIRY_HELD,        // people decide there
    INQUIRY_ENDED,       // all that will ever be known is known
    INQUIRY_STATE_COUNT
} InquiryState;

typedef struct Inquiry {
    InquiryState state;
    UnifiedNo person;
    Permit permit;  // as asked; with id, list and moments from when the core has issued it
    Instant begun_at, try_at;
    int tries;  // since the state began
    bool unreadable_seen;
    LinkageResult result;  // what the ledger was told; none until then
    Day as_of;             // of an answer
    Instant told_at;
    Instant provided_at;  // as the provider says: also of an answer that came too late
    Instant ended_at;
} Inquiry;

typedef enum InquiryEventKind {
    INQUIRY_BEGIN,
    INQUIRY_PERMIT,     // the core's permit for us came
    INQUIRY_NO_PERMIT,  // the core said no
    INQUIRY_REPLY,      // held, or refused
    INQUIRY_ANSWER,     // an envelope came, and was opened where it could be
    INQUIRY_CANCEL,
    INQUIRY_WAKE,
    INQUIRY_EVENT_COUNT
} InquiryEventKind;

typedef struct InquiryEvent {
    InquiryEventKind kind;
    Instant now;
    const PermitSight *
        sight;  // BEGIN: at STAGE_ASKING, of what is asked for; PERMIT: at STAGE_RECEIVING (`asked` is filled here)
    UnifiedNo person;        // BEGIN
    Reply reply;             // REPLY, ANSWER
    const AnswerBody *body;  // ANSWER: NULL where it did not open
    bool link_doubted;       // ANSWER: the code that was asked with is not believed to be this person's any more
} InquiryEvent;

typedef enum InquiryEffect {
    INQUIRY_ASK_CORE = 1,
    INQUIRY_ASK_PROVIDER = 2,  // with our copy of the permit and the one-time key's public half
    INQUIRY_TELL = 4,          // the ledger, by way of unified; at most once
    INQUIRY_KEEP_DATA = 8,     // of the answer, under a key of its own
    INQUIRY_WRITE_RECORD = 16,
    INQUIRY_DESTROY_KEY = 32,  // the one-time key
    INQUIRY_ALARM = 64,        // somebody answered what was not asked
} InquiryEffect;

typedef struct InquiryStep {
    Inquiry next;
    PermitNo no;  // why nothing was begun, or why a permit was not believed
    int effects;  // bits of InquiryEffect
} InquiryStep;

InquiryStep inquiry_step(const Inquiry *now, const InquiryEvent *event);
const char *inquiry_status(const Inquiry *inquiry);  // 照会ステータス（明細単位): "02", "09"
