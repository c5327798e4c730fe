// SPDX-License-Identifier: Apache-2.0
#include "sealed_texts.h"

bool texts_seal(Keys *keys, SealPlace place, const Str *texts, int count, Arena *arena, Bytes *sealed, Error *err)
{
    Text all = {0};
    for (int i = 0; i < count; i++) {
        text_addf(&all, arena, "%td:", texts[i].len);
        text_add(&all, arena, texts[i]);  // whatever its bytes
    }
    Str plain = text_str(&all);
    if (plain.len > SEAL_MOST)
        return FAIL(err, E_LIMIT, .words = S("内容が長すぎるため保存できません。短くしてください。"));
    return seal_value(keys, place, (Bytes){(const unsigned char *)plain.at, plain.len}, arena, sealed, err);
}

// Each behind its length.
static bool take(Str *from, Str *text)
{
    int64_t len;
    Cut cut = str_cut(*from, ':');
    if (!cut.found || !str_int64(cut.head, &len) || len < 0 || len > cut.tail.len) return false;
    *text = str_first(cut.tail, (ptrdiff_t)len);
    *from = str_from(cut.tail, (ptrdiff_t)len);
    return true;
}

bool texts_open(Keys *keys, SealPlace place, Bytes sealed, Str *texts, int count, Arena *arena, Error *err)
{
    Bytes plain;
    if (!seal_open_long(keys, place, sealed, arena, &plain, err)) return false;
    Str rest = {(const char *)plain.at, plain.len};
    bool whole = true;
    for (int i = 0; i < count && whole; i++) whole = take(&rest, &texts[i]);
    return (whole && !rest.len) ||
           FAIL(err, E_KEY, .words = S("保護された項目を読めません。管理者に知らせてください。"));
}

bool texts_reseal(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    Bytes plain;
    return seal_open_long(keys, place, sealed, arena, &plain, err) &&
           seal_value(keys, place, plain, arena, again, err);
}
