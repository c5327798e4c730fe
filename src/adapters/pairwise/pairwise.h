// How the core makes a person's code for each organisation, and goes from one to another (linkage.md 2.3).
//
//     link   = HMAC-SHA-256(K_link, "link/v1" ‖ 0 ‖ resident record code), its first 16 bytes
//     K_o    = HKDF-SHA-256(K_master, info = "fugo/v1" ‖ 0 ‖ organisation ‖ 0 ‖ epoch)
//     code_o = AES-256-SIV(K_o, "fugo/v1", organisation, epoch; link), or the list-named form of it
//
// The same person and organisation always have the same code; a code that was changed, or is another organisation's,
// names nobody. There is no table from which all codes could be taken.
//
// Law     番号法 第21条の2; C-3.6-38. The construction is ours: the real one is not published.
// Memory  none. Keys, links and what is derived from them stay in the core and are wiped.
// Errors  E_KEY: the code names nobody (E_FUGO_FORGED of linkage.md).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"
#include "pairwise_code.h"
#include "secret.h"

enum { PAIRWISE_KEY_BYTES = 32 };

// AES-SIV (RFC 5297) is CMAC and CTR under one name that CRYPTREC's list does not have. A city that wants names of
// the list alone takes the other form: AES-256 on the one block of the link, and HMAC over that.
typedef enum PairwiseForm { PAIRWISE_SIV, PAIRWISE_LISTED } PairwiseForm;

typedef struct PairwiseKeys {
    const Secret *link, *master;  // PAIRWISE_KEY_BYTES each (asserted)
    PairwiseForm form;
} PairwiseKeys;

// Whose code it is, and in which epoch.
typedef struct PairwiseOwner {
    OrganisationCode organisation;
    int epoch;  // 1 to PAIRWISE_EPOCH_LAST (asserted)
} PairwiseOwner;

PersonLink person_link(const PairwiseKeys *keys, const ResidentRecordCode *code);
PairwiseCode pairwise_made(const PairwiseKeys *keys, const PairwiseOwner *owner,
                           const PersonLink *link);
MUST bool pairwise_opened(const PairwiseKeys *keys, const PairwiseOwner *owner,
                          const PairwiseCode *code, PersonLink *link, Error *err);
// The same person's code in another organisation.
MUST bool pairwise_translated(const PairwiseKeys *keys, const PairwiseOwner *from,
                              const PairwiseCode *code, const PairwiseOwner *to,
                              PairwiseCode *translated, Error *err);
