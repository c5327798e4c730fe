// Signatures by Ed25519 with keys that the caller holds: of the core over permits and lists, of a trail's epoch.
//
// Law     CRYPTREC: EdDSA stands on the list of recommended ciphers since 2023 (linkage.md 11.1).
// Same    the same key and message have the same signature: what is signed twice is the same bytes.
// Errors  none: with healthy libcrypto they cannot fail (asserted).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "secret.h"

enum { ED25519_KEY_BYTES = 32, ED25519_SIGNATURE_BYTES = 64 };

// `private_key` has ED25519_KEY_BYTES (asserted).
void ed25519_public(const Secret *private_key, unsigned char public_key[ED25519_KEY_BYTES]);
void ed25519_sign(const Secret *private_key, Bytes message,
                  unsigned char signature[ED25519_SIGNATURE_BYTES]);
bool ed25519_valid(Bytes public_key, Bytes message, Bytes signature);

// One byte of length, the domain, the message: a signature made for one use is none for another.
Bytes signed_text(Str domain, Bytes message, Arena *arena);
