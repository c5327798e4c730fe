// SPDX-License-Identifier: Apache-2.0
#include "secret.h"

#include <openssl/crypto.h>

#include <assert.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

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

void process_harden(void)
{
    // Not dumpable also means: no other process of this user may look into our memory.
    const struct rlimit none = {0};
    int limited = setrlimit(RLIMIT_CORE, &none);
    int hidden = prctl(PR_SET_DUMPABLE, 0);
    assert(limited == 0);
    assert(hidden == 0);
    (void)umask(077);
}
