// The facts that are compared, sealed in one column.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "four_facts.h"
#include "sealed_texts.h"

// Four texts, in this order.
enum { FACTS_TEXTS = 4 };
void facts_texts(const FourFacts *facts, Arena *arena, Str texts[FACTS_TEXTS]);
// False: they are not what facts_texts writes.
bool facts_of_texts(const Str texts[FACTS_TEXTS], FourFacts *facts);

MUST bool facts_seal(Keys *keys, SealPlace place, const FourFacts *facts, Arena *arena, Bytes *sealed, Error *err);
MUST bool facts_open(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, FourFacts *facts, Error *err);
// E_STORE: what is sealed there is not what was sealed.
bool facts_unreadable(Error *err);
