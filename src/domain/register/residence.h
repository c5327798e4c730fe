// When a person was our resident.
//
// Law     A resident of this city on the day of a dose is the city's to vaccinate (予防接種法 第5条).
//         Moving out ends that on the day of the move: moved out on the 10th, the 9th was the last
//         day. A person who died on the 10th was a resident on the 10th.
//         Where the day is partly unknown, the latest reading ends it: a dose that may have been given
//         to a resident is not refused. What was reported has happened by the day of the report.
// Units   both ends included, no span ends before it begins; DAY_NONE as `first` = before our records, as `last` = still.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "vec.h"

typedef enum ResidenceEnd {
    RESIDENCE_OPEN,
    RESIDENCE_PLANNED,  // a move-out is announced; a resident until it is confirmed (転出予定)
    RESIDENCE_MOVED_OUT,
    RESIDENCE_DEAD,
    RESIDENCE_REMOVED,  // ex officio, or registered by mistake
} ResidenceEnd;

typedef struct ResidenceSpan {
    Day first, last;
    ResidenceEnd end;
    int32_t vague_days;  // the end may lie so many days before `last`; 0 = it is known
} ResidenceSpan;
VEC(ResidenceSpanRows, ResidenceSpan, residence_spans);

// The day of leaving as the register gives it, unknown parts 0 (2026-10-00): of a death the last day itself, else
// the day after. {0} of a span without an end.
PartialDate residence_left_on(const ResidenceSpan *span);

// Was the person our resident on `day`, as far as these spans know? A planned move-out counts from its
// day on, as the register removes the person on that day unless it is taken back.
bool resident_on(const ResidenceSpanRows *spans, Day day);
