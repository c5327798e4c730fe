// A message that somebody signed: its bytes as they were signed, by which key, the signature.
//
// Signing  is of the domain and the bytes (signed_text of ed25519.h): what was signed as a permit is no list. Whoever
//          reads looks at the signature before he reads the bytes.
// Encoding canonical CBOR, see wire.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"

enum {
    SIGNED_KEY_NAME_BYTES = 8,  // the first of the SHA-256 of the public key
    SIGNED_SIGNATURE_BYTES = 64,
    SIGNED_BODY_MOST = 1 << 22,
};

typedef struct SignedMessage {
    Bytes body;  // points into the message
    unsigned char key_name[SIGNED_KEY_NAME_BYTES];
    unsigned char signature[SIGNED_SIGNATURE_BYTES];
} SignedMessage;

Str signed_message_encode(const SignedMessage *message, Arena *arena);
MUST bool signed_message_decode(Str text, SignedMessage *message, Error *err);
