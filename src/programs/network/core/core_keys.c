// SPDX-License-Identifier: Apache-2.0
#include "core_keys.h"

#include "core_key_rows.h"
#include "ed25519.h"
#include "signed_message.h"

#include <assert.h>
#include <string.h>
#include <sys/random.h>

void core_keys_wipe(CoreKeys *keys)
{
    secret_wipe(&keys->link);
    secret_wipe(&keys->master);
    secret_wipe(&keys->sign);
}

// ---- made

static bool key_made(Act *act, CoreKey which, Arena scratch, bool *made, Error *err)
{
    SECRET(key);
    bool there;
    if (!core_key_there(act->store, which, &there, err)) return false;
    if (there) return true;
    key.len = PAIRWISE_KEY_BYTES;
    if (getrandom(key.at, PAIRWISE_KEY_BYTES, 0) != PAIRWISE_KEY_BYTES)
        return FAIL(err, E_KEY, .words = S("乱数が得られません。計算機の状態を確かめてください。"));
    *made = true;
    return core_key_add(act->store, act->office->keys, which, &key, scratch, err);
}

bool core_keys_found(Act *act, Arena scratch, Error *err)
{
    bool made = false;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = S("core keys");
    if (!act_begin(act, err)) return false;
    for (int which = CORE_KEY_LINK; which <= CORE_KEY_LAST; which++)
        if (!key_made(act, (CoreKey)which, scratch, &made, err)) return false;
    if (made && !act_record(act, &leaf, err)) return false;
    return store_commit(act->store, err);
}

bool core_keys_open(Act *act, CoreKeys *keys, Error *err)
{
    Store *store = act->store;
    Keys *ring = act->office->keys;
    Arena scratch = *act->arena;
    return core_key_open(store, ring, CORE_KEY_LINK, scratch, &keys->link, err) &&
           core_key_open(store, ring, CORE_KEY_MASTER, scratch, &keys->master, err) &&
           core_key_open(store, ring, CORE_KEY_SIGN, scratch, &keys->sign, err);
}

// ---- used

PairwiseKeys core_pairwise(const CoreKeys *keys)
{
    return (PairwiseKeys){.link = &keys->link, .master = &keys->master, .form = PAIRWISE_SIV};
}

PairwiseOwner core_owner(const OrganisationCode *whose)
{
    assert(whose->digits[0]);
    return (PairwiseOwner){.organisation = *whose, .epoch = CORE_EPOCH};
}

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static void public_half(const CoreKeys *keys, unsigned char half[ED25519_KEY_BYTES])
{
    ed25519_public(&keys->sign, half);
}

static void name_key(const unsigned char half[ED25519_KEY_BYTES], unsigned char name[SIGNED_KEY_NAME_BYTES])
{
    Sha256 hash = sha256_of((Bytes){half, ED25519_KEY_BYTES});
    memcpy(name, hash.at, SIGNED_KEY_NAME_BYTES);
}

Str core_signed(const CoreKeys *keys, Str domain, Str body, Arena *arena)
{
    assert(domain.len > 0);
    unsigned char half[ED25519_KEY_BYTES];
    SignedMessage message = {.body = bytes_of(body)};
    public_half(keys, half);
    name_key(half, message.key_name);
    ed25519_sign(&keys->sign, signed_text(domain, message.body, arena), message.signature);
    return signed_message_encode(&message, arena);
}

bool core_signature_ours(const CoreKeys *keys, Str domain, Str text, Bytes *body, Arena scratch)
{
    assert(domain.len > 0);
    Error unread = {0};
    SignedMessage message;
    unsigned char half[ED25519_KEY_BYTES], name[SIGNED_KEY_NAME_BYTES];
    public_half(keys, half);
    name_key(half, name);
    if (!signed_message_decode(text, &message, &unread) || memcmp(name, message.key_name, sizeof name) != 0 ||
        !ed25519_valid((Bytes){half, sizeof half}, signed_text(domain, message.body, &scratch),
                       (Bytes){message.signature, sizeof message.signature}))
        return false;
    *body = message.body;
    return true;
}

Str core_public_text(const CoreKeys *keys, Arena *arena)
{
    Text text = {0};
    unsigned char half[ED25519_KEY_BYTES];
    public_half(keys, half);
    for (int i = 0; i < ED25519_KEY_BYTES; i++) text_addf(&text, arena, "%02x", half[i]);
    text_add_byte(&text, arena, '\n');
    return text_str(&text);
}
