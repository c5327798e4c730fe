// Whatever lies in a sealed column: nothing crashes, and only what we sealed there opens.
// SPDX-License-Identifier: Apache-2.0
#include "key_ring.h"
#include "seal.h"

#include <assert.h>
#include <openssl/evp.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// A ring in memory: a fuzzer has no files.
static Keys *fixed_keys(void)
{
    static Keys keys;
    static Ring ring = {.oldest = 1, .version = 2};
    if (keys.cipher) return &keys;
    memset(ring.seal, 7, sizeof ring.seal);
    keys.ring = &ring;
    keys.ring_path = keys.kek_path = "/nowhere";
    keys.spare = arena_reserve(1 << 16);
    (void)pthread_mutex_init(&keys.refreshing, NULL);
    keys.cipher = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    keys.mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    return &keys;
}

static void ring_survives(Bytes bytes)
{
    static Ring ring, read_again;
    memset(&ring, 0, sizeof ring);
    memset(&read_again, 0, sizeof read_again);
    if (!ring_decode(bytes, &ring)) return;
    SECRET(again);
    ring_encode(&ring, &again);
    bool readable = ring_decode(secret_bytes(&again), &read_again);
    assert(readable);
    assert(memcmp(&ring, &read_again, sizeof ring) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 20);
    Arena arena = whole;
    Keys *keys = fixed_keys();
    const SealPlace place = {S("resident"), S("individual_no"), S("1")};
    Error err = {0};
    SECRET(plain);
    Bytes input = {data, (ptrdiff_t)size};
    ring_survives(input);
    bool forged = seal_open(keys, place, input, &plain, &err);
    assert(!forged);

    // The input as a change to something that we did seal: any change is refused, none opens.
    Bytes sealed;
    if (size > 64 ||
        !seal_value(keys, place, (Bytes){(const unsigned char *)"x", 1}, &arena, &sealed, &err))
        return 0;
    unsigned char changed[1 + SEAL_OVERHEAD];
    memcpy(changed, sealed.at, sizeof changed);
    bool same = true;
    for (size_t i = 0; i < size && i < sizeof changed; i++) {
        changed[i] ^= data[i];
        same = same && data[i] == 0;
    }
    bool opened = seal_open(keys, place, (Bytes){changed, sizeof changed}, &plain, &err);
    assert(opened == same);
    return 0;
}
