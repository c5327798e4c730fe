// What the screens ask of the register: when a person's versions came, and who lives with whom.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_rows.h"

typedef struct VersionCame {
    int32_t version_no;
    Instant at;
    Str file;  // that brought it
} VersionCame;
VEC(VersionCames, VersionCame, version_cames);

// In the order of the versions.
MUST bool versions_came(Store *store, int64_t person_id, Arena *arena, VersionCames *came,
                        Error *err);

enum { HOUSEHOLD_SHOWN_MOST = 50 };

typedef struct HouseholdMember {
    AddresseeNo who;
    RegisterVersion now;
} HouseholdMember;
VEC(HouseholdMembers, HouseholdMember, household_members);

// Everybody whose newest version is of this household, the eldest first; at most HOUSEHOLD_SHOWN_MOST.
MUST bool household_read(Store *store, Keys *keys, int64_t key, Arena *arena,
                         HouseholdMembers *members, Error *err);
