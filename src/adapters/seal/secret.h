// Values that must not outlive their use: Individual Numbers, account numbers, protected addresses.
//
//     SECRET(number);
//     if (!seal_open(keys, place, blob, &number, err)) return false;
//     …                                  // wiped when the scope ends, however it ends
//
// A Secret is not copied by assignment, not formatted, not logged; compared in constant time.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"

enum { SECRET_MAX = 2048 };

typedef struct Secret {
    ptrdiff_t len;
    unsigned char at[SECRET_MAX];
} Secret;

#define SECRET(name) __attribute__((cleanup(secret_wipe))) Secret name = {.len = 0}

void secret_wipe(Secret *secret);
void secret_set(Secret *secret, Bytes value);         // value.len <= SECRET_MAX (asserted)
bool secret_equal(const Secret *a, const Secret *b);  // constant time for equal lengths
static inline Bytes secret_bytes(const Secret *s)
{
    return (Bytes){s->at, s->len};
}
static inline Str secret_view(const Secret *s)
{
    return (Str){(const char *)s->at, s->len};
}

void bytes_wipe(void *at, ptrdiff_t len);     // never optimised away
bool bytes_equal_secretly(Bytes a, Bytes b);  // constant time for equal lengths
