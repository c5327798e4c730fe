// One dose as a record of the copies: the items that others may read, and none of the rest.
//
// Law     linkage.md 5.3: no notes, no answers of a 予診票, no account; 6.4: of a protected person not where it was given.
// Pure    codes come from data/linkage/copy-codes.tsv; what has no code there is "other", or has no value with its reason.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "copy_checks.h"
#include "copy_rows.h"

typedef struct CopyMaking {
    const CopyCodes *codes;
    const Str *product_codes;       // Products.code_of
    MunicipalityCode recorded_by;   // our city
} CopyMaking;

CopyKey copy_key_of(int32_t dose_id);        // "D4711"
int32_t copy_key_dose(const CopyKey *key);   // 0: it is none of ours
// Values live in `arena`, or where those of the dose and the codes live.
CopyRecord copy_of_dose(const CopyMaking *making, const CopyDose *dose, Arena *arena);
