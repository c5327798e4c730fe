// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include "office_rules.h"

bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err)
{
    OfficeRules rules;
    *ledger = (Ledger){.act = act};
    if (!office_rules(act->office, arena, &rules, err)) return false;
    ledger->schedule = rules.words.schedule;
    ledger->city_rules = rules.city;
    ledger->words = rules.words;
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
