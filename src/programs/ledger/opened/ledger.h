// The immunization ledger as one act sees it: the rules in force, the products by number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "job.h"
#include "judge.h"
#include "papers.h"
#include "rules.h"

extern const OfficeProgram ledger_office;  // doors.c

typedef struct Ledger {
    Act *act;
    KnownAt known;  // what of the ledger it answers from; now, unless opened as of a day
    Day known_on;   // that day
    const Schedule *schedule;
    const EmbeddedFile *city_rules;  // the city's own rows over the country's; NULL: none
    ForeignCodes foreign;
    Products products;
    Judge judge;
    PaperSource words;
    RuleTexts rule_texts;
} Ledger;

// Loads the rules. Nothing to close.
MUST bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err);
// The same as it was at the end of business day `day`: what had been recorded by then, judged by the rules that were
// in use (rule_use_rows.h). DAY_NONE: now. E_NOT_FOUND: nothing had been recorded; E_RULE: the texts of those rules
// were not kept, or this program does not understand them.
MUST bool ledger_open_known(Act *act, Day day, Arena *arena, Ledger *ledger, Error *err);
// The ledger with the rules by which it judged on `day`: `now` itself from the day on as of which it answers, and
// where they were the same or nothing says which. Texts that nobody kept are told, and `now` judges.
MUST bool ledger_of_day(const Ledger *now, Day day, Arena *arena, const Ledger **then, Error *err);

// The products as they are numbered now: others may have met new ones since the ledger was opened.
MUST bool ledger_products_again(Ledger *ledger, Error *err);
// Gives numbers to products that the ledger has not met yet; inside the open transaction.
MUST bool ledger_products_complete(Ledger *ledger, Error *err);
