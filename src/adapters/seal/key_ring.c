// A ring as bytes: layout 1 ‖ version ‖ sealing keys, oldest first ‖ index key ‖ length and bytes of the
// signing key.
// SPDX-License-Identifier: Apache-2.0
#include "key_ring.h"

#include <assert.h>
#include <string.h>

enum { LAYOUT = 1, RING_MAX = 2 + (KEY_VERSIONS_MAX + 1) * KEY_BYTES + 2 + SIGN_KEY_MAX };
_Static_assert(RING_MAX + 64 < SECRET_MAX, "a sealed ring with its head fits into a Secret");

static void put(Secret *out, const void *bytes, ptrdiff_t len)
{
    memcpy(out->at + out->len, bytes, (size_t)len);
    out->len += len;
}

void ring_encode(const Ring *ring, Secret *out)
{
    assert(ring->version >= 1 && ring->version <= KEY_VERSIONS_MAX);
    assert(ring->sign_len > 0 && ring->sign_len <= SIGN_KEY_MAX);
    out->len = 0;
    put(out, (unsigned char[]){LAYOUT, (unsigned char)ring->version}, 2);
    put(out, ring->seal, (ptrdiff_t)ring->version * KEY_BYTES);
    put(out, ring->index, KEY_BYTES);
    put(out, (unsigned char[]){(unsigned char)(ring->sign_len >> 8), (unsigned char)ring->sign_len},
        2);
    put(out, ring->sign, ring->sign_len);
}

static bool take(Bytes *from, void *bytes, ptrdiff_t len)
{
    if (from->len < len) return false;
    memcpy(bytes, from->at, (size_t)len);
    *from = (Bytes){from->at + len, from->len - len};
    return true;
}

bool ring_decode(Bytes bytes, Ring *ring)
{
    unsigned char head[2], sign_len[2];
    if (!take(&bytes, head, 2) || head[0] != LAYOUT) return false;
    if (head[1] < 1 || head[1] > KEY_VERSIONS_MAX) return false;
    ring->version = head[1];
    if (!take(&bytes, ring->seal, (ptrdiff_t)ring->version * KEY_BYTES) ||
        !take(&bytes, ring->index, KEY_BYTES) || !take(&bytes, sign_len, 2))
        return false;
    ring->sign_len = sign_len[0] << 8 | sign_len[1];
    if (ring->sign_len < 1 || ring->sign_len > SIGN_KEY_MAX) return false;
    return take(&bytes, ring->sign, ring->sign_len) && bytes.len == 0;
}
