// A page of the difference: what every change makes of the ledger's copy, decided in memory and written at once.
//
// Versions are kept whole: what a change withdraws stays stored and ends with the act that heard of it. `person`,
// `match_version` and `match_name` are pictures made from the versions that stand; nothing else reads a version to
// judge.
//
// Privacy No Individual Number exists here. Of a protected person (支援措置) nothing is kept that says where he or she
//         is, in no version: who comes under protection loses the clear place of all of them in the same
//         transaction. Who that is says the addressee program alone, per person and change.
// Turn    deciding reads, writing takes the turn; the numbers that were given say whether anything moved between.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "map.h"
#include "person_rows.h"
#include "resident_known_rows.h"
#include "seal.h"

typedef struct ResidentNumbers {  // the next free ones
    int32_t person, before, span, version, match;
} ResidentNumbers;

// The person's row: name as papers print it, and what lists ask for.
typedef struct PersonPicture {
    int32_t person_id;
    Str addressee_no;  // of somebody new
    Str name;
    int64_t birth, sex, status;
    bool is_protected, withdrawn;
} PersonPicture;
VEC(PersonPictures, PersonPicture, person_pictures);

typedef struct PlannedBefore {
    int32_t before_id, person_id;
    int64_t birth, sex;
} PlannedBefore;
VEC(PlannedBefores, PlannedBefore, planned_befores);

typedef struct PlannedEnd {  // of a version that is stored
    int32_t person_id, version_no;
} PlannedEnd;
VEC(PlannedEnds, PlannedEnd, planned_ends);

typedef struct PlannedVersion {
    int32_t version_id, person_id;
    const PersonChange *change;
    bool ended;  // by a later change of the page
} PlannedVersion;
VEC(PlannedVersions, PlannedVersion, planned_versions);

typedef struct PlannedSpan {
    int32_t span_id, person_id;
    ResidenceSpan span;
    bool ended;
} PlannedSpan;
VEC(PlannedSpans, PlannedSpan, planned_spans);


typedef struct PlannedForget {  // of the place of all versions before one
    int32_t person_id, protection, before_version;
} PlannedForget;
VEC(PlannedForgets, PlannedForget, planned_forgets);

typedef struct PlannedHold {  // a hold that begins or ends; `healed`: a whole change came instead
    int32_t person_id;
    const PersonChange *change;
    bool healed;
} PlannedHold;
VEC(PlannedHolds, PlannedHold, planned_holds);

typedef struct PlannedMailings {  // all that stand from now on
    int32_t person_id;
    const PersonChange *change;
} PlannedMailings;
VEC(PlannedMailingRows, PlannedMailings, planned_mailings);

typedef Resident *ResidentRef;
VEC(ResidentRefs, ResidentRef, resident_refs);

typedef struct ResidentPlan {
    Store *store;
    const Keys *keys;
    Arena *arena;
    ResidentNumbers first, next;  // before the page, and now
    int64_t parked;               // persons of whom a change could not be told, open before or in this page
    Map at;                       // residents of the page by number, counted from 1
    ResidentRefs residents;
    PersonPictures fresh, pictures;
    PlannedBefores befores;
    PlannedEnds ends;
    PlannedVersions versions;
    ResidentIds span_ends;
    PlannedSpans spans;
    PlannedForgets forgets;
    PlannedHolds holds;
    PlannedMailingRows mailings;
} ResidentPlan;

// Reads whom the changes are about. They live as long as the plan.
MUST bool resident_plan_begin(ResidentPlan *plan, Store *store, const Keys *keys, const PersonChangeRows *changes,
                              Arena *arena, Error *err);
// Those whom the ledger knows already. For whoever reads them.
void resident_plan_know(ResidentPlan *plan, Residents *known);
// Decides one change: a hold (resident_hold_rows.h), or the version, what it withdraws, where the person lived, and
// the pictures; or where post goes. A version that is stored already changes nothing, nor does what is told of somebody
// whom the ledger does not know: false.
bool resident_plan_change(ResidentPlan *plan, const PersonChange *change);

// Inside the writing transaction. `*moved`: somebody else gave numbers meanwhile, and nothing was written.
MUST bool resident_plan_write(ResidentPlan *plan, const LedgerAct *act, bool *moved, Error *err);
