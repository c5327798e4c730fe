// Who is who between programs: one local certificate authority per data directory and one certificate
// per program, naming its role.
//
// Law     linkage.md 11.2: mutual TLS 1.3, P-256. A city with an authority of its own puts its files in
//         the same places and nothing is made here.
// Files   DIR/tls/ca.crt, ca.key, <role>.crt, <role>.key and the list of keys (pins.h); folder 0700, keys
//         0600; made on first use. On several hosts each holds ca.crt, the list and its own two files, and
//         no ca.key.
// Names   role "ledger" is the DNS name ledger.sesshu.internal in the certificate: checking the name of
//         the peer is checking its role, on both sides. Where many organisations ask one program, each has a role of
//         its own: "intermediate-0220140100500000" is a member of the family "intermediate-".
// Errors  E_KEY: a folder or key file that others can open, files that do not fit together, a key that is
//         not on the list, a certificate that has expired. E_FILE_WRITE.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "errors.h"

#define ROLE_DOMAIN ".sesshu.internal"

enum { EXPIRY_TOLD_DAYS = 60 };

typedef struct RoleFiles {  // terminated paths
    const char *trust, *certificate, *key;
    Str folder;
    int days_left;  // until the certificate, or the authority's, expires; counted from `now`
} RoleFiles;

// Makes what is missing, then tells where it lies. Two programs may do so at the same time. Fewer than
// EXPIRY_TOLD_DAYS days are told in the log.
MUST bool role_files(Str data_dir, Str role, Instant now, Arena *arena, RoleFiles *files,
                     Error *err);
// A new key and certificate; the old key is refused from now on. A program that serves under this role
// must be started anew.
MUST bool role_renew(Str data_dir, Str role, Instant now, Arena *arena, RoleFiles *files,
                     Error *err);

// Somebody else's program that may ask ours: another organisation's server.
typedef struct RoleAdmission {
    Str data_dir;  // ours, whose authority signs
    Str role;      // of the other program: "intermediate-0220140100500000"
    Str server;    // our role, which it is to believe
    Str to_dir;    // made where it is missing; in its tls lies what http_client.h needs
} RoleAdmission;

// A new pair for that role, laid into `to_dir` with our certificate and list; its private key does not stay here. A key
// that the role had before is refused from now on, so whoever was admitted can be admitted again.
MUST bool role_admit(const RoleAdmission *admission, Arena scratch, Error *err);

// Forgets the variables by which somebody else would have the secrets of our connections written to a
// file (SSLKEYLOGFILE). Before the first connection.
void tls_environment_clear(void);
