// Letters once more: a batch that was spoilt, or the letter of one person that never arrived.
//
// They are drawn from what is true today: who has died, moved, been vaccinated or come under protection since gets
// none, and whoever has moved within the city gets it at the new address.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"
#include "notice_rows.h"

// Of the rows those about which somebody was written to then.
void notice_sent_only(const NoticeSent *sent, const Schedule *schedule, DueRows *rows);
// Of what was sent only what went to this person.
void notice_sent_to(NoticeSent *sent, int32_t person_id);
