// SPDX-License-Identifier: Apache-2.0
#include "ed25519.h"

#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

static EVP_PKEY *key_of(const Secret *private_key)
{
    assert(private_key->len == ED25519_KEY_BYTES);
    EVP_PKEY *key =
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, private_key->at, ED25519_KEY_BYTES);
    assert(key);
    return key;
}

void ed25519_public(const Secret *private_key, unsigned char public_key[ED25519_KEY_BYTES])
{
    size_t len = ED25519_KEY_BYTES;
    EVP_PKEY *key = key_of(private_key);
    int made = EVP_PKEY_get_raw_public_key(key, public_key, &len);
    EVP_PKEY_free(key);
    assert(made == 1);
    assert(len == ED25519_KEY_BYTES);
}

void ed25519_sign(const Secret *private_key, Bytes message,
                  unsigned char signature[ED25519_SIGNATURE_BYTES])
{
    size_t len = ED25519_SIGNATURE_BYTES;
    EVP_PKEY *key = key_of(private_key);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    assert(context);
    int made = EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
               EVP_DigestSign(context, signature, &len, message.at, (size_t)message.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    assert(made);
    assert(len == ED25519_SIGNATURE_BYTES);
}

bool ed25519_valid(Bytes public_key, Bytes message, Bytes signature)
{
    EVP_PKEY *key =
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key.at, (size_t)public_key.len);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool valid = key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
                 EVP_DigestVerify(context, signature.at, (size_t)signature.len, message.at,
                                  (size_t)message.len) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return valid;
}

Bytes signed_text(Str domain, Bytes message, Arena *arena)
{
    assert(domain.len > 0);
    assert(domain.len <= 255);
    unsigned char *at = NEW(arena, unsigned char, 1 + domain.len + message.len);
    at[0] = (unsigned char)domain.len;
    memcpy(at + 1, domain.at, (size_t)domain.len);
    if (message.len) memcpy(at + 1 + domain.len, message.at, (size_t)message.len);
    return (Bytes){at, 1 + domain.len + message.len};
}
