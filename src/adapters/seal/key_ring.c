// A ring as bytes: layout 2 ‖ oldest and newest version ‖ sealing keys, oldest first ‖ index key ‖ length
// and bytes of the signing key. Layout 1 has one byte for the newest version and keeps all since 1.
// SPDX-License-Identifier: Apache-2.0
#include "key_ring.h"

#include <assert.h>
#include <string.h>

enum {
    LAYOUT_ALL = 1,
    LAYOUT = 2,
    RING_MAX = 5 + (KEY_VERSIONS_MAX + 1) * KEY_BYTES + 2 + SIGN_KEY_MAX
};
_Static_assert(RING_MAX + 64 < SECRET_MAX, "a sealed ring with its head fits into a Secret");

static void put(Secret *out, const void *bytes, ptrdiff_t len)
{
    memcpy(out->at + out->len, bytes, (size_t)len);
    out->len += len;
}

static void put_number(Secret *out, int number)
{
    put(out, (unsigned char[]){(unsigned char)(number >> 8), (unsigned char)number}, 2);
}

static bool versions_right(const Ring *ring)
{
    return ring->oldest >= 1 && ring->oldest <= ring->version &&
           ring->version <= KEY_VERSION_LAST && ring->version - ring->oldest < KEY_VERSIONS_MAX;
}

const unsigned char *ring_key(const Ring *ring, int version)
{
    if (version < ring->oldest || version > __atomic_load_n(&ring->version, __ATOMIC_ACQUIRE))
        return NULL;
    return ring->seal[version - ring->oldest];
}

void ring_encode(const Ring *ring, Secret *out)
{
    assert(versions_right(ring));
    assert(ring->sign_len > 0 && ring->sign_len <= SIGN_KEY_MAX);
    out->len = 0;
    put(out, (unsigned char[]){LAYOUT}, 1);
    put_number(out, ring->oldest);
    put_number(out, ring->version);
    put(out, ring->seal, (ptrdiff_t)(ring->version - ring->oldest + 1) * KEY_BYTES);
    put(out, ring->index, KEY_BYTES);
    put_number(out, ring->sign_len);
    put(out, ring->sign, ring->sign_len);
}

static bool take(Bytes *from, void *bytes, ptrdiff_t len)
{
    if (from->len < len) return false;
    memcpy(bytes, from->at, (size_t)len);
    *from = (Bytes){from->at + len, from->len - len};
    return true;
}

static bool take_number(Bytes *from, int *number)
{
    unsigned char bytes[2];
    if (!take(from, bytes, 2)) return false;
    *number = bytes[0] << 8 | bytes[1];
    return true;
}

static bool take_versions(Bytes *from, Ring *ring)
{
    unsigned char layout, newest;
    if (!take(from, &layout, 1)) return false;
    if (layout == LAYOUT)
        return take_number(from, &ring->oldest) && take_number(from, &ring->version);
    if (layout != LAYOUT_ALL || !take(from, &newest, 1)) return false;
    ring->oldest = 1;
    ring->version = newest;
    return true;
}

bool ring_decode(Bytes bytes, Ring *ring)
{
    if (!take_versions(&bytes, ring) || !versions_right(ring)) return false;
    if (!take(&bytes, ring->seal, (ptrdiff_t)(ring->version - ring->oldest + 1) * KEY_BYTES) ||
        !take(&bytes, ring->index, KEY_BYTES) || !take_number(&bytes, &ring->sign_len))
        return false;
    if (ring->sign_len < 1 || ring->sign_len > SIGN_KEY_MAX) return false;
    return take(&bytes, ring->sign, ring->sign_len) && bytes.len == 0;
}
