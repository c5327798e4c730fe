// The keys themselves. Only this folder includes it: nobody else sees a key.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"

#include <openssl/evp.h>

#include <pthread.h>

enum {
    KEY_BYTES = 32,
    KEY_VERSIONS_MAX = 32,  // kept at a time
    KEY_VERSION_LAST = UINT16_MAX,
    NONCE_BYTES = 12,
    TAG_BYTES = 16,
    SIGN_KEY_MAX = 200
};

// What the ring file holds. Lives in memory that is locked, left out of dumps, and wiped.
typedef struct Ring {
    int oldest, version;  // of the sealing keys that are kept, 1 and up; the newest seals
    unsigned char seal[KEY_VERSIONS_MAX][KEY_BYTES];  // the oldest first
    unsigned char index[KEY_BYTES];
    int sign_len;
    unsigned char sign[SIGN_KEY_MAX];  // ECDSA P-256, PrivateKeyInfo or EC private key, DER
} Ring;

struct Keys {
    Arena vault, spare;  // spare: room for one more ring while it is read again
    Ring *ring;
    const char *ring_path, *kek_path;
    Str program;
    EVP_PKEY *sign;
    EVP_CIPHER *cipher;  // AES-256-GCM, looked up once
    EVP_MAC *mac;        // HMAC
    pthread_mutex_t refreshing;
};

// The key of a version; NULL when it is not kept.
const unsigned char *ring_key(const Ring *ring, int version);
// Reads the ring's file again for versions that another process has added since. False when there is
// none. Other threads may be sealing and opening meanwhile.
bool ring_refresh(Keys *keys);

// AES-256-GCM: nonce ‖ text ‖ tag. `out` has room for text and both.
bool gcm_seal(EVP_CIPHER *cipher, const unsigned char key[KEY_BYTES], Bytes bound, Bytes text,
              unsigned char *out);
// False when a single bit differs; `out` (sealed.len - NONCE_BYTES - TAG_BYTES) is then wiped.
bool gcm_open(EVP_CIPHER *cipher, const unsigned char key[KEY_BYTES], Bytes bound, Bytes sealed,
              unsigned char *out);
Sha256 hmac_sha256(EVP_MAC *mac, const unsigned char key[KEY_BYTES], Bytes message);

// The ring as bytes, and back. False for anything that ring_encode does not write.
void ring_encode(const Ring *ring, Secret *out);
bool ring_decode(Bytes bytes, Ring *ring);
