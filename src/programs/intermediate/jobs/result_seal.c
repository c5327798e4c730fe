// SPDX-License-Identifier: Apache-2.0
#include "result_seal.h"

#include <assert.h>
#include <sys/random.h>

#define RESULT_USE S("sesshu/result/v1")

bool seed_made(Secret *seed, Error *err)
{
    unsigned char bytes[HPKE_SEED_BYTES];
    bool made = getrandom(bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes;
    if (made) secret_set(seed, (Bytes){bytes, sizeof bytes});
    bytes_wipe(bytes, sizeof bytes);
    return made || FAIL(err, E_INTERNAL, .words = S("乱数が得られません。機械の状態を確かめてください。"));
}

static HpkeUse use_of(const InquiryRow *row, Arena *arena)
{
    Str id = str_format(arena, "%lld", (long long)row->inquiry_id), use = RESULT_USE;
    return (HpkeUse){.use = {(const unsigned char *)use.at, use.len}, .bound = {(const unsigned char *)id.at, id.len}};
}

bool result_keep(Keys *keys, InquiryRow *row, Str data, Arena *arena, Error *err)
{
    assert(row->inquiry_id > 0);
    SECRET(pair);
    SECRET(chance);
    SECRET(private_key);
    HpkePublic public_key;
    return seed_made(&pair, err) && seed_made(&chance, err) &&
           hpke_keys_made(secret_bytes(&pair), &private_key, &public_key, err) &&
           hpke_seal(&public_key, use_of(row, arena), secret_bytes(&chance), (Bytes){(const unsigned char *)data.at, data.len},
                     arena, &row->result_data, err) &&
           seal_value(keys, inquiry_result_place(row->inquiry_id, arena), secret_bytes(&private_key), arena,
                      &row->result_key, err);
}

bool result_read(Keys *keys, const InquiryRow *row, Arena *arena, Str *data, Error *err)
{
    assert(row->inquiry_id > 0);
    SECRET(private_key);
    Bytes plain;
    *data = (Str){0};
    if (!row->result_key.len || !row->result_data.len) return true;
    if (!seal_open(keys, inquiry_result_place(row->inquiry_id, arena), row->result_key, &private_key, err) ||
        !hpke_open(&private_key, use_of(row, arena), row->result_data, arena, &plain, err))
        return false;
    *data = (Str){(const char *)plain.at, plain.len};
    return true;
}
