// 送付先, as 宛名管理 told them: all that stand of a person, and what stood before ended.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "mailing.h"
#include "vec.h"

typedef struct PersonMailing {
    int32_t person_id;
    MailingAddress mailing;
} PersonMailing;
VEC(PersonMailings, PersonMailing, person_mailings);

// `persons`: a KeySet of their numbers. By person, as they became known.
MUST bool mailings_of_persons(Store *store, Str persons, Arena *arena, PersonMailings *rows, Error *err);
// Those told stand from this act on, and no others; the same again changes nothing.
MUST bool mailings_store(Store *store, const LedgerAct *act, int32_t person_id, const MailingAddresses *told, Arena scratch,
                         Error *err);
