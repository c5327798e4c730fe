// A row under review beside each resident whom it may mean, for a person who decides.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_source_rows.h"
#include "ledger.h"
#include "match_rows.h"
#include "match_signs.h"
#include "review_rows.h"
#include "submission.h"

typedef struct ReviewBeside {
    ReviewCandidate who;
    const MatchPerson *person;  // NULL: gone since
    const MatchVersion *now;    // as registered last
    MatchSigns signs;
    bool other;  // no candidate: somebody searched for him or her
} ReviewBeside;
VEC(ReviewBesides, ReviewBeside, review_besides);

typedef struct ReviewShown {
    ReviewRow row;
    WaitingRow waiting;
    Submission sheet;  // the row as it was kept; empty when it was not
    bool kept;
    ReviewBesides besides;
    SentDoses asked;  // records that stand and that the row may mean, of the candidates and of others
    MatchReader *matches;  // who holds what `besides` points at: the caller closes it, also after a failure
} ReviewShown;

// E_NOT_FOUND, E_CONFLICT as review_find. `other`: one more, behind the candidates; NULL: nobody.
MUST bool review_shown(Ledger *ledger, int32_t row_id, const AddresseeNo *other, Arena *arena, ReviewShown *shown,
                       Error *err);
// The row alone: `besides` and `matches` stay empty.
MUST bool review_sheet_shown(Ledger *ledger, int32_t row_id, Arena *arena, ReviewShown *shown, Error *err);
