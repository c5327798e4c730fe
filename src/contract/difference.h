// The daily difference: what the ledger asks of the addressee program, and its answer.
//
// The ledger asks "what changed after cursor C, at most N" and is answered with a sequence of
// changes. Each change is one version of one person: the whole state, never a fragment, so that
// storing it needs nothing else. NO INDIVIDUAL NUMBER (個人番号) IS EVER IN HERE: the item does not
// exist in the type.
//
// Resuming   The cursor belongs to the asker. It keeps `next_cursor` in the transaction that stores
//            the changes; a lost answer is asked again. Changes come in ascending `change_no`; the key
//            of a version is (addressee_no, version_no), so storing one twice changes nothing.
// Refusing   `epoch` names one unbroken sequence of changes. It is new when the addressee database
//            was made or put back from a backup. Another epoch, or a cursor that lies ahead, is
//            refused with DIFFERENCE_FULL_COPY: ask again with cursor 0 and an empty epoch. The asker
//            then compares what comes with what it has; nothing is deleted on either side.
// Knowledge  `withdraws` names versions of the same person that this change takes back (取消, and those
//            replayed after it). A withdrawn version stays stored and stops being true, on the
//            knowledge axis, at `recorded_at`. Versions are true in life from `occurred_on` until the
//            next version that is not withdrawn.
// Encoding   canonical CBOR, see wire.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "errors.h"
#include "person_state.h"
#include "residence.h"
#include "str.h"
#include "vec.h"

enum {
    DIFFERENCE_VERSION = 1,  // of this message
    DIFFERENCE_MOST = 4000,  // changes of one answer
    DIFFERENCE_WITHDRAWS_MOST = 400,
    DIFFERENCE_SPANS_MOST = 200,
    EPOCH_LENGTH = 32,  // lower-case hexadecimal digits
};

#define DIFFERENCE_PATH "/difference"

// ---- asking

typedef struct DifferenceAsk {
    Str epoch;       // as in the last answer; empty the first time and after DIFFERENCE_FULL_COPY
    int64_t cursor;  // `next_cursor` of the last answer that was stored; 0 the first time
    int32_t most;    // 1 to DIFFERENCE_MOST
} DifferenceAsk;

Str difference_ask_encode(const DifferenceAsk *ask, Arena *arena);
MUST bool difference_ask_decode(Str message, DifferenceAsk *ask, Error *err);

// ---- answering

typedef enum DifferenceRefusal {
    DIFFERENCE_GIVEN = 0,
    DIFFERENCE_FULL_COPY = 1,  // unknown epoch or a cursor that lies ahead: begin again from 0
} DifferenceRefusal;

VEC(VersionNoRows, int32_t, version_nos);

// Where post for this person goes (送付先) when not to the registered address. All empty: none is set.
// For a protected person without one nothing is mailed.
typedef struct MailingAddress {
    Str recipient, postal_code, address, building;
} MailingAddress;

typedef struct PersonChange {
    int64_t change_no;        // ascending in the whole sequence
    Str addressee_no;         // 15 digits
    int32_t version_no;       // 1 is the person's first
    int32_t event_reason;     // two-digit code, resident_event.h
    Day occurred_on;          // life axis
    Day reported_on;          // DAY_NONE where the feed did not say
    Instant recorded_at;      // knowledge axis: when the addressee program recorded it
    bool withdrawn_person;    // registered by mistake (取消): never a candidate for anything
    VersionNoRows withdraws;  // ascending; usually empty
    PersonState state;
    ResidenceSpanRows residence;  // all spans as known with this change, oldest first
    MailingAddress mailing;
} PersonChange;
VEC(PersonChangeRows, PersonChange, person_changes);

typedef struct DifferenceAnswer {
    DifferenceRefusal refusal;  // not GIVEN: nothing else is filled but `epoch`
    Str epoch;
    int64_t next_cursor;  // to ask with the next time
    bool more;            // more lies behind these
    Str picture;          // name of the last feed file that is in the picture; may be empty
    PersonChangeRows changes;
} DifferenceAnswer;

// Asserts what the types promise (limits, order, no gap between numbers and rows).
Str difference_answer_encode(const DifferenceAnswer *answer, Arena *arena);
// Rows live in `arena`, texts point into `message`.
MUST bool difference_answer_decode(Str message, Arena *arena, DifferenceAnswer *answer, Error *err);

// One change alone, for whoever keeps or hashes it.
Str person_change_encode(const PersonChange *change, Arena *arena);
