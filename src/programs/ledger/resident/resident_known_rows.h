// Residents as the ledger holds them, many with one question each: what a page of changes is decided against.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_change.h"
#include "store.h"

typedef struct KnownVersion {  // what deciding and matching ask of a stored version
    int32_t version_id, version_no;
    Instant recorded_at;
    ToldItems withheld;  // as it was told
    bool stands;
    Day occurred_on;
    int64_t birth;  // partial_number
    int32_t sex, status, printed_name, protection;
    Str name, name_kana, name_roman, alias, alias_kana, household_no, address, building;
} KnownVersion;
VEC(KnownVersions, KnownVersion, known_versions);

typedef struct Resident {
    int32_t person_id;  // 0: the ledger does not know this number yet
    Str addressee_no;
    bool stored;             // the person's row, the keys of matching
    int64_t birth, sex;      // of the person's row
    KnownVersions versions;  // all, by version_no, version_id
    ResidenceSpanRows spans; // that stand
    int32_t first_match;     // of the keys that are planned; 0: none
} Resident;
VEC(Residents, Resident, residents);

// Those of the numbers in `changes` whom the ledger knows, in order of person_id.
MUST bool residents_known(Store *store, const PersonChangeRows *changes, Arena *arena, Residents *residents,
                          Error *err);
