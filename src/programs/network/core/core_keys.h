// The keys of the core in the hand of one act: to make links and codes, and to sign permits and lists.
//
//     CORE_KEYS(keys);
//     if (!core_keys_open(act, &keys, err)) return false;
//     …                                  // wiped when the scope ends, however it ends
//
// Law     linkage.md 11.4: they live in this program alone.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "linkage_message.h"
#include "pairwise.h"

enum { CORE_EPOCH = 1 };  // of all codes

typedef struct CoreKeys {
    Secret link, master, sign;
} CoreKeys;

void core_keys_wipe(CoreKeys *keys);
#define CORE_KEYS(name) __attribute__((cleanup(core_keys_wipe))) CoreKeys name = {.link = {.len = 0}}

// Makes those that are missing, with a record.
MUST bool core_keys_found(Act *act, Arena scratch, Error *err);
MUST bool core_keys_open(Act *act, CoreKeys *keys, Error *err);

PairwiseKeys core_pairwise(const CoreKeys *keys);
PairwiseOwner core_owner(const OrganisationCode *whose);

// signed_message_encode around `body`, and back: is it ours? `message` points into `text`.
Str core_signed(const CoreKeys *keys, Str domain, Str body, Arena *arena);
bool core_signature_ours(const CoreKeys *keys, Str domain, Str text, Bytes *body, Arena scratch);
// 64 hexadecimal digits and a line end.
Str core_public_text(const CoreKeys *keys, Arena *arena);
