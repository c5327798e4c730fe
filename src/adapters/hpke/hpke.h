// One message for the holder of one key, readable by nobody on the way: HPKE, base mode, one message to a key.
//
// Law     番号法 安全管理措置; C-3.6-22, C-3.6-30: what is provided is encrypted with the key that came from the
//         inquirer, and the network between cannot read it (linkage.md 3.2, 11.2).
// Suite   DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM (RFC 9180); all of its parts are on CRYPTREC's list.
// Chance  is an argument: a seed of HPKE_SEED_BYTES from the system's random source, used once and wiped. The same
//         seed with the same message gives the same bytes, which is what the simulator needs and a program must
//         never let happen: two messages under one seed and one receiver betray each other.
// Errors  E_KEY: no point of the curve, the wrong key, another use, another binding, a changed byte. They are not
//         told apart. E_LIMIT: longer than HPKE_TEXT_MOST.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "secret.h"

enum {
    HPKE_PUBLIC_BYTES = 65,  // an uncompressed point
    HPKE_PRIVATE_BYTES = 32,
    HPKE_SEED_BYTES = 32,
    HPKE_OVERHEAD = 1 + HPKE_PUBLIC_BYTES + 16,  // of an envelope: suite, the sender's key, tag
    HPKE_TEXT_MOST = 1 << 20,
};

typedef struct HpkePublic {
    unsigned char at[HPKE_PUBLIC_BYTES];
} HpkePublic;

// The pair that a seed stands for (DeriveKeyPair). `seed` has HPKE_SEED_BYTES at least (asserted).
MUST bool hpke_keys_made(Bytes seed, Secret *private_key, HpkePublic *public_key, Error *err);
// Is it a point of the curve, in the one spelling that we write?
bool hpke_public_valid(Bytes public_key);

// `use` says what the message is ("sesshu/answer/v1"), `bound` what it belongs to: whoever opens names both.
typedef struct HpkeUse {
    Bytes use, bound;
} HpkeUse;

// The envelope lives in `arena`: suite, the sender's public key, the text sealed with its tag.
MUST bool hpke_seal(const HpkePublic *to, HpkeUse use, Bytes seed, Bytes plain, Arena *arena,
                    Bytes *envelope, Error *err);
// The text lives in `arena`; whoever asks wipes what must not stay there.
MUST bool hpke_open(const Secret *private_key, HpkeUse use, Bytes envelope, Arena *arena,
                    Bytes *plain, Error *err);
