// Where doses from abroad come from: what the paper said, and what a physician decided about it. Never
// overwritten: a decision is a new version.
//
// Law     実施要領 総論 (doses abroad); immunization.md 5.4, P5 and P6.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "vec.h"

typedef enum OriginSource {
    ORIGIN_CERTIFICATE = 1,
    ORIGIN_BOOKLET,
    ORIGIN_PHYSICIAN,
    ORIGIN_WORD,  // nobody's paper: kept, never counted
} OriginSource;

typedef enum OriginDecision {
    DECISION_NONE,
    DECISION_COUNTS,
    DECISION_DOES_NOT_COUNT
} OriginDecision;

typedef struct OriginRow {
    int32_t origin_id, person_id;
    PartialDate given_on;
    Str cvx, country, product_name;
    OriginSource source;
    OriginDecision decision;
    Str counts_as;  // products of the decision, separated by blanks; {0}: those of the table
    Str physician;
    Day decided_on;  // DAY_NONE: not decided
    int32_t replaces;
} OriginRow;
VEC(OriginRows, OriginRow, origins);

// What stands now, oldest first.
MUST bool origins_of_person(Store *store, int32_t person_id, KnownAt known, Arena *arena, OriginRows *rows,
                            Error *err);
// The same of many, a set of their numbers (key_set.h), by person, now.
MUST bool origins_of_persons(Store *store, Str persons, Arena *arena, OriginRows *rows, Error *err);
typedef const OriginRow *OriginRef;
VEC(OriginRefs, OriginRef, origin_refs);
MUST bool origins_insert(Store *store, const LedgerAct *act, const OriginRefs *origins, Error *err);
// These versions and their doses stand no longer.
MUST bool origins_end(Store *store, const LedgerAct *act, const OriginRefs *origins, Error *err);
