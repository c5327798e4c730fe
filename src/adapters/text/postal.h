// Postal codes of the city, from Japan Post's free list: one town each; the general codes of the wards (…00) and
// those of large users are not among them. Those of the made-up city's namesake are built in
// (data/kitakyushu-postal.csv); any other city puts its own file, of the same columns, into its data directory.
//
// A code outside it is a warning at most: new ones appear monthly, and large users have their own.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_code.h"

typedef struct PostalTown {
    PostalCode postal_code;
    MunicipalityCode municipality;  // the ward
    Str ward,
        town;  // as addresses write them: 小倉北区, 馬借; of a city without wards its own name
} PostalTown;

typedef struct PostalTowns {  // in order of code
    const PostalTown *at;
    int count;
} PostalTowns;

MUST bool postal_load(Arena *arena, PostalTowns *towns, Error *err);
// Those of the file; the built-in ones where no such file lies. Any order of rows, UTF-8 or CP932. E_FILE_…, E_MISSING
// and the errors of codes, with row and item.
MUST bool postal_load_own(const char *path, Arena *arena, PostalTowns *towns, Error *err);

// Towns that share a code stand side by side; count 0 when there is none.
PostalTowns postal_find(PostalTowns all, const PostalCode *code);
// The town of this ward whose name the address begins with (the longest that fits: 沼新町 before 沼).
// NULL when there is none, and when two codes share the name (風師, 折尾): the list does not say which
// 丁目 belongs to which, and a wrong code is worse than none.
const PostalTown *postal_town(PostalTowns all, const MunicipalityCode *ward, Str town);
