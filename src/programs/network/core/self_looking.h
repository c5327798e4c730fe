// わたしの情報: a citizen asks at the portal what an organisation keeps of him, and reads what came (self_message.h).
//
// Law     linkage.md 3.4, 12.3: an organisation that hides it from him (自己情報提供不可) is not among those that he may ask, and what it
//         told before is not shown any more.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "citizen.h"
#include "copy_message.h"
#include "self_view_rows.h"

// Whom he may ask: who got a code for him, and does not hide it.
MUST bool self_holders(Act *act, const Sha256 *person, Arena *arena, Holders *rows, Error *err);
// Lays the question into the box of `whose`. E_NOT_FOUND: not among these. Inside the writing transaction.
MUST bool self_look(Act *act, const Citizen *citizen, const OrganisationCode *whose, Arena scratch, Error *err);

typedef enum SelfStand { SELF_NEVER_ASKED, SELF_UNDER_WAY, SELF_NOTHING, SELF_SEEN } SelfStand;
typedef struct SelfSight {
    SelfStand stand;
    Instant asked_at;
    CopyAnswer answer;  // of SELF_SEEN
} SelfSight;
// The last that was asked of `whose`, who is among self_holders. Opened texts live in `arena`.
MUST bool self_seen(Act *act, const Sha256 *person, const OrganisationCode *whose, Arena *arena, SelfSight *sight, Error *err);
