// 情報提供許可証: the core's signed, short, single permission for one organisation to ask another about one person.
//
// Law     番号法 第19条第8号, 第21条; C-3.6-05, C-3.6-27, C-3.6-28, C-2.5-06: no inquiry leaves without a permit, one permit
//         is good for one answer, and whoever asks, the core and whoever answers each look for themselves.
// Copies  each side has its own: with the person's code in that organisation and, for the provider, the way back. What
//         both have in common is the permit; its hash is what an answer is bound to (linkage.md 3.2).
// Pure    signature, hashes, what was used before and the moment are facts that the caller brings. A sight of zeros
//         is refused at each stage.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list.h"
#include "pairwise_code.h"

enum { PERMIT_ID_BYTES = 16, PERMIT_HASH_BYTES = 32, ROUTE_MOST = 64 };
#define PERMIT_LIFE_ONLINE (10 * INSTANT_MINUTE)
#define PERMIT_LIFE_BULK   INSTANT_DAY  // also the longest that a message may carry

typedef struct PermitId {  // random; zeroed: none
    unsigned char at[PERMIT_ID_BYTES];
} PermitId;

typedef struct PermitHash {  // SHA-256 of a permit, or of a one-time key
    unsigned char at[PERMIT_HASH_BYTES];
} PermitHash;

// What both copies have in common.
typedef struct Permit {
    PermitId id;
    InquiryNo inquiry;
    Question question;
    PermitHash key;    // of the inquirer's one-time key
    bool undisclosed;  // 不開示: the citizen's view does not show it
    int64_t list_version;
    Instant issued_at, expires_at;
} Permit;

typedef struct RouteName {  // host that stands behind the inquirer; empty in the inquirer's copy
    char at[ROUTE_MOST + 1];
} RouteName;

typedef struct PermitCopy {
    Permit permit;
    LinkageRole holder;
    PairwiseCode code;  // the person's, in the holder's organisation
    RouteName route;
} PermitCopy;

bool permit_id_same(const PermitId *a, const PermitId *b);
bool permit_hash_same(const PermitHash *a, const PermitHash *b);
// The same word for word, but for what the core fills in: id, list, moments.
bool permit_asks_the_same(const Permit *a, const Permit *b);

// ---- the checks

typedef enum PermitStage {
    STAGE_ASKING = 1,     // the inquirer's server, before it asks the core
    STAGE_ISSUING = 2,    // the core
    STAGE_RECEIVING = 4,  // the inquirer's server, with the permit in its hand
    STAGE_ANSWERING = 8,  // the provider's server
} PermitStage;

typedef struct PermitSight {
    PermitStage stage;
    Instant now;
    const Permit
        *permit;  // ASKING, ISSUING: what is asked for; its id, list and moments are not read yet
    const AllowList *list;  // one's own copy
    const OwnItems *own;    // ASKING, ANSWERING
    bool code_known;  // ASKING: a code is held and undoubted; ISSUING: it opened as the inquirer's
    bool suspended;   // ISSUING: inquirer, provider or all linkage is frozen
    const OrganisationCode *me;  // ISSUING: whom the connection belongs to
    // RECEIVING, ANSWERING
    const PermitCopy *copy;  // `permit` is its permit
    bool signature_valid;    // of the core, over the copy
    const PermitHash *key;   // of the key that lies before us
    const Permit *asked;     // RECEIVING: as it was asked for
    bool used;               // ANSWERING: something was answered or refused by this permit before
} PermitSight;

typedef enum PermitNo {
    PERMIT_YES,
    PERMIT_FORGED,           // E501
    PERMIT_WRONG_RECIPIENT,  // E501: the inquirer, or the provider, is somebody else
    PERMIT_OTHER_KEY,        // E501
    PERMIT_NOT_YET,          // E401: issued in times to come
    PERMIT_EXPIRED,          // E401
    PERMIT_OTHER_QUESTION,   // E501
    PERMIT_USED,             // E503
    PERMIT_LIST_STALE,       // E301: our own copy is too old to go by
    PERMIT_LIST_OLDER,       // E301: issued by an older list than ours
    PERMIT_LIST_BEHIND,      // E301: ours is older than the one it was issued by: fetch it, look again
    PERMIT_NOT_ALLOWED,      // E301
    PERMIT_NOT_OURS,         // E301: not in the city's own assessment
    PERMIT_NO_CODE,          // E101
    PERMIT_SUSPENDED,        // E303
    PERMIT_NO_COUNT
} PermitNo;

// The first objection; PERMIT_YES where every check of the stage holds.
PermitNo permit_objection(const PermitSight *sight);
const char *permit_no_code(PermitNo no);  // "E301"; "" for PERMIT_YES
Str permit_no_words(PermitNo no);         // one polite sentence; {0} for PERMIT_YES
