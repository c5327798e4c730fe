// SPDX-License-Identifier: Apache-2.0
#include "password.h"

#include "secret.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <assert.h>

static void stretch(Str typed, PasswordKept *kept)
{
    int made =
        PKCS5_PBKDF2_HMAC(typed.at ? typed.at : "", (int)typed.len, kept->salt, PASSWORD_SALT_BYTES,
                          kept->rounds, EVP_sha512(), PASSWORD_HASH_BYTES, kept->hash);
    assert(made == 1);
}

bool password_keep(Str typed, int32_t rounds, PasswordKept *kept, Error *err)
{
    *kept = (PasswordKept){.rounds = rounds};
    if (RAND_bytes(kept->salt, PASSWORD_SALT_BYTES) != 1)
        return FAIL(err, E_KEY, .words = S("乱数を得られませんでした。管理者に知らせてください。"));
    stretch(typed, kept);
    return true;
}

bool password_is(Str typed, const PasswordKept *kept)
{
    PasswordKept again = *kept;
    stretch(typed, &again);
    bool same = bytes_equal_secretly((Bytes){again.hash, PASSWORD_HASH_BYTES},
                                     (Bytes){kept->hash, PASSWORD_HASH_BYTES});
    bytes_wipe(&again, sizeof again);
    return same;
}
