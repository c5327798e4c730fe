// SPDX-License-Identifier: Apache-2.0
#include "ledger_routes.h"

ROUTES(LEDGER_ROUTES, ledger_routes)

// Rules are read once for each handler; products may have been met since.
bool visit_ledger(const Visit *visit, Ledger *ledger, Error *err)
{
    *ledger = *(const Ledger *)visit->program;
    ledger->act = visit->act;
    if (!product_numbers_read(visit->act->store, ledger->schedule, visit->arena, &ledger->products,
                              err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, visit->arena);
    return true;
}
