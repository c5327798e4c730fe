// What somebody wants to know of the rules: on which day, against which other, tried on whom. Typed into one form,
// carried in the address as a text of this session.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_routes.h"

#define RULES_ALL S("all")  // the vaccine of a path that means all of them

typedef struct RulesAsked {
    Day on, against, birth;  // `against`, `birth` DAY_NONE: not asked; a child of the day is meant
    int32_t sex;             // SEX_MALE, SEX_FEMALE
} RulesAsked;

// {asked} of the path, or what is asked where the path has none.
MUST bool rules_asked(const Visit *visit, int variable, RulesAsked *asked, Error *err);
MUST bool rules_sealed(const Visit *visit, const RulesAsked *asked, Str *sealed, Error *err);
// From the form. E_DATE_FORMAT, E_MISSING, E_RANGE with words.
MUST bool rules_typed(const Visit *visit, RulesAsked *asked, Error *err);
// The form again, with these values; `refused` {0}: nothing was.
MUST bool rules_form(const Visit *visit, Str vaccine, const RulesAsked *asked, Str refused,
                     Markup *form, Error *err);

// The two pages, of the vaccine in the path or of all.
MUST bool rules_draw(Visit *visit, const RulesAsked *asked, Str refused, Error *err);
MUST bool vaccine_draw(Visit *visit, const RulesAsked *asked, Str refused, Error *err);
