// SPDX-License-Identifier: Apache-2.0
#include "hkdf.h"

#include "secret.h"

#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

HkdfKey hmac_of(Bytes key, Bytes message)
{
    static const unsigned char nothing[1];
    HkdfKey made;
    size_t len = 0;
    // Without a place for the key the library takes it for "no key was given".
    const unsigned char *tag = EVP_Q_mac(
        NULL, "HMAC", NULL, "SHA256", NULL, key.len ? key.at : nothing, (size_t)key.len,
        message.len ? message.at : nothing, (size_t)message.len, made.at, sizeof made.at, &len);
    assert(tag);
    assert(len == sizeof made.at);
    return made;
}

void hkdf_expand(const HkdfKey *key, Bytes info, unsigned char *out, ptrdiff_t len)
{
    unsigned char block[HKDF_HASH_BYTES + HKDF_INFO_MOST + 1];
    HkdfKey last = {{0}};
    assert(len > 0);
    assert(len <= HKDF_MOST);
    assert(info.len <= HKDF_INFO_MOST);
    for (ptrdiff_t done = 0, count = 1; done < len; done += HKDF_HASH_BYTES, count++) {
        ptrdiff_t before = count > 1 ? HKDF_HASH_BYTES : 0;
        if (before) memcpy(block, last.at, sizeof last.at);
        if (info.len) memcpy(block + before, info.at, (size_t)info.len);
        block[before + info.len] = (unsigned char)count;
        last = hmac_of((Bytes){key->at, sizeof key->at}, (Bytes){block, before + info.len + 1});
        ptrdiff_t take = len - done < HKDF_HASH_BYTES ? len - done : HKDF_HASH_BYTES;
        memcpy(out + done, last.at, (size_t)take);
    }
    bytes_wipe(block, sizeof block);
    bytes_wipe(&last, sizeof last);
}
