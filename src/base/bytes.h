// Bytes as a slice: blobs of the database, sealed values, hashes. {0} is "no value".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

typedef struct Bytes {
    const unsigned char *at;  // owned by an arena or a constant
    ptrdiff_t len;
} Bytes;
