// A signing key that lives for one epoch of the audit trail and is then wiped.
//
// Ed25519. The private half lies in DIR/keys/<program>.epoch (mode 0600); that of the epoch to come in
// <program>.epoch.next until its epoch has begun. Whoever takes the keys today can sign nothing of an
// epoch that is over. Wiping overwrites the file before it is replaced; what a medium remembers below
// the file system is not in our hands.
//
// Writers one at a time: callers hold the program's writing turn.
// Errors  E_KEY with words.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "bytes.h"
#include "errors.h"

typedef struct EpochKeys {
    Str data_dir, program;
} EpochKeys;

enum { EPOCH_PUBLIC_BYTES = 32, EPOCH_SIGNATURE_BYTES = 64 };

// A new key for the epoch to come; its public half. One that was made and never used is forgotten.
MUST bool epoch_key_next(const EpochKeys *keys, unsigned char public_key[EPOCH_PUBLIC_BYTES],
                         Arena scratch, Error *err);
// Signs with the private half of `public_key`; not where it is no longer, or never was, here (`*there` false).
// E_KEY: a file that may hold it cannot be read.
MUST bool epoch_key_sign(const EpochKeys *keys, Bytes public_key, Bytes message,
                         unsigned char signature[EPOCH_SIGNATURE_BYTES], bool *there, Arena scratch, Error *err);
// The epoch of `public_key` has begun: the key before it is wiped. Does nothing when it has been.
MUST bool epoch_key_enter(const EpochKeys *keys, Bytes public_key, Arena scratch, Error *err);
// Has an epoch ever begun here, whichever it was?
bool epoch_key_any(const EpochKeys *keys, Arena scratch);
// Is the private half of `public_key` here?
bool epoch_key_there(const EpochKeys *keys, Bytes public_key, Arena scratch);

bool epoch_signature_valid(Bytes public_key, Bytes message, Bytes signature);
