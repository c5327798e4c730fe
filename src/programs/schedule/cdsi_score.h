// One case of CDC against the engine's answer, on four levels.
//
//   A status   the group's status is the case's
//   B dates    A, and where a dose is asked for its three days are equal (an empty past due is empty)
//   C number   B, and the number of that dose is equal
//   D doses    every dose has the case's status (asked for itself)
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cdsi_cases.h"

typedef struct CdsiScore {
    bool status, dates, number, doses, reasons;
} CdsiScore;

static inline bool cdsi_score_all(CdsiScore score)
{
    return score.status && score.dates && score.number && score.doses;
}

CdsiScore cdsi_score(const Schedule *schedule, const CdsiCase *of, const Assessment *answer);

// The forecast of the case's group that is compared; NULL when no series is best there. Where a group
// has two, for people at risk and for everybody, no rule of CDC's says which one a case shows: it is
// compared with either, and the one that meets more of its levels counts.
const MergedAssessment *cdsi_compared(const Schedule *schedule, const CdsiCase *of,
                                      const Assessment *answer);
// Its number: beside another forecast of the same group all doses valid in any of them count.
int cdsi_number(const Schedule *schedule, const CdsiCase *of, const Assessment *answer,
                const MergedAssessment *got);
// How a dose was judged: valid if any best series of the group says so, else as the first does.
// NULL when none has judged it.
const DoseVerdict *cdsi_dose(const Schedule *schedule, const CdsiCase *of, const Assessment *answer,
                             int entry);
// CDC's words: "Not Complete", "Aged Out"; "Valid", "Extraneous".
Str cdsi_status_words(Status status);
Str cdsi_dose_words(const Schedule *schedule, Status status);
