// What a vaccination abroad counts for, in words: by the table of CVX codes, or by a physician's decision.
//
// Law     実施要領 総論; immunization.md 5.4 (P5, P6).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "foreign_codes.h"
#include "origin_rows.h"

typedef enum ForeignStandingKind {
    STANDING_COUNTS,   // as `products`
    STANDING_WAITS,    // a physician must decide
    STANDING_NOTHING,  // counts for nothing
} ForeignStandingKind;

typedef struct ForeignStanding {
    ForeignStandingKind kind;
    Str name;      // of the vaccine; {0}: the table does not know the code
    Str products;  // ids of the rules, separated by blanks
    Str why;       // {0}: nothing to be said
} ForeignStanding;

ForeignStanding foreign_standing(const ForeignCodes *codes, const OriginRow *origin, Arena *arena);

const char *origin_source_text(OriginSource source);  // as files have it: "接種証明書"
const char *standing_text(ForeignStandingKind kind);  // "counts"
