// Sets of people by what is kept of them.
//
// Stale: of whom it does not speak any more, touched by an act after $1, or judged for days before $2 only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#define STALE_PERSONS_SQL                                                      \
    "SELECT person_id FROM person_last_act WHERE act_no > CAST($1 AS integer)" \
    " UNION SELECT person_id FROM standing_person WHERE turns_on <= CAST($2 AS integer)"

// Whose standing may not be the same on two days: touched by an act after $3, turning up to the later day ($4), or
// judged after the earlier one ($5).
#define MOVED_PERSONS_SQL                                                                \
    "SELECT person_id FROM person_last_act WHERE act_no > CAST($3 AS integer)"           \
    " UNION SELECT person_id FROM standing_person WHERE turns_on <= CAST($4 AS integer)" \
    " UNION SELECT person_id FROM standing_person WHERE judged_on > CAST($5 AS integer)"
