// SHA-256: what identifies a file, a list, a migration, a leaf of the audit trail.
//
// Memory  plain values; a running hash owns a library context until sha256_end.
// Errors  E_FILE_OPEN, E_FILE_READ for files. The hash itself cannot fail on a healthy machine
//         (asserted).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"

typedef struct Sha256 {
    unsigned char at[32];
} Sha256;

Sha256 sha256_of(Bytes bytes);
Sha256 sha256_of_text(Str text);
bool sha256_equal(const Sha256 *a, const Sha256 *b);  // not for secrets
bool sha256_from(Bytes bytes, Sha256 *hash);          // exactly 32 bytes
bool sha256_parse(Str text, Sha256 *hash);            // exactly 64 hex digits in lower case
static inline Bytes sha256_bytes(const Sha256 *hash)
{
    return (Bytes){hash->at, sizeof hash->at};
}

#define SHA256_TEXT_SIZE 65
Sha256 sha256_of_hex(Str hex);  // what sha256_text wrote; other text gives other bytes
const char *sha256_text(const Sha256 *hash, char text[SHA256_TEXT_SIZE]);  // 64 hex digits

// The hash of a file's bytes, read in portions.
MUST bool sha256_file(const char *path, Sha256 *hash, Error *err);

// Piece by piece: begin, add…, end. `end` gives the context back and must be called once.
typedef struct Sha256Run Sha256Run;
Sha256Run *sha256_begin(void);
void sha256_add(Sha256Run *run, Bytes bytes);
Sha256 sha256_end(Sha256Run *run);
