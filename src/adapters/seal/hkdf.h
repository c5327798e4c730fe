// HMAC and HKDF with SHA-256: from one key, or from a secret that was agreed on, keys for each use.
//
// Law     CRYPTREC: HMAC, SHA-256. HMAC is RFC 2104, HKDF is RFC 5869.
// Memory  none. Whoever asks wipes what was derived.
// Errors  none: with healthy libcrypto they cannot fail (asserted).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"

enum { HKDF_HASH_BYTES = 32, HKDF_MOST = 255 * HKDF_HASH_BYTES };

typedef struct HkdfKey {  // a pseudorandom key, or a tag
    unsigned char at[HKDF_HASH_BYTES];
} HkdfKey;

// Keys, salts and messages of any length; an empty one is allowed.
HkdfKey hmac_of(Bytes key, Bytes message);
// HKDF-Extract is HMAC with the salt as its key.
static inline HkdfKey hkdf_extract(Bytes salt, Bytes secret)
{
    return hmac_of(salt, secret);
}
enum { HKDF_INFO_MOST = 1024 };  // bytes of `info` (asserted)
// `len` bytes into `out`, 1 to HKDF_MOST (asserted).
void hkdf_expand(const HkdfKey *key, Bytes info, unsigned char *out, ptrdiff_t len);
