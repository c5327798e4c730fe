// Who is who between programs: one local certificate authority per data directory and one certificate
// per program, naming its role.
//
// Law     linkage.md 11.2: mutual TLS 1.3, P-256. A city with an authority of its own puts its files in
//         the same places and nothing is made here.
// Files   DIR/tls/ca.crt, ca.key, <role>.crt, <role>.key; folder 0700, keys 0600; made on first use. In
//         production each host holds ca.crt and its own two files and no ca.key.
// Names   role "ledger" is the DNS name ledger.sesshu.internal in the certificate: checking the name of
//         the peer is checking its role, on both sides.
// Errors  E_KEY: a key file that others can read, or files that do not fit together. E_FILE_WRITE.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

#define ROLE_DOMAIN ".sesshu.internal"

typedef struct RoleFiles {  // terminated paths
    const char *trust, *certificate, *key;
} RoleFiles;

// Makes what is missing, then tells where it lies. Two programs may do so at the same time.
MUST bool role_files(Str data_dir, Str role, Arena *arena, RoleFiles *files, Error *err);
