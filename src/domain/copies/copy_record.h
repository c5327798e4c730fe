// One record of a copy (副本): what the ledger lays down at the intermediate server about one person, to be read by whoever
// asks, and what an answer brings.
//
// Law     番号法 第19条第8号; linkage.md 5.1, 5.2. The server keeps what the layout names and nothing else: no notes, no
//         answers of a pre-vaccination sheet, no account.
// Items   a text each, as the layout of its data set has it (copy_layout.h). An item without a value says why; one that
//         says nothing is refused (B9).
// Memory  texts belong to whoever made the record.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "identity.h"
#include "question.h"
#include "vec.h"

enum { COPY_KEY_MOST = 40, COPY_VALUE_MOST = 400, COPY_ITEMS_MOST = 62 };

// Why an item has no value (ReasonOfNull).
typedef enum CopyNull {
    COPY_NULL_NONE,         // zero: it has one
    COPY_NULL_UNKNOWN,      // the office does not know it
    COPY_NULL_NOT_COVERED,  // there is no such item for this record
    COPY_NULL_COUNT
} CopyNull;

typedef struct CopyItem {
    int no;         // of the layout, 1 to COPY_ITEMS_MOST
    CopyNull null;  // of an empty value
    Str value;      // in bytes COPY_VALUE_MOST at most
} CopyItem;
VEC(CopyItemRows, CopyItem, copy_items);

// What names the record among all of its data set: capital letters, digits and '-', given by the ledger, never twice.
typedef struct CopyKey {
    char at[COPY_KEY_MOST + 1];
} CopyKey;

typedef struct CopyRecord {
    CopyKey key;
    int64_t version;   // grows with every change of this record
    bool deleted;      // true: nothing below is filled
    PartialDate born;  // of the person, for the checks alone: it is not kept; {0}: not known
    CopyItemRows items;  // ascending, none twice
} CopyRecord;

bool copy_key_read(Str text, CopyKey *key);  // false for anything else
bool copy_key_same(const CopyKey *a, const CopyKey *b);
// The value of item `no`; {0} where it has none.
Str copy_value(const CopyItemRows *items, int no);
// The bit of item `no` in Question.items.
int64_t copy_item_bit(int no);

// ---- one delivery, or a part of one

typedef enum CopyMode {
    COPY_DIFF,  // what changed
    COPY_FULL,  // everything there is: what it does not name goes
} CopyMode;

// Of one data set. Deliveries are numbered for each data set alone, so that one never waits for another.
typedef struct CopyHead {
    DatasetCode dataset;
    CopyMode mode;
    int layout;        // version of the layout that the items are written in
    int64_t sequence;  // of this message: one more than `previous`, but where a FULL begins anew
    int64_t previous;  // of the message before; 0: none
    int64_t delivery;  // the sequence of its first message; of a DIFF its own
    bool last;         // of its delivery; of a DIFF always
    int64_t count;     // records of this message
    int64_t total;     // of a FULL's last message: records of all its messages; else 0
    unsigned char digest[32];  // SHA-256 of all payloads of this message, one behind the other
} CopyHead;
