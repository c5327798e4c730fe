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
// Cutting    an answer ends after DIFFERENCE_MOST changes or DIFFERENCE_BYTES_MOST bytes, whichever comes
//            first; at least one change is in it while there is more, so that the cursor moves.
// Refusing   `epoch` names one unbroken sequence of changes. It is new when the addressee database
//            was made or put back from a backup. Another epoch, or a cursor that lies ahead, is
//            refused with DIFFERENCE_FULL_COPY: ask again with cursor 0 and an empty epoch. The asker
//            then compares what comes with what it has; nothing is deleted on either side.
// Rights     who asks is told what the city gives to that program and nothing else (consumer.h): `withheld` names what has no place in
//            this answer. Where the right changes, the epoch does: everything is told anew, and what was given before
//            is to be erased by whoever has it.
// Encoding   canonical CBOR, see wire.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "person_change.h"
#include "str.h"

enum {
    DIFFERENCE_VERSION = 4,  // of this message: 4 says what it withholds; another is refused in words
    DIFFERENCE_MOST = 4000,  // changes of one answer
    DIFFERENCE_BYTES_MOST = 16 << 20,  // of its changes; an HTTP answer may have four times as many
    EPOCH_LENGTH = 32,       // lower-case hexadecimal digits
};

#define DIFFERENCE_PATH "/difference"

// What a database may keep as an epoch: nothing, or EPOCH_LENGTH digits.
bool difference_epoch_valid(Str epoch);

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

typedef struct DifferenceAnswer {
    DifferenceRefusal refusal;  // not GIVEN: nothing else is filled but `epoch`
    Str epoch;
    int64_t next_cursor;  // to ask with the next time
    bool more;            // more lies behind these
    Str picture;          // name of the last feed file that is in the picture; may be empty
    ToldItems withheld;   // from whoever asks; of all changes
    PersonChangeRows changes;
} DifferenceAnswer;

// The answer says that there is more and brings the asker no further: asking again would never end.
bool difference_stands_still(const DifferenceAnswer *answer, int64_t cursor);

// Cuts `answer` to what one message holds: `changes`, `next_cursor` and `more` are then what was written.
// Nothing that is `withheld` is written. A change that is not tellable goes as its stub. Asserts what its maker promises (order, count, epoch).
Str difference_answer_encode(DifferenceAnswer *answer, Arena *arena);
// Rows live in `arena`, texts point into `message`.
MUST bool difference_answer_decode(Str message, Arena *arena, DifferenceAnswer *answer, Error *err);
