// RFC 9180 step by step, in its words: extract and expand with labels, agree, schedule, seal.
// SPDX-License-Identifier: Apache-2.0
#include "hpke_parts.h"

#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

const HpkeAead hpke_aes_256_gcm = {.id = 0x0002, .key_bytes = 32, .cipher = "AES-256-GCM"};

void hpke_context_wipe(HpkeContext *context)
{
    bytes_wipe(context, sizeof *context);
}

// ---- labels (4): every use of the hash names the suite and what it is for

typedef struct SuiteName {
    unsigned char at[10];
    int len;
} SuiteName;

static SuiteName name_of_kem(void)
{
    return (SuiteName){{'K', 'E', 'M', KEM_P256_SHA256 >> 8, KEM_P256_SHA256 & 0xFF}, 5};
}

static SuiteName name_of_suite(const HpkeAead *aead)
{
    return (SuiteName){{'H', 'P', 'K', 'E', KEM_P256_SHA256 >> 8, KEM_P256_SHA256 & 0xFF,
                        KDF_SHA256 >> 8, KDF_SHA256 & 0xFF, (unsigned char)(aead->id >> 8),
                        (unsigned char)aead->id},
                       10};
}

// Longest: the two points of an agreement, with length, version, suite and label before them.
enum { LABELED_MOST = 256 };

typedef struct Labeled {
    unsigned char at[LABELED_MOST];
    ptrdiff_t len;
} Labeled;

static void add(Labeled *l, Bytes part)
{
    assert(part.len <= LABELED_MOST - l->len);
    if (part.len) memcpy(l->at + l->len, part.at, (size_t)part.len);
    l->len += part.len;
}

static void add_label(Labeled *l, const SuiteName *suite, const char *label)
{
    static const char version[] = "HPKE-v1";
    add(l, (Bytes){(const unsigned char *)version, sizeof version - 1});
    add(l, (Bytes){suite->at, suite->len});
    add(l, (Bytes){(const unsigned char *)label, (ptrdiff_t)strlen(label)});
}

static HkdfKey labeled_extract(const SuiteName *suite, Bytes salt, const char *label, Bytes secret)
{
    Labeled l = {.len = 0};
    add_label(&l, suite, label);
    add(&l, secret);
    HkdfKey key = hkdf_extract(salt, (Bytes){l.at, l.len});
    bytes_wipe(&l, sizeof l);
    return key;
}

static void labeled_expand(const SuiteName *suite, const HkdfKey *key, const char *label,
                           Bytes info, unsigned char *out, int len)
{
    Labeled l = {.at = {(unsigned char)(len >> 8), (unsigned char)len}, .len = 2};
    add_label(&l, suite, label);
    add(&l, info);
    hkdf_expand(key, (Bytes){l.at, l.len}, out, len);
}

static const Bytes nothing = {(const unsigned char *)"", 0};

// ---- keys (7.1.3)

bool hpke_keys_made(Bytes seed, Secret *private_key, HpkePublic *public_key, Error *err)
{
    enum { TRIES = 256 };
    SuiteName kem = name_of_kem();
    HpkePublic point;
    SECRET(candidate);
    candidate.len = HPKE_PRIVATE_BYTES;
    assert(seed.len >= HPKE_SEED_BYTES);
    HkdfKey from = labeled_extract(&kem, nothing, "dkp_prk", seed);
    bool made = false;
    for (int i = 0; i < TRIES && !made; i++) {
        unsigned char count = (unsigned char)i;
        labeled_expand(&kem, &from, "candidate", (Bytes){&count, 1}, candidate.at,
                       HPKE_PRIVATE_BYTES);
        made = curve_public(&candidate, &point);
    }
    bytes_wipe(&from, sizeof from);
    if (!made)  // once in 2^8000
        return FAIL(err, E_KEY, .words = S("鍵を作れませんでした。管理者に知らせてください。"));
    secret_set(private_key, secret_bytes(&candidate));
    *public_key = point;
    return true;
}

bool hpke_public_valid(Bytes public_key)
{
    return curve_point(public_key);
}

// ---- agreeing (4.1)

static bool agreed(const Secret *mine, Bytes theirs, const HpkePublic *sender, const HpkePublic *to,
                   HkdfKey *shared)
{
    unsigned char point[32];
    SuiteName kem = name_of_kem();
    if (!curve_agree(mine, theirs, point)) return false;
    Labeled both = {.len = 0};
    add(&both, (Bytes){sender->at, sizeof sender->at});
    add(&both, (Bytes){to->at, sizeof to->at});
    HkdfKey key = labeled_extract(&kem, nothing, "eae_prk", (Bytes){point, sizeof point});
    labeled_expand(&kem, &key, "shared_secret", (Bytes){both.at, both.len}, shared->at,
                   sizeof shared->at);
    bytes_wipe(&key, sizeof key);
    bytes_wipe(point, sizeof point);
    return true;
}

bool hpke_encapsulate(const Secret *sender, const HpkePublic *sender_public, const HpkePublic *to,
                      HkdfKey *shared)
{
    return agreed(sender, (Bytes){to->at, sizeof to->at}, sender_public, to, shared);
}

bool hpke_decapsulate(const Secret *private_key, const HpkePublic *sender_public, HkdfKey *shared)
{
    HpkePublic mine;
    return curve_public(private_key, &mine) &&
           agreed(private_key, (Bytes){sender_public->at, sizeof sender_public->at}, sender_public,
                  &mine, shared);
}

// ---- the key schedule (5.1), without a key that was shared before

void hpke_schedule(const HpkeAead *aead, const HkdfKey *shared, Bytes use, HpkeContext *context)
{
    SuiteName suite = name_of_suite(aead);
    HkdfKey none = labeled_extract(&suite, nothing, "psk_id_hash", nothing);
    HkdfKey info = labeled_extract(&suite, nothing, "info_hash", use);
    Labeled bound = {.at = {0}, .len = 1};  // mode base
    add(&bound, (Bytes){none.at, sizeof none.at});
    add(&bound, (Bytes){info.at, sizeof info.at});
    HkdfKey secret =
        labeled_extract(&suite, (Bytes){shared->at, sizeof shared->at}, "secret", nothing);
    *context = (HpkeContext){.aead = aead};
    labeled_expand(&suite, &secret, "key", (Bytes){bound.at, bound.len}, context->key,
                   aead->key_bytes);
    labeled_expand(&suite, &secret, "base_nonce", (Bytes){bound.at, bound.len}, context->nonce,
                   HPKE_NONCE_BYTES);
    bytes_wipe(&secret, sizeof secret);
}

// ---- messages (5.2)

static EVP_CIPHER_CTX *cipher_begun(const HpkeContext *context, int64_t number, Bytes bound,
                                    int sealing)
{
    unsigned char nonce[HPKE_NONCE_BYTES];
    int len;
    memcpy(nonce, context->nonce, sizeof nonce);
    for (int i = 0; i < 8; i++) nonce[HPKE_NONCE_BYTES - 1 - i] ^= (unsigned char)(number >> 8 * i);
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, context->aead->cipher, NULL);
    EVP_CIPHER_CTX *made = EVP_CIPHER_CTX_new();
    assert(cipher);
    assert(made);
    int begun = EVP_CipherInit_ex2(made, cipher, context->key, nonce, sealing, NULL);
    int took = bound.len ? EVP_CipherUpdate(made, NULL, &len, bound.at, (int)bound.len) : 1;
    EVP_CIPHER_free(cipher);
    assert(begun == 1);
    assert(took == 1);
    return made;
}

void hpke_message_seal(const HpkeContext *context, int64_t number, Bytes bound, Bytes plain,
                       unsigned char *out)
{
    int len = 0, last = 0;
    EVP_CIPHER_CTX *cipher = cipher_begun(context, number, bound, 1);
    int sealed = EVP_CipherUpdate(cipher, out, &len, plain.len ? plain.at : out, (int)plain.len);
    int ended = EVP_CipherFinal_ex(cipher, out + len, &last);
    int tagged =
        EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_GET_TAG, HPKE_TAG_BYTES, out + plain.len);
    EVP_CIPHER_CTX_free(cipher);
    assert(sealed == 1 && ended == 1);
    assert(tagged == 1);
}

bool hpke_message_open(const HpkeContext *context, int64_t number, Bytes bound, Bytes sealed,
                       unsigned char *out)
{
    ptrdiff_t text_len = sealed.len - HPKE_TAG_BYTES;
    unsigned char tag[HPKE_TAG_BYTES];
    int len = 0, last = 0;
    if (text_len < 0) return false;
    memcpy(tag, sealed.at + text_len, sizeof tag);
    EVP_CIPHER_CTX *cipher = cipher_begun(context, number, bound, 0);
    bool opened = EVP_CipherUpdate(cipher, out, &len, sealed.at, (int)text_len) == 1 &&
                  EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_AEAD_SET_TAG, HPKE_TAG_BYTES, tag) == 1 &&
                  EVP_CipherFinal_ex(cipher, out + len, &last) == 1;
    EVP_CIPHER_CTX_free(cipher);
    if (!opened) bytes_wipe(out, text_len);
    return opened;
}
