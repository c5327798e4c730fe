// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include "folder_texts.h"
#include "rules.h"

#define CITY_RULES "city-rules.json"

// The country's rules, with the city's own rows over them where its data directory has some.
static bool rules_open(Ledger *ledger, Arena *arena, Error *err)
{
    EmbeddedFile *city = NEW(arena, EmbeddedFile, 1);
    const char *path = office_path(ledger->act->office, CITY_RULES, arena);
    if (!file_text_if_any(path, arena, city, err)) return false;
    if (city->name) ledger->city_rules = city;
    return rules_of_city(ledger->city_rules, arena, &ledger->schedule, NULL, err);
}

bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err)
{
    *ledger = (Ledger){.act = act};
    if (!rules_open(ledger, arena, err)) return false;
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
