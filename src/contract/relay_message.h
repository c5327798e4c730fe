// What the ledger asks of other organisations, on both hops: ledger to unified, and unified to intermediate.
//
// Law     linkage.md 3.2, 3.3; 番号法 第19条第8号. On the first hop `person` is the 宛名番号, on the second the 統一識別番号.
//         Unified exchanges that and nothing else: head and payload pass byte for byte.
// Rows    a batch is answered row by row, in its order. A row that is refused never holds up the others; of a batch that
//         is refused as a whole no row was looked at.
// Feeds   whoever asks keeps the cursor and stores it with what came. A lost answer is asked for again.
// Several a person may have more than one 宛名番号. What comes back names them all, for nobody between knows under which the
//         question was asked; on the second hop there is one 統一識別番号.
// Unread  what whoever tells cannot open has an empty payload, which nobody reads: it waits there, and its place is asked for again.
// Cutting a feed ends after RELAY_ROWS_MOST rows or RELAY_FEED_BYTES_MOST bytes; with `more` there is one row at least.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory  texts and bytes that were read point into the message, rows live in the arena.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"
#include "vec.h"

#define RELAY_INQUIRIES   "/inquiries"       // batch of inquiry_wish, answered
#define RELAY_CANCEL      "/cancel"          // batch of inquiry_cancel, answered
#define RELAY_RESULTS     "/results"         // feed of inquiry_result
#define RELAY_COPIES      "/copies"          // copy_head and a batch of copy_record, answered
#define RELAY_COMPARE     "/copies/compare"  // a data set as head, feed of copy_compared
#define RELAY_CODES       "/codes"           // from unified itself: batch of code_request, code_answers
#define RELAY_CODE_STATES "/codes/states"    // to unified itself: feed of code_standing
#define RELAY_SHIELDS     "/shields"         // from unified itself: batch of shield_word, answered

enum {
    RELAY_ROWS_MOST = 1000,
    RELAY_PERSON_DIGITS = 15,
    RELAY_HEAD_MOST = 256,
    RELAY_PAYLOAD_MOST = (1 << 19) + 1024,  // an answer's data, and what stands around it
    RELAY_BYTES_MOST = 1 << 20,             // of one batch: cut yours to it
    RELAY_FEED_BYTES_MOST = 4 << 20,
    RELAY_OBJECTIONS_MOST = 64,
    RELAY_ALSO_MOST = 64,
};

VEC(RelayPersons, Str, relay_persons);  // 15 digits each
#define RELAY_NOBODY S("000000000000000")  // whoever is meant cannot be named

// ---- a batch

typedef struct RelayRow {
    Str person;  // 15 digits
    Bytes payload;
} RelayRow;
VEC(RelayRows, RelayRow, relay_rows);

typedef struct RelayBatch {
    Bytes head;  // of copies; else empty
    RelayRows rows;
} RelayBatch;

Str relay_batch_encode(const RelayBatch *batch, Arena *arena);
MUST bool relay_batch_decode(Str text, Arena *arena, RelayBatch *batch, Error *err);

// ---- and how each row of it fared

// "E101" or "B3" (docs/errors.md), and of a copy's record the item of its layout; 0: no single one.
typedef struct RelayObjection {
    Str code;  // a capital letter and one to three digits
    int item;
} RelayObjection;
VEC(RelayObjectionRows, RelayObjection, relay_objections);

typedef struct RelayOutcome {
    RelayObjectionRows objections;  // none: it was taken. B8 alone is a warning: it was taken too
} RelayOutcome;
VEC(RelayOutcomeRows, RelayOutcome, relay_outcomes);

typedef struct RelayAnswer {
    RelayObjectionRows whole;  // against the batch; then there are no rows
    int64_t last;              // of copies: the sequence of the last message that was taken; else 0
    bool held;                 // of copies: a FULL takes too much away, two people decide
    RelayOutcomeRows rows;
} RelayAnswer;

bool relay_taken(const RelayOutcome *outcome);
Str relay_answer_encode(const RelayAnswer *answer, Arena *arena);
MUST bool relay_answer_decode(Str text, Arena *arena, RelayAnswer *answer, Error *err);

// ---- a feed

typedef struct RelayFeedAsk {
    Bytes head;     // of RELAY_COMPARE the data set's code; else empty
    int64_t after;  // number of the last row that was stored; 0: from the beginning
    int32_t most;   // 1 to RELAY_ROWS_MOST
} RelayFeedAsk;

Str relay_feed_ask_encode(const RelayFeedAsk *ask, Arena *arena);
MUST bool relay_feed_ask_decode(Str text, RelayFeedAsk *ask, Error *err);

typedef struct RelayFeedRow {
    int64_t no;  // ascending
    Str person;
    Bytes payload;
    RelayPersons also;  // further numbers of the same person, on the first hop alone; RELAY_ALSO_MOST are written
} RelayFeedRow;
VEC(RelayFeedRows, RelayFeedRow, relay_feed_rows);

bool relay_feed_row_of(const RelayFeedRow *row, Str person);  // one of its numbers is that one

typedef struct RelayFeed {
    RelayFeedRows rows;
    bool more;
} RelayFeed;

// Cuts `feed` to what one message holds: `rows` and `more` are then what was written.
Str relay_feed_encode(RelayFeed *feed, Arena *arena);
MUST bool relay_feed_decode(Str text, Arena *arena, RelayFeed *feed, Error *err);
