// The copies (副本) laid down daily: what is new or otherwise, and what must go, in messages that carry their own numbers.
//
// Again   a message is kept as laid when its answer says so, in one transaction with its number. Where an answer was lost
//         the server says which number it took last, and all that was not kept is sent once more under the next one.
// Refused a record that the server objects to holds up no other; it is told, and comes again until it is right.
// Compare what lies there is held against what was laid: missing, too many, or otherwise (C-3.6-35).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_copy.h"
#include "http_client.h"
#include "ledger.h"
#include "relay_message.h"

typedef struct CopyTold {
    AddresseeNo who;
    int32_t dose_id;
    Str words;  // "B6 B3", or MISSING, EXTRA, DIFFERENT
} CopyTold;
VEC(CopyTolds, CopyTold, copy_tolds);

typedef struct CopiesReport {
    int64_t laid, deleted, refused;
    CopyTolds told;  // in the arena given
} CopiesReport;

// `batches`: an arena of their own, here and below.
MUST bool copies_lay(const Ledger *ledger, HttpClient *unified, Arena batches, Arena *arena, CopiesReport *report, Error *err);
MUST bool copies_compare(const Ledger *ledger, HttpClient *unified, Arena batches, Arena *arena, CopiesReport *report,
                         Error *err);
