// The form checks of a copy before it is kept: B1-B9 of a record, A1-A5 of a message (linkage.md 5.2).
//
// Law     番号法 第19条第8号; C-3.6-33, C-3.6-35: what is answered is what the office knows, in the form that was agreed.
// All     every objection to a record is found, not only the first; a record that is refused holds up no other.
// Pure    tables of codes, the day, what is kept already and the hash arrive as facts.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_layout.h"

// One code of a table of data/linkage/copy-codes.tsv.
typedef struct CopyCode {
    Str table, code, words;
    Str ours;   // what the house calls it; empty: it has no word of its own
    int order;  // of a dose in its series: 1, 2 …; 0: it has no place in an order
} CopyCode;
VEC(CopyCodes, CopyCode, copy_codes);

const CopyCode *copy_code(const CopyCodes *codes, Str table, Str code);  // NULL: not listed

typedef enum CopyCheck {
    COPY_B1_MANDATORY = 1,  // an item is missing that must be there
    COPY_B2_FORM,           // type, length, characters; an item that the layout does not have
    COPY_B3_CODE,           // not in its table
    COPY_B4_DATE,           // no day, of days to come, before the birth; vague without a reason
    COPY_B5_ORDER,          // a later dose of the series on an earlier day
    COPY_B6_PERSON,         // no such 統一識別番号, or its code is not there or is doubted
    COPY_B7_KEY,            // twice in one message, or it stands for somebody else
    COPY_B8_NOTHING_THERE,  // what should go is not here: a warning
    COPY_B9_NO_REASON,      // an item without a value that does not say why
    COPY_CHECK_COUNT
} CopyCheck;

typedef struct CopyObjection {
    CopyCheck check;
    int item;  // 0: of the record as a whole
} CopyObjection;
VEC(CopyObjectionRows, CopyObjection, copy_objections);

bool copy_refused(const CopyObjectionRows *objections);  // else it is taken: B8 only warns

// A dose of the same person that stands already, or came before it in the message.
typedef struct CopyNeighbour {
    CopyKey key;
    Str series, order, status;
    PartialDate happened_on;
} CopyNeighbour;
VEC(CopyNeighbours, CopyNeighbour, copy_neighbours);

typedef struct CopySight {
    const CopyLayout *layout;
    int version;  // that it has
    const CopyCodes *codes;
    Day today;
    bool person_known;  // the person is known here, and the code is not doubted
    bool key_twice;     // it came before in this message
    bool key_of_other;  // it stands for another person, in this version or a later one
    bool key_there;     // it stands
    const CopyNeighbours *others;
} CopySight;

// Every objection; of a deleted record only those that concern its key and its person.
CopyObjectionRows copy_record_checked(const CopyRecord *record, const CopySight *sight, Arena *arena);
// How a record stands beside others; false where its layout knows no order, or its day cannot be read.
bool copy_neighbour_of(const CopyRecord *record, const CopyLayout *layout, CopyNeighbour *neighbour);
PartialDate copy_date(Str value);  // "20260400"; {0} for what is none

// ---- a message of a delivery

// How the copies of one data set stand.
typedef struct CopySet {
    int64_t sequence;  // of the last message that was taken; 0: none
    unsigned char digest[32];
    int64_t delivery;  // of a FULL that is under way; 0: none
    int64_t taken;     // records of its messages so far
} CopySet;

typedef enum DeliveryNo {
    DELIVERY_YES,
    DELIVERY_AGAIN,        // the last one once more: it is answered as it was
    DELIVERY_A1_DIGEST,    // it is not what was sent
    DELIVERY_A2_SEQUENCE,  // one is missing, or it came already
    DELIVERY_A3_COUNT,
    DELIVERY_A4_ENCODING,  // its head cannot be read (never found here)
    DELIVERY_A5_LAYOUT,    // no such data set, or no such version of its layout
    DELIVERY_NO_COUNT
} DeliveryNo;

typedef struct DeliveryStep {
    bool objections[DELIVERY_NO_COUNT];  // all that are found; of YES and AGAIN one alone
    CopySet next;
    bool sweeps;  // the last of a FULL: what it did not name goes
} DeliveryStep;

// `digest`: of the payloads as they came; `rows`: how many.
DeliveryStep delivery_step(const CopySet *now, const CopyHead *head, const unsigned char digest[32],
                           int64_t rows);

enum { SWEEP_PERCENT_MOST = 5 };  // more than that waits for two people
bool sweep_held(int64_t standing, int64_t swept);
