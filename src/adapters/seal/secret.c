// SPDX-License-Identifier: Apache-2.0
#include "secret.h"

#include <openssl/crypto.h>

#include <assert.h>
#include <string.h>

void bytes_wipe(void *at, ptrdiff_t len)
{
    OPENSSL_cleanse(at, (size_t)len);
}

bool bytes_equal_secretly(Bytes a, Bytes b)
{
    return a.len == b.len && (!a.len || CRYPTO_memcmp(a.at, b.at, (size_t)a.len) == 0);
}

void secret_wipe(Secret *secret)
{
    bytes_wipe(secret, sizeof *secret);
}

void secret_set(Secret *secret, Bytes value)
{
    assert(value.len <= SECRET_MAX);
    if (value.len) memcpy(secret->at, value.at, (size_t)value.len);
    secret->len = value.len;
}

bool secret_equal(const Secret *a, const Secret *b)
{
    return bytes_equal_secretly(secret_bytes(a), secret_bytes(b));
}
