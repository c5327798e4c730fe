// Letters once more: a batch that was spoilt, or the letter of one person that never arrived.
//
// They are drawn from what is true today: who has died, moved, been vaccinated or come under protection since gets
// none, and whoever has moved within the city gets it at the new address.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_batch.h"

// Of the rows those about which somebody was written to then. `due_still`, by row of what was sent: has it one? NULL:
// nobody asks.
void notice_sent_only(const NoticeSent *sent, const Schedule *schedule, DueRows *rows, bool *due_still);
// Of what was sent only what went to this person.
void notice_sent_to(NoticeSent *sent, int32_t person_id);
// Whoever was written to then and is not due any more, each with why, added to the report. In an open transaction.
MUST bool notice_sent_gone(const Ledger *ledger, const NoticesAsked *asked, const bool *due_still, Arena *arena,
                           NoticesReport *report, Error *err);
