// SPDX-License-Identifier: Apache-2.0
#include "product_facts.h"

#include "calendar.h"

enum {
    C_ROTA = 1 << 0,
    C_HBV = 1 << 1,
    C_HIB = 1 << 2,
    C_PNC = 1 << 3,
    C_D = 1 << 4,
    C_P = 1 << 5,
    C_T = 1 << 6,
    C_POLIO = 1 << 7,
    C_TB = 1 << 8,
    C_M = 1 << 9,
    C_R = 1 << 10,
    C_VZV = 1 << 11,
    C_JE = 1 << 12,
    C_HPV = 1 << 13,
    C_RSV = 1 << 14,
    C_FLU = 1 << 15,
    C_SARS2 = 1 << 16,
    C_MUMPS = 1 << 17,
};

typedef struct ProductFacts {
    const char *code;
    uint32_t components;
    int16_t volume_ml100;        // 0: by brand, or none
    int16_t young_years;         // below this age ...
    int16_t young_volume_ml100;  // ... this much
    bool needs_due_date;
} ProductFacts;

// clang-format off
static const ProductFacts table[] = {
    {"RV1",         C_ROTA,                           150, 0,  0,  false},
    {"RV5",         C_ROTA,                           200, 0,  0,  false},
    {"HBV",         C_HBV,                            50,  10, 25, false},
    {"HIB",         C_HIB,                            50,  0,  0,  false},
    {"PCV7",        C_PNC,                            50,  0,  0,  false},
    {"PCV13",       C_PNC,                            50,  0,  0,  false},
    {"PCV15",       C_PNC,                            50,  0,  0,  false},
    {"PCV20",       C_PNC,                            50,  0,  0,  false},
    {"PPSV23",      C_PNC,                            50,  0,  0,  false},
    {"DPT-IPV-HIB", C_D | C_P | C_T | C_POLIO | C_HIB, 50, 0,  0,  false},
    {"DPT-IPV",     C_D | C_P | C_T | C_POLIO,        50,  0,  0,  false},
    {"DPT",         C_D | C_P | C_T,                  50,  0,  0,  false},
    {"IPV",         C_POLIO,                          50,  0,  0,  false},
    {"OPV",         C_POLIO,                          5,   0,  0,  false},
    {"DT",          C_D | C_T,                        10,  0,  0,  false},
    {"BCG",         C_TB,                             0,   0,  0,  false},
    {"MR",          C_M | C_R,                        50,  0,  0,  false},
    {"M",           C_M,                              50,  0,  0,  false},
    {"R",           C_R,                              50,  0,  0,  false},
    {"VAR",         C_VZV,                            50,  0,  0,  false},
    {"ZVL",         C_VZV,                            50,  0,  0,  false},
    {"RZV",         C_VZV,                            50,  0,  0,  false},
    {"JE-MB",       C_JE,                             50,  3,  25, false},
    {"JE",          C_JE,                             50,  3,  25, false},
    {"HPV2",        C_HPV,                            50,  0,  0,  false},
    {"HPV4",        C_HPV,                            50,  0,  0,  false},
    {"HPV9",        C_HPV,                            50,  0,  0,  false},
    {"RSVM",        C_RSV,                            50,  0,  0,  true },
    {"INF",         C_FLU,                            50,  0,  0,  false},
    {"INF-HD",      C_FLU,                            70,  0,  0,  false},
    {"COVID",       C_SARS2,                          0,   0,  0,  false},
    {"MUMPS",       C_MUMPS,                          50,  0,  0,  false},
};
// clang-format on

static const ProductFacts *facts_of(Str code)
{
    for (ptrdiff_t i = 0; i < countof(table); i++)
        if (str_equal(str_of(table[i].code), code)) return &table[i];
    return NULL;
}

uint64_t product_components(Str code)
{
    const ProductFacts *facts = facts_of(code);
    return facts ? facts->components : 0;
}

int32_t product_volume_ml100(Str code, Day birth, Day day)
{
    const ProductFacts *facts = facts_of(code);
    if (!facts) return 0;
    bool young = facts->young_years && day < age_attained(birth, facts->young_years);
    return young ? facts->young_volume_ml100 : facts->volume_ml100;
}

bool product_needs_due_date(Str code)
{
    const ProductFacts *facts = facts_of(code);
    return facts && facts->needs_due_date;
}

enum { DAYS_OF_PREGNANCY = 280 };

bool fact_is_due_date(Str kind)
{
    return str_equal(kind, S("edd"));
}

Day pregnancy_began(Day due)
{
    return due - DAYS_OF_PREGNANCY;
}

bool same_pregnancy(Day due, Day other_due)
{
    Day apart = due < other_due ? other_due - due : due - other_due;
    return apart < DAYS_OF_PREGNANCY / 2;
}
