// Who may be meant by what a clerk typed, best first.
//
// By name: whoever is filed under it or under a name that begins so. By name and birth: also those born on these days
// whose name differs by a slip, by parts exchanged, or in a part. By number: that one.
// Limits  PERSON_SEARCH_MOST are shown; of more `more` says so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_search_rows.h"
#include "search_text.h"

enum { PERSON_SEARCH_MOST = 50, PERSON_SEARCH_READ = 400 };

typedef struct PersonHit {
    PersonFace face;
    bool number, birth;  // fits what was asked
    bool birth_asked, name_asked;
    NameFit fit;     // the best of names and kana
    bool part;       // family or given name alone
    bool exchanged;  // given name first
} PersonHit;
VEC(PersonHits, PersonHit, person_hits);

MUST bool person_search(Store *store, const SearchAsked *asked, Arena *arena, PersonHits *hits,
                        bool *more, Error *err);
