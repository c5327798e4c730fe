// The roll: judges those anew of whom what is kept is not believed any more, and keeps the answer.
//
// Nobody reads a wrong answer before it: a reader judges those people himself (due_list.h). The roll makes them
// few. It judges from one picture of the ledger and keeps what it found in portions, each a short transaction;
// whoever is touched meanwhile is judged by the next one. Two at once: the one that began first ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "standing_rows.h"

// Version of the rules and of the engine: what another one has kept is not believed.
Str standing_judged_by(const Schedule *schedule, Arena *arena);

// May what is kept be asked for this day? Whom it does not speak of is in stale_set.h.
bool standing_speaks(const StandingState *state, const Schedule *schedule, Day as_of,
                     Arena scratch);

// Said where nothing is kept for the day asked about, and only what is kept may answer.
#define STANDING_MISSING                                                                                               \
    "この日の対象者の状態がまだ保存されていません。sesshu ledger standing roll を実行して" \
    "から、もう一度お試しください。"

typedef struct RollReport {
    int64_t judged;
    bool anew;  // everybody: nothing was kept, or by another engine, other rules or for later days
} RollReport;

typedef enum RollFrom {
    ROLL_ON,       // for the day of the roll before, where that was later
    ROLL_EXACTLY,  // for this day: where the roll before was for a later one, everybody anew
    ROLL_ANEW      // everybody
} RollFrom;

// No transaction may be open on the act's store.
MUST bool standing_roll(const Ledger *ledger, Day day, RollFrom from, RollReport *report,
                        Error *err);

// At the end of an act that wrote about people: the roll for its business day, unless it would have to judge
// more than these: then the night does it. What fails here has done no harm and is said in the log.
enum { RENEWED_MOST = 50000 };
void standing_renew(Act *act);
