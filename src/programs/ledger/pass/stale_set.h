// Whom what is kept does not speak of any more: touched by an act after $1, or judged for days before $2 only.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#define STALE_PERSONS_SQL                                                      \
    "SELECT person_id FROM person_last_act WHERE act_no > CAST($1 AS integer)" \
    " UNION SELECT person_id FROM standing_person WHERE turns_on <= CAST($2 AS integer)"
