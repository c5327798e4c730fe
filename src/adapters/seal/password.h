// A password as it is kept: PBKDF2 with HMAC-SHA-512, so that whoever has the table tries slowly.
//
// Law     CRYPTREC; NIST SP 800-132. The rounds stand beside each hash, so that they can grow.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"

enum { PASSWORD_ROUNDS = 210000, PASSWORD_SALT_BYTES = 16, PASSWORD_HASH_BYTES = 32 };

typedef struct PasswordKept {
    unsigned char salt[PASSWORD_SALT_BYTES], hash[PASSWORD_HASH_BYTES];
    int32_t rounds;
} PasswordKept;

MUST bool password_keep(Str typed, int32_t rounds, PasswordKept *kept, Error *err);
// Takes as long whether it is right or wrong.
bool password_is(Str typed, const PasswordKept *kept);
