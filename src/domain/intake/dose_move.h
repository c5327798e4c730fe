// A dose that was stored for the wrong person, and what becomes of it once somebody has accepted that it is another's
// (訂正 of the person, D307).
//
// Safe    the version of the wrong person is closed with the reason 別人 and never changed; the dose itself goes on as a
//         version of the right person that names the one before. Where the right person has the dose already nothing
//         is stored twice; where that is doubtful nothing moves.
// Pure    no clock, no store; person_correction.h carries it out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_sameness.h"

#define DOSE_MOVED_REASON S("別人")

typedef enum DoseMoveRefusal {
    MOVE_AGREED,
    MOVE_GONE,      // the stored version stands no longer: somebody else was quicker
    MOVE_NOBODY,    // it is the right person's already
    MOVE_DOUBTFUL,  // the right person has one that may be the same: decide that first
} DoseMoveRefusal;

typedef struct DoseMove {
    DoseMoveRefusal refusal;
    SamenessDoubt doubt;  // of MOVE_DOUBTFUL
    bool stores;  // a version for the right person; else that dose is there already (`same_as`)
    int64_t same_as;
} DoseMove;

typedef struct DoseMoveAsked {
    int32_t from_person, to_person;
    bool stands;            // the stored version, now
    const KnownDose *sent;  // the accepted row as a dose of the right person
    const KnownDose *known;
    ptrdiff_t known_count;  // of the right person
} DoseMoveAsked;

DoseMove dose_move(const DoseMoveAsked *asked);
