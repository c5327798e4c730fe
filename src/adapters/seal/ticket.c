// SPDX-License-Identifier: Apache-2.0
#include "ticket.h"

#include "key_ring.h"

#include <openssl/rand.h>

#include <assert.h>
#include <string.h>

static const char letters64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static Str letters_of(Bytes bytes, Arena *arena)
{
    Text out = {0};
    unsigned held = 0;
    int bits = 0;
    for (ptrdiff_t i = 0; i < bytes.len; i++) {
        held = (held << 8 | bytes.at[i]) & 0xFFFF;
        for (bits += 8; bits >= 6; bits -= 6)
            text_add_byte(&out, arena, letters64[held >> (bits - 6) & 63]);
    }
    if (bits) text_add_byte(&out, arena, letters64[held << (6 - bits) & 63]);
    return text_str(&out);
}

static bool bytes_of(Str letters, Arena *arena, Bytes *bytes)
{
    unsigned char *out = NEW(arena, unsigned char, letters.len + 1);
    ptrdiff_t len = 0;
    unsigned held = 0;
    int bits = 0;
    for (ptrdiff_t i = 0; i < letters.len; i++) {
        const char *place = letters.at[i] ? strchr(letters64, letters.at[i]) : NULL;
        if (!place) return false;
        held = (held << 6 | (unsigned)(place - letters64)) & 0xFFFF;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        out[len++] = (unsigned char)(held >> bits);
    }
    *bytes = (Bytes){out, len};
    return bits < 6 && !(held & ((1U << bits) - 1));  // one text has one spelling
}

static Sha256 key_for(const Keys *keys, Str purpose, Bytes holder)
{
    enum { PURPOSE_MOST = 64, HOLDER_MOST = 64 };
    unsigned char named[8 + PURPOSE_MOST + 1 + HOLDER_MOST] = "ticket";
    assert(purpose.len <= PURPOSE_MOST);
    assert(holder.len <= HOLDER_MOST);
    memcpy(named + 8, purpose.at, (size_t)purpose.len);
    named[8 + PURPOSE_MOST] = (unsigned char)holder.len;
    memcpy(named + 8 + PURPOSE_MOST + 1, holder.at, (size_t)holder.len);
    return hmac_sha256(keys->mac, keys->ring->index, (Bytes){named, sizeof named});
}

bool ticket_make(const Keys *keys, Str purpose, Bytes holder, Str text, Arena *arena, Str *ticket,
                 Error *err)
{
    unsigned char sealed[NONCE_BYTES + TICKET_TEXT_MOST + TAG_BYTES];
    assert(text.len <= TICKET_TEXT_MOST);
    Sha256 key = key_for(keys, purpose, holder);
    Bytes plain = {(const unsigned char *)text.at, text.len};
    bool made = gcm_seal(keys->cipher, key.at, (Bytes){key.at, 0}, plain, sealed);
    bytes_wipe(key.at, sizeof key.at);
    if (!made)
        return FAIL(err, E_KEY, .words = S("暗号化できませんでした。管理者に知らせてください。"));
    *ticket = letters_of((Bytes){sealed, NONCE_BYTES + text.len + TAG_BYTES}, arena);
    return true;
}

bool ticket_open(const Keys *keys, Str purpose, Bytes holder, Str ticket, Arena *arena, Str *text)
{
    Bytes sealed;
    ptrdiff_t most = NONCE_BYTES + TICKET_TEXT_MOST + TAG_BYTES;
    if (ticket.len > most * 4 / 3 + 4 || !bytes_of(ticket, arena, &sealed)) return false;
    if (sealed.len < NONCE_BYTES + TAG_BYTES || sealed.len > most) return false;
    ptrdiff_t len = sealed.len - NONCE_BYTES - TAG_BYTES;
    unsigned char *plain = NEW(arena, unsigned char, len + 1);
    Sha256 key = key_for(keys, purpose, holder);
    bool opened = gcm_open(keys->cipher, key.at, (Bytes){key.at, 0}, sealed, plain);
    bytes_wipe(key.at, sizeof key.at);
    if (opened) *text = (Str){(const char *)plain, len};
    return opened;
}

bool random_letters(int count, Arena *arena, Str *letters, Error *err)
{
    unsigned char *bytes = NEW(arena, unsigned char, count);
    char *out = NEW(arena, char, count + 1);
    if (RAND_bytes(bytes, count) != 1)
        return FAIL(err, E_KEY, .words = S("乱数を得られませんでした。管理者に知らせてください。"));
    for (int i = 0; i < count; i++) out[i] = letters64[bytes[i] & 63];
    *letters = (Str){out, count};
    return true;
}
