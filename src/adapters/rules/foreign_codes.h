// What a vaccination abroad counts for in this country's schedule: one row per CVX code (CDC's list of
// vaccines administered), in rules/foreign/cvx.csv.
//
// Columns CVX,名称,数え方,製品,理由. 数え方 is 数える (製品: ids of the rules, separated by blanks, each a dose
//         of its own), 医師の判断 (not counted until a physician has decided) or 数えない (no series asks for it).
// Law     実施要領 総論: doses abroad are never routine; what counts as received already is a doctor's
//         judgement that the city confirms (immunization.md 1.3, 5.4). The table says where that judgement
//         is the same for everybody.
// Memory  the table and its texts live in the arena.
// Errors  E_FILE_LAYOUT, E_CODE_UNKNOWN, E_MISSING, E_CONFLICT with row, item and value. Refused whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "schedule.h"
#include "vec.h"

enum { FOREIGN_PARTS_MAX = 4, FOREIGN_CVX_MAX = 3 };

typedef enum ForeignRule {
    FOREIGN_COUNTS,
    FOREIGN_JUDGEMENT,
    FOREIGN_NOTHING,
} ForeignRule;

typedef struct ForeignCode {
    Str cvx;   // two or three digits
    Str name;  // as people read it
    ForeignRule rule;
    Str products[FOREIGN_PARTS_MAX];  // ids of the rules; none unless FOREIGN_COUNTS
    int product_count;
    Str why;  // remark; never empty where a judgement is asked for
} ForeignCode;
VEC(ForeignCodes, ForeignCode, foreign_codes);

// Digits as people write them ("3", "０３") to the form of the table ("03"). E_MISSING, E_NUMBER_FORMAT.
MUST bool foreign_cvx_read(Str written, Arena *arena, Str *cvx, Error *err);

// The table that was built into the program; its products are those of `schedule`.
MUST bool foreign_codes_embedded(const Schedule *schedule, Arena *arena, ForeignCodes *codes,
                                 Error *err);
MUST bool foreign_codes_load(Str text, const Schedule *schedule, Arena *arena, ForeignCodes *codes,
                             Error *err);
// Two letters that ISO 3166-1 has given to a country, and XK, by which everybody calls Kosovo: rules/foreign/countries.txt.
bool foreign_country_known(Str code);
// NULL: the table does not know the code.
const ForeignCode *foreign_code_find(const ForeignCodes *codes, Str cvx);
