// SPDX-License-Identifier: Apache-2.0
#include "seal.h"

#include "ed25519.h"
#include "key_ring.h"

#include <openssl/x509.h>

#include <assert.h>

bool keys_sign(Keys *keys, Str domain, Bytes message, Arena *arena, Bytes *signature, Error *err)
{
    enum { SIGNATURE_MAX = 80 };  // two numbers of 32 bytes in DER
    unsigned char *out = NEW(arena, unsigned char, SIGNATURE_MAX);
    size_t len = SIGNATURE_MAX;
    Bytes whole = signed_text(domain, message, arena);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context);
    bool made = EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, keys->sign) == 1 &&
                EVP_DigestSign(context, out, &len, whole.at, (size_t)whole.len) == 1;
    EVP_MD_CTX_free(context);
    if (!made)
        return FAIL(err, E_KEY, .words = S("署名できませんでした。管理者に知らせてください。"));
    *signature = (Bytes){out, (ptrdiff_t)len};
    return true;
}

Bytes keys_public(const Keys *keys, Arena *arena)
{
    int len = i2d_PUBKEY(keys->sign, NULL);
    assert(len > 0);
    unsigned char *at = NEW(arena, unsigned char, len), *end = at;
    int written = i2d_PUBKEY(keys->sign, &end);
    assert(written == len);
    return (Bytes){at, len};
}

bool signature_valid(Bytes public_key, Str domain, Bytes message, Bytes signature, Arena scratch)
{
    const unsigned char *at = public_key.at;
    EVP_PKEY *key = d2i_PUBKEY(NULL, &at, (long)public_key.len);
    if (!key) return false;
    Bytes whole = signed_text(domain, message, &scratch);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context);
    bool valid = at == public_key.at + public_key.len &&
                 EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key) == 1 &&
                 EVP_DigestVerify(context, signature.at, (size_t)signature.len, whole.at,
                                  (size_t)whole.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return valid;
}
