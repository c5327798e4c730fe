// SPDX-License-Identifier: Apache-2.0
#include "hpke.h"

#include "hpke_parts.h"

#include <string.h>

enum { SUITE_P256_SHA256_AES256 = 1, HEAD_BYTES = 1 + HPKE_PUBLIC_BYTES };
_Static_assert(HPKE_OVERHEAD == HEAD_BYTES + HPKE_TAG_BYTES, "the header says the same");

static bool no_receiver(Error *err)
{
    return FAIL(
        err, E_KEY,
        .words = S("相手の公開鍵が正しくないため、暗号化できません。管理者に知らせてください。"));
}

bool hpke_seal(const HpkePublic *to, HpkeUse use, Bytes seed, Bytes plain, Arena *arena,
               Bytes *envelope, Error *err)
{
    SECRET(sender);
    HPKE_CONTEXT(context);
    HpkePublic sender_public;
    HkdfKey shared;
    if (plain.len > HPKE_TEXT_MOST)
        return FAIL(err, E_LIMIT,
                    .words = S("一度に送れる大きさを超えています。管理者に知らせてください。"));
    if (!hpke_keys_made(seed, &sender, &sender_public, err)) return false;
    if (!hpke_encapsulate(&sender, &sender_public, to, &shared)) return no_receiver(err);
    hpke_schedule(&hpke_aes_256_gcm, &shared, use.use, &context);
    bytes_wipe(&shared, sizeof shared);
    unsigned char *out = NEW(arena, unsigned char, HPKE_OVERHEAD + plain.len);
    out[0] = SUITE_P256_SHA256_AES256;
    memcpy(out + 1, sender_public.at, sizeof sender_public.at);
    hpke_message_seal(&context, 0, use.bound, plain, out + HEAD_BYTES);
    *envelope = (Bytes){out, HPKE_OVERHEAD + plain.len};
    return true;
}

// One answer for every reason: what differs would tell an attacker how near he is.
static bool not_opened(Error *err)
{
    return FAIL(
        err, E_KEY,
        .words = S(
            "届いた回答を復号できません。鍵が違うか、途中で書き換えられています。管理者に知らせてください。"));
}

bool hpke_open(const Secret *private_key, HpkeUse use, Bytes envelope, Arena *arena, Bytes *plain,
               Error *err)
{
    HPKE_CONTEXT(context);
    HpkePublic sender_public;
    HkdfKey shared;
    ptrdiff_t text_len = envelope.len - HPKE_OVERHEAD;
    if (text_len < 0 || text_len > HPKE_TEXT_MOST || envelope.at[0] != SUITE_P256_SHA256_AES256)
        return not_opened(err);
    memcpy(sender_public.at, envelope.at + 1, sizeof sender_public.at);
    if (!hpke_decapsulate(private_key, &sender_public, &shared)) return not_opened(err);
    hpke_schedule(&hpke_aes_256_gcm, &shared, use.use, &context);
    bytes_wipe(&shared, sizeof shared);
    unsigned char *text = NEW(arena, unsigned char, text_len + 1);
    Bytes sealed = {envelope.at + HEAD_BYTES, envelope.len - HEAD_BYTES};
    if (!hpke_message_open(&context, 0, use.bound, sealed, text)) return not_opened(err);
    *plain = (Bytes){text, text_len};
    return true;
}
