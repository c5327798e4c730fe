// What the register gives the ledger no longer (difference.h, `withheld`): it is erased from every version, ended ones too.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "consumer.h"
#include "store.h"

// Inside the transaction that takes the first page under the new right. What the ledger is never without (consumer.h) is
// not among `items` (asserted).
MUST bool withheld_erase(Store *store, ToldItems items, Error *err);
