// Whatever arrives as an envelope: nothing crashes, and only what was sealed for us opens.
// SPDX-License-Identifier: Apache-2.0
#include "hpke.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Receiver {
    Secret key;
    HpkePublic to;
    HpkeUse use;
} Receiver;

static const Receiver *receiver(void)
{
    static Receiver r;
    static const unsigned char seed[HPKE_SEED_BYTES] = "fuzz";
    Error err = {0};
    if (r.key.len) return &r;
    r.use = (HpkeUse){.use = {(const unsigned char *)"sesshu/answer/v1", 16},
                      .bound = {seed, sizeof seed}};
    bool made = hpke_keys_made((Bytes){seed, sizeof seed}, &r.key, &r.to, &err);
    assert(made);
    return &r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    static const unsigned char seed[HPKE_SEED_BYTES] = "sender";
    if (!whole.at) whole = arena_reserve(4 << 20);
    Arena arena = whole;
    const Receiver *r = receiver();
    Error err = {0};
    Bytes plain, envelope, input = {data, (ptrdiff_t)size};
    bool forged = hpke_open(&r->key, r->use, input, &arena, &plain, &err);
    assert(!forged);
    bool point = hpke_public_valid(input);
    assert(!point || size == HPKE_PUBLIC_BYTES);

    // The input as a change to what was sealed for us: any change is refused.
    if (!hpke_seal(&r->to, r->use, (Bytes){seed, sizeof seed}, (Bytes){seed, 1}, &arena, &envelope,
                   &err))
        return 0;
    unsigned char changed[HPKE_OVERHEAD + 1];
    memcpy(changed, envelope.at, sizeof changed);
    bool same = true;
    for (size_t i = 0; i < size && i < sizeof changed; i++) {
        changed[i] ^= data[i];
        same = same && data[i] == 0;
    }
    bool opened =
        hpke_open(&r->key, r->use, (Bytes){changed, sizeof changed}, &arena, &plain, &err);
    assert(opened == same);
    return 0;
}
