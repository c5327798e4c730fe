// SPDX-License-Identifier: Apache-2.0
#include "pairwise.h"

#include "hkdf.h"

#include <openssl/evp.h>

#include <assert.h>
#include <string.h>

enum {
    ORGANISATION_DIGITS = 16,
    EPOCH_DIGITS = 4,
    BLOCK_BYTES = 16,
    LABEL_MOST = 16,
    SIV_KEY_BYTES = 64,
};
_Static_assert((int)PERSON_LINK_BYTES == (int)BLOCK_BYTES, "a link is one block");
_Static_assert((int)PAIRWISE_BYTES == 2 * (int)BLOCK_BYTES, "a code is a block and its tag");

// ---- the person

PersonLink person_link(const PairwiseKeys *keys, const ResidentRecordCode *code)
{
    enum { DIGITS = sizeof code->digits - 1 };
    static const char label[] = "link/v1";  // its end is the zero byte behind it
    unsigned char message[sizeof label + DIGITS];
    PersonLink link;
    assert(keys->link->len == PAIRWISE_KEY_BYTES);
    assert(strlen(code->digits) == DIGITS);
    memcpy(message, label, sizeof label);
    memcpy(message + sizeof label, code->digits, DIGITS);
    HkdfKey tag = hmac_of(secret_bytes(keys->link), (Bytes){message, sizeof message});
    memcpy(link.at, tag.at, sizeof link.at);
    bytes_wipe(message, sizeof message);
    bytes_wipe(&tag, sizeof tag);
    return link;
}

// ---- one organisation's key

static void epoch_digits(int epoch, unsigned char digits[EPOCH_DIGITS])
{
    assert(epoch >= 1);
    assert(epoch <= PAIRWISE_EPOCH_LAST);
    for (int i = EPOCH_DIGITS - 1; i >= 0; i--, epoch /= 10)
        digits[i] = (unsigned char)('0' + epoch % 10);
}

static void key_derived(const PairwiseKeys *keys, const PairwiseOwner *owner, Str label,
                        unsigned char *key, int len)
{
    unsigned char info[LABEL_MOST + 1 + ORGANISATION_DIGITS + 1 + EPOCH_DIGITS] = {0}, *at = info;
    assert(keys->master->len == PAIRWISE_KEY_BYTES);
    assert(label.len <= LABEL_MOST);
    assert(strlen(owner->organisation.digits) == ORGANISATION_DIGITS);
    memcpy(at, label.at, (size_t)label.len);
    at += label.len + 1;
    memcpy(at, owner->organisation.digits, ORGANISATION_DIGITS);
    at += ORGANISATION_DIGITS + 1;
    epoch_digits(owner->epoch, at);
    HkdfKey from = hkdf_extract((Bytes){0}, secret_bytes(keys->master));
    hkdf_expand(&from, (Bytes){info, at + EPOCH_DIGITS - info}, key, len);
    bytes_wipe(&from, sizeof from);
}

// ---- AES-256-SIV: tag, then the sealed link

static EVP_CIPHER_CTX *siv_begun(const PairwiseKeys *keys, const PairwiseOwner *owner, int sealing)
{
    static const char label[] = "fugo/v1";
    unsigned char key[SIV_KEY_BYTES], epoch[EPOCH_DIGITS];
    int len;
    key_derived(keys, owner, S("fugo/v1"), key, sizeof key);
    epoch_digits(owner->epoch, epoch);
    EVP_CIPHER *siv = EVP_CIPHER_fetch(NULL, "AES-256-SIV", NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    assert(siv);
    assert(context);
    int begun = EVP_CipherInit_ex2(context, siv, key, NULL, sealing, NULL);
    bytes_wipe(key, sizeof key);
    EVP_CIPHER_free(siv);
    assert(begun == 1);
    // Each call is one string of associated data (RFC 5297, 2.4).
    int bound =
        EVP_CipherUpdate(context, NULL, &len, (const unsigned char *)label, sizeof label - 1) ==
            1 &&
        EVP_CipherUpdate(context, NULL, &len, (const unsigned char *)owner->organisation.digits,
                         ORGANISATION_DIGITS) == 1 &&
        EVP_CipherUpdate(context, NULL, &len, epoch, EPOCH_DIGITS) == 1;
    assert(bound);
    return context;
}

static void siv_sealed(const PairwiseKeys *keys, const PairwiseOwner *owner, const PersonLink *link,
                       PairwiseCode *code)
{
    int len, last;
    EVP_CIPHER_CTX *context = siv_begun(keys, owner, 1);
    int sealed =
        EVP_CipherUpdate(context, code->at + BLOCK_BYTES, &len, link->at, BLOCK_BYTES) == 1 &&
        EVP_CipherFinal_ex(context, code->at + BLOCK_BYTES + len, &last) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, BLOCK_BYTES, code->at) == 1;
    EVP_CIPHER_CTX_free(context);
    assert(sealed);
}

static bool siv_opened(const PairwiseKeys *keys, const PairwiseOwner *owner,
                       const PairwiseCode *code, PersonLink *link)
{
    unsigned char tag[BLOCK_BYTES];
    int len, last;
    memcpy(tag, code->at, sizeof tag);
    EVP_CIPHER_CTX *context = siv_begun(keys, owner, 0);
    bool opened =
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, BLOCK_BYTES, tag) == 1 &&
        EVP_CipherUpdate(context, link->at, &len, code->at + BLOCK_BYTES, BLOCK_BYTES) == 1 &&
        EVP_CipherFinal_ex(context, link->at + len, &last) == 1;
    EVP_CIPHER_CTX_free(context);
    return opened;
}

// ---- the list-named form: the sealed link, then its tag

static void block_turned(const PairwiseKeys *keys, const PairwiseOwner *owner, int sealing,
                         const unsigned char from[BLOCK_BYTES], unsigned char to[BLOCK_BYTES])
{
    unsigned char key[PAIRWISE_KEY_BYTES];
    int len;
    key_derived(keys, owner, S("fugo-prp/v1"), key, sizeof key);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    assert(context);
    int turned = EVP_CipherInit_ex2(context, EVP_aes_256_ecb(), key, NULL, sealing, NULL) == 1 &&
                 EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
                 EVP_CipherUpdate(context, to, &len, from, BLOCK_BYTES) == 1;
    bytes_wipe(key, sizeof key);
    EVP_CIPHER_CTX_free(context);
    assert(turned);
}

static HkdfKey block_tag(const PairwiseKeys *keys, const PairwiseOwner *owner,
                         const unsigned char block[BLOCK_BYTES])
{
    unsigned char key[PAIRWISE_KEY_BYTES];
    key_derived(keys, owner, S("fugo-mac/v1"), key, sizeof key);
    HkdfKey tag = hmac_of((Bytes){key, sizeof key}, (Bytes){block, BLOCK_BYTES});
    bytes_wipe(key, sizeof key);
    return tag;
}

static void listed_sealed(const PairwiseKeys *keys, const PairwiseOwner *owner,
                          const PersonLink *link, PairwiseCode *code)
{
    block_turned(keys, owner, 1, link->at, code->at);
    HkdfKey tag = block_tag(keys, owner, code->at);
    memcpy(code->at + BLOCK_BYTES, tag.at, BLOCK_BYTES);
}

static bool listed_opened(const PairwiseKeys *keys, const PairwiseOwner *owner,
                          const PairwiseCode *code, PersonLink *link)
{
    HkdfKey tag = block_tag(keys, owner, code->at);
    if (!bytes_equal_secretly((Bytes){tag.at, BLOCK_BYTES},
                              (Bytes){code->at + BLOCK_BYTES, BLOCK_BYTES}))
        return false;
    block_turned(keys, owner, 0, code->at, link->at);
    return true;
}

// ---- codes

PairwiseCode pairwise_made(const PairwiseKeys *keys, const PairwiseOwner *owner,
                           const PersonLink *link)
{
    PairwiseCode code;
    if (keys->form == PAIRWISE_SIV)
        siv_sealed(keys, owner, link, &code);
    else
        listed_sealed(keys, owner, link, &code);
    return code;
}

bool pairwise_opened(const PairwiseKeys *keys, const PairwiseOwner *owner, const PairwiseCode *code,
                     PersonLink *link, Error *err)
{
    PersonLink found;
    bool opened = keys->form == PAIRWISE_SIV ? siv_opened(keys, owner, code, &found)
                                             : listed_opened(keys, owner, code, &found);
    if (opened) *link = found;
    bytes_wipe(&found, sizeof found);
    return opened ||
           FAIL(
               err, E_KEY,
               .words = S(
                   "符号がこの機関のものではないか、書き換えられています。管理者に知らせてください。"));
}

bool pairwise_translated(const PairwiseKeys *keys, const PairwiseOwner *from,
                         const PairwiseCode *code, const PairwiseOwner *to,
                         PairwiseCode *translated, Error *err)
{
    PersonLink link;
    if (!pairwise_opened(keys, from, code, &link, err)) return false;
    *translated = pairwise_made(keys, to, &link);
    bytes_wipe(&link, sizeof link);
    return true;
}
