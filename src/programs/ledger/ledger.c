// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include "rules.h"

bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err)
{
    *ledger = (Ledger){.act = act};
    if (!rules_embedded(arena, &ledger->schedule, err)) return false;
    ledger->words = (PaperSource){ledger->schedule};
    if (!foreign_codes_embedded(ledger->schedule, arena, &ledger->foreign, err)) return false;
    if (!product_numbers_read(act->store, ledger->schedule, arena, &ledger->products, err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, arena);
    return true;
}

bool ledger_products_complete(Ledger *ledger, Error *err)
{
    const Act *act = ledger->act;
    if (!product_numbers_complete(act->store, ledger->schedule, act->arena, &ledger->products, err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, act->arena);
    return true;
}
