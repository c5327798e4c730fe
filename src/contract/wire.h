// One canonical encoding for everything that goes between programs: CBOR (RFC 8949) in its
// deterministic form (section 4.2.1): shortest heads, definite lengths, map keys ascending. Equal
// messages are equal bytes, so they can be hashed, signed and compared.
//
// A map's keys are small numbers. What is absent is left out; what is not in our tables is refused:
// one protocol version has one set of items.
//
// Memory  writing grows a Text in the arena; reading copies nothing, texts point into the message.
// Errors  reading: E_MESSAGE. A reader that failed stays failed, so a caller may check once.
// Limits  WIRE_TEXT_MOST bytes of one text, WIRE_BLOB_MOST of one byte string, WIRE_ITEMS_MOST members of one array or map.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "day.h"
#include "errors.h"
#include "str.h"

enum { WIRE_TEXT_MOST = 1 << 16, WIRE_BLOB_MOST = 1 << 24, WIRE_ITEMS_MOST = 1 << 16 };

typedef struct WireOut {
    Text text;
    Arena *arena;
} WireOut;

void wire_put_number(WireOut *out, int64_t number);
void wire_put_text(WireOut *out, Str text);
void wire_put_blob(WireOut *out, Bytes blob);
void wire_put_array(WireOut *out, ptrdiff_t count);  // `count` items follow
void wire_put_map(WireOut *out, ptrdiff_t count);    // `count` keys, each with its value, follow
void wire_put_partial(WireOut *out, PartialDate date);  // 20260200 where the day is not known, 0 where nothing is
Str wire_bytes(const WireOut *out);

typedef struct WireIn {
    const unsigned char *at, *end;
    bool failed;
} WireIn;

WireIn wire_in(Str message);
int64_t wire_number(WireIn *in, int64_t least, int64_t most);  // `least` where it failed
Str wire_text(WireIn *in, ptrdiff_t most);                     // UTF-8, checked
Bytes wire_blob(WireIn *in, ptrdiff_t least, ptrdiff_t most);  // a byte string
void wire_blob_into(WireIn *in, void *at,
                    ptrdiff_t len);    // of exactly that length; untouched where it failed
PartialDate wire_partial(WireIn *in);  // {0}: nothing is known, or it failed
int wire_array(WireIn *in, int most);  // how many items follow
int wire_map(WireIn *in, int most);    // how many keys follow
// The next key of a map, which must be above `*before` (0 at first); moves `*before`.
int wire_key(WireIn *in, int *before);
// A map of exactly the keys 1 to `keys`, each of which is then expected in its turn.
void wire_whole_map(WireIn *in, int keys);
void wire_expect(WireIn *in, int key);
void wire_refuse(WireIn *in);  // what was read is not allowed here
// True when all went well and nothing is left; else false with E_MESSAGE.
MUST bool wire_end(const WireIn *in, Error *err);
