// わたしの情報: a citizen asks at the portal what an organisation keeps of him; its server answers sealed, and the network keeps
// nothing of it open (linkage.md 3.4, 12.3).
//
// Ask      a letter in the box of the organisation. The key is the portal's, for this one look.
// Answer   the envelope is made for that key and bound to the look. What it holds is filled up to whole blocks: nothing kept, nobody
//          known, a doubted link and 自己情報提供不可 look the same from outside, and inside.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// Memory   texts and bytes that were read point into the message.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linkage_message.h"

enum { SELF_VIEW_BYTES = 16 };
#define SELF_USE S("sesshu/self/v1")  // what hpke.h is told that the envelope is for

typedef struct SelfViewId {  // random
    unsigned char at[SELF_VIEW_BYTES];
} SelfViewId;

typedef struct SelfAsk {
    SelfViewId view;
    PairwiseCode code;  // the person's in the organisation that is asked
    DatasetCode dataset;
    unsigned char key[KEY_POINT_BYTES];
} SelfAsk;

typedef struct SelfTold {
    SelfViewId view;
    Bytes envelope;
} SelfTold;

Str self_ask_encode(const SelfAsk *ask, Arena *arena);
MUST bool self_ask_decode(Str text, SelfAsk *ask, Error *err);
Str self_told_encode(const SelfTold *told, Arena *arena);
MUST bool self_told_decode(Str text, SelfTold *told, Error *err);

// Inside the envelope: copy_answer (copy_message.h), or nothing.
Str self_body_encode(Str data, Arena *arena);
MUST bool self_body_decode(Str text, Str *data, Error *err);
