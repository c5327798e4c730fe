// Which key each role shows: the list that both sides of a connection believe, beside the certificates.
//
// A certificate of the city's authority alone proves nothing: its key must be listed for its role. So
// whoever steals the authority's key gains no role, and a key that is taken off the list is revoked at
// once, for running programs too.
//
// File    DIR/tls/pins, one line a key: `ledger sha256//BASE64`, the SHA-256 of the SubjectPublicKeyInfo
//         in base64. Where the programs live on several hosts, each holds the same list.
// Errors  E_KEY: the list cannot be read or written, or belongs to others.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { PIN_TEXT_SIZE = 8 + 44 + 1, PIN_HASH_BYTES = 32 };

typedef struct Pin {
    char text[PIN_TEXT_SIZE];  // "sha256//…", terminated
} Pin;

Pin pin_of_hash(const unsigned char hash[PIN_HASH_BYTES]);

// All of a role, in one text with ';' between them; {0} when it has none.
MUST bool pins_of_role(Str folder, Str role, Arena *arena, Str *pins, Error *err);
// Whether this one is among `pins`.
bool pins_hold(Str pins, const Pin *pin);
// Makes this the only one of the role. The caller holds the folder's lock.
MUST bool pins_set(Str folder, Str role, const Pin *pin, Arena scratch, Error *err);
