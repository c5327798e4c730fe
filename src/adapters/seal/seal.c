// Sealing, opening, indexing: what is done with keys, and the only lines that touch them.
// SPDX-License-Identifier: Apache-2.0
#include "seal.h"

#include "key_ring.h"

#include <openssl/params.h>
#include <openssl/rand.h>

#include <assert.h>
#include <string.h>

enum { SUITE_AES_256_GCM = 1, HEAD_BYTES = 1 + 2, BOUND_MAX = 512 };
_Static_assert(SEAL_OVERHEAD == HEAD_BYTES + NONCE_BYTES + TAG_BYTES, "the header says the same");

static EVP_CIPHER_CTX *cipher_begun(EVP_CIPHER *cipher, const unsigned char *key,
                                    const unsigned char *nonce, Bytes bound, int sealing)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int len;
    assert(context);
    int begun = EVP_CipherInit_ex2(context, cipher, key, nonce, sealing, NULL);
    assert(begun == 1);
    int took = EVP_CipherUpdate(context, NULL, &len, bound.at, (int)bound.len);
    assert(took == 1);
    return context;
}

bool gcm_seal(EVP_CIPHER *cipher, const unsigned char key[KEY_BYTES], Bytes bound, Bytes text,
              unsigned char *out)
{
    int len = 0, last = 0;
    if (RAND_bytes(out, NONCE_BYTES) != 1) return false;
    unsigned char *body = out + NONCE_BYTES;
    EVP_CIPHER_CTX *context = cipher_begun(cipher, key, out, bound, 1);
    bool sealed =
        EVP_CipherUpdate(context, body, &len, text.at ? text.at : out, (int)text.len) == 1 &&
        EVP_CipherFinal_ex(context, body + len, &last) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, body + text.len) == 1;
    EVP_CIPHER_CTX_free(context);
    return sealed;
}

bool gcm_open(EVP_CIPHER *cipher, const unsigned char key[KEY_BYTES], Bytes bound, Bytes sealed,
              unsigned char *out)
{
    ptrdiff_t text_len = sealed.len - NONCE_BYTES - TAG_BYTES;
    if (text_len < 0) return false;
    unsigned char tag[TAG_BYTES];
    int len = 0, last = 0;
    memcpy(tag, sealed.at + NONCE_BYTES + text_len, sizeof tag);
    EVP_CIPHER_CTX *context = cipher_begun(cipher, key, sealed.at, bound, 0);
    bool opened =
        EVP_CipherUpdate(context, out, &len, sealed.at + NONCE_BYTES, (int)text_len) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) == 1 &&
        EVP_CipherFinal_ex(context, out + len, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    if (!opened) bytes_wipe(out, text_len);
    return opened;
}

Sha256 hmac_sha256(EVP_MAC *mac, const unsigned char key[KEY_BYTES], Bytes message)
{
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                 OSSL_PARAM_END};
    Sha256 hash;
    size_t len = 0;
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    assert(context);
    bool made = EVP_MAC_init(context, key, KEY_BYTES, params) == 1 &&
                EVP_MAC_update(context, message.at, (size_t)message.len) == 1 &&
                EVP_MAC_final(context, hash.at, &len, sizeof hash.at) == 1;
    assert(made);
    assert(len == sizeof hash.at);
    EVP_MAC_CTX_free(context);
    return hash;
}

// Table, column, row and key version, each with its length before it: no two places look alike.
typedef struct Bound {
    unsigned char at[BOUND_MAX];
    ptrdiff_t len;
} Bound;

static void bound_add(Bound *bound, Str part)
{
    assert(part.len + 2 <= BOUND_MAX - bound->len);
    bound->at[bound->len++] = (unsigned char)(part.len >> 8);
    bound->at[bound->len++] = (unsigned char)part.len;
    if (part.len) memcpy(bound->at + bound->len, part.at, (size_t)part.len);
    bound->len += part.len;
}

static Bound bound_to(SealPlace place, const unsigned char head[HEAD_BYTES])
{
    Bound bound = {.len = 0};
    bound_add(&bound, (Str){(const char *)head, HEAD_BYTES});
    bound_add(&bound, place.table);
    bound_add(&bound, place.column);
    bound_add(&bound, place.row);
    return bound;
}

bool seal_value(Keys *keys, SealPlace place, Bytes plain, Arena *arena, Bytes *sealed, Error *err)
{
    assert(plain.len <= SEAL_MOST);
    int version = keys_version(keys);
    unsigned char *out = NEW(arena, unsigned char, plain.len + SEAL_OVERHEAD);
    out[0] = SUITE_AES_256_GCM;
    out[1] = (unsigned char)(version >> 8);
    out[2] = (unsigned char)version;
    Bound bound = bound_to(place, out);
    if (!gcm_seal(keys->cipher, ring_key(keys->ring, version), (Bytes){bound.at, bound.len}, plain,
                  out + HEAD_BYTES))
        return FAIL(err, E_KEY, .words = S("暗号化できませんでした。管理者に知らせてください。"));
    *sealed = (Bytes){out, plain.len + SEAL_OVERHEAD};
    return true;
}

int seal_version(Bytes sealed)
{
    if (sealed.len < SEAL_OVERHEAD || sealed.at[0] != SUITE_AES_256_GCM) return 0;
    return sealed.at[1] << 8 | sealed.at[2];
}

// One answer for every reason: what differs would tell an attacker how near he is.
static bool not_opened(Error *err)
{
    return FAIL(err, E_KEY,
                .words = S("保護された項目を開けません。鍵が違うか、書き換えられています。"
                           "管理者に知らせてください。"));
}

// `out` has room for the text.
static bool opened(Keys *keys, SealPlace place, Bytes sealed, unsigned char *out)
{
    int version = seal_version(sealed);
    const unsigned char *key = ring_key(keys->ring, version);
    // Another process has made a new version since we read the ring.
    if (!key && version > keys_version(keys) && ring_refresh(keys))
        key = ring_key(keys->ring, version);
    if (!key) return false;
    Bound bound = bound_to(place, sealed.at);
    return gcm_open(keys->cipher, key, (Bytes){bound.at, bound.len},
                    (Bytes){sealed.at + HEAD_BYTES, sealed.len - HEAD_BYTES}, out);
}

bool seal_open(Keys *keys, SealPlace place, Bytes sealed, Secret *plain, Error *err)
{
    SECRET(text);
    if (sealed.len - SEAL_OVERHEAD > SECRET_MAX || !opened(keys, place, sealed, text.at))
        return not_opened(err);
    secret_set(plain, (Bytes){text.at, sealed.len - SEAL_OVERHEAD});
    return true;
}

bool seal_open_long(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, Bytes *plain, Error *err)
{
    if (sealed.len < SEAL_OVERHEAD || sealed.len - SEAL_OVERHEAD > SEAL_MOST) return not_opened(err);
    unsigned char *text = NEW(arena, unsigned char, sealed.len);
    if (!opened(keys, place, sealed, text)) return not_opened(err);
    *plain = (Bytes){text, sealed.len - SEAL_OVERHEAD};
    return true;
}

Sha256 keys_index(const Keys *keys, Str purpose, Bytes value)
{
    // A key of its own for each purpose, so that one index says nothing about another.
    Sha256 key = hmac_sha256(keys->mac, keys->ring->index,
                             (Bytes){(const unsigned char *)purpose.at, purpose.len});
    Sha256 index = hmac_sha256(keys->mac, key.at, value);
    bytes_wipe(&key, sizeof key);
    return index;
}

Sha256 keys_fingerprint(const Keys *keys)
{
    return keys_index(keys, S("fingerprint"), (Bytes){(const unsigned char *)"", 0});
}
