// Who is due, asked about one person at a time: for whoever looks again at some of a list (due_list.h).
//
// Judges afresh, whatever is kept.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"

typedef struct DueAgain DueAgain;

DueAgain *due_again(const Ledger *ledger, const DueWanted *wanted, Arena *arena);
void due_again_close(DueAgain *again);  // NULL is fine
// In an open transaction of `store`. By series; the rows stay until the next person is asked about.
MUST bool due_of_person(DueAgain *again, Store *store, int32_t person_id, DueRows *rows, Error *err);
