// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include "rules.h"

bool ledger_open(const CommandLine *line, Arena *arena, Ledger *ledger, Error *err)
{
    *ledger = (Ledger){0};
    if (!office_open(line, &ledger_office, arena, &ledger->office, err)) return false;
    if (!rules_embedded(arena, &ledger->schedule, err)) return false;
    if (!foreign_codes_embedded(ledger->schedule, arena, &ledger->foreign, err)) return false;
    if (!product_numbers_read(ledger->office.store, ledger->schedule, arena, &ledger->products,
                              err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, arena);
    return true;
}

void ledger_close(Ledger *ledger)
{
    office_close(&ledger->office);
}

bool ledger_products_complete(Ledger *ledger, Error *err)
{
    Office *office = &ledger->office;
    if (!product_numbers_complete(office->store, ledger->schedule, office->arena, &ledger->products,
                                  err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, office->arena);
    return true;
}
