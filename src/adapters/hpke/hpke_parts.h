// The steps of RFC 9180 that hpke.h is made of. Its tests see them, because the published vectors speak of more than
// one message and of another cipher; nobody else includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "hkdf.h"
#include "hpke.h"

// RFC 9180, 7.1 to 7.3.
enum { KEM_P256_SHA256 = 0x0010, KDF_SHA256 = 0x0001, HPKE_NONCE_BYTES = 12, HPKE_TAG_BYTES = 16 };

typedef struct HpkeAead {
    int id, key_bytes;
    const char *cipher;
} HpkeAead;

extern const HpkeAead hpke_aes_256_gcm;

// What both sides have after agreeing: one key, and a nonce for the first message.
typedef struct HpkeContext {
    const HpkeAead *aead;
    unsigned char key[32];
    unsigned char nonce[HPKE_NONCE_BYTES];
} HpkeContext;

#define HPKE_CONTEXT(name) __attribute__((cleanup(hpke_context_wipe))) HpkeContext name = {0}
void hpke_context_wipe(HpkeContext *context);

// ---- the curve (hpke_curve.c)

// x of private × public: 32 bytes. False where `public_key` is no point of the curve, or the private key no number.
MUST bool curve_agree(const Secret *private_key, Bytes public_key, unsigned char shared[32]);
// The public half; false for 0 and for what lies beyond the curve's order.
MUST bool curve_public(const Secret *private_key, HpkePublic *public_key);
bool curve_point(Bytes public_key);

// ---- agreeing (RFC 9180, 4.1)

// `sender` is the pair that is made for this one message.
MUST bool hpke_encapsulate(const Secret *sender, const HpkePublic *sender_public,
                           const HpkePublic *to, HkdfKey *shared);
MUST bool hpke_decapsulate(const Secret *private_key, const HpkePublic *sender_public,
                           HkdfKey *shared);
// RFC 9180, 5.1, mode base.
void hpke_schedule(const HpkeAead *aead, const HkdfKey *shared, Bytes use, HpkeContext *context);

// ---- one message (RFC 9180, 5.2); `number` counts them from 0. `out` has room for the text and its tag.
void hpke_message_seal(const HpkeContext *context, int64_t number, Bytes bound, Bytes plain,
                       unsigned char *out);
MUST bool hpke_message_open(const HpkeContext *context, int64_t number, Bytes bound, Bytes sealed,
                            unsigned char *out);
