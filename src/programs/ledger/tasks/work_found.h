// Work that is no row of the ledger but follows from what stands in it: it is there as long as that stands, and
// settled by whatever changes it.
//
// Kinds   old_circumstance: a day on which some circumstance was over, of no vaccine (long_term_recovered): the
//         series of which the person was a target in the five years before are proposed.
//         birth_year: a birth date without a month, or none: nothing is forecast. birth_month: for some
//         series the answer hangs on the day.
//         contraindicated, refused, mail_returned: a registration that keeps letters from a resident.
//         review: a row of a submission that waits for a decision (resolve.h), with its candidates.
//         file_expected, judgement_changed, envelope: work_count_rows.h, work_count.h, envelope_rows.h; its words are the
//         batch's number.
//         certificate: one that was issued and speaks of a dose that was corrected or cancelled since.
//         inquiry: one that is over and nobody has settled, or is under way for INQUIRY_LATE_DAYS.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "work_rows.h"

// Adds to `rows`, behind what is there. `kind`: these alone; {0}: all.
MUST bool work_found(const Ledger *ledger, Str kind, Day as_of, Arena *arena, WorkRows *rows,
                     Error *err);
