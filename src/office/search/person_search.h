// Who may be meant by what a clerk typed, best first.
//
// By name: whoever is filed under it or under a name that begins so. By name and birth: also those born on these days
// whose name differs by a slip, by parts exchanged, or in a part. By number: that one.
// Source  a program looks up by its own tables; who is found is masked by it before he or she gets here.
// Wards   who lies beyond the wards of whoever searches is told of only when he or she is meant for certain: by the number,
//         or by the whole name and the whole birth date. So a clerk learns that the city knows the person at the counter, and
//         nobody learns by a name alone whether somebody lives here.
// Limits  PERSON_SEARCH_MOST are shown; of more `more` says so.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "name_fit.h"
#include "addressee_nos.h"
#include "search_text.h"
#include "vec.h"

enum { PERSON_SEARCH_MOST = 50, PERSON_SEARCH_READ = 400 };

VEC(SearchIds, int64_t, search_ids);

// Somebody as a list of hits shows him or her.
typedef struct SearchedPerson {
    AddresseeNo who;
    Str name, kana, place;  // as they may be shown
    PartialDate birth;
    Str sex, state;
    bool resident, dead, withdrawn;
    bool beyond;  // the wards of whoever searches: nothing of this person is shown
    NameComparison named, sounds;  // of what was asked: with the names, with the kana, former ones too
} SearchedPerson;

// Look-ups of a program; `of` is its own.
typedef struct SearchSource {
    void *of;
    // Who has a name that begins with this key (name_index_key), by key; `most` at most, each once.
    bool (*named)(void *of, Str name_key, int most, Arena *arena, SearchIds *ids, Error *err);
    // Who was born in these days, by person.
    bool (*born)(void *of, PartialDate birth, int most, Arena *arena, SearchIds *ids, Error *err);
    // 0: nobody has the number.
    bool (*numbered)(void *of, const AddresseeNo *who, Arena *arena, int64_t *id, Error *err);
    // `asked` may be NULL: nothing is compared. `found` false: there is nobody any more, or nobody who may be told of.
    bool (*person)(void *of, int64_t id, const NameKey *asked, Arena *arena, SearchedPerson *person, bool *found,
                   Error *err);
} SearchSource;

typedef struct PersonHit {
    SearchedPerson person;
    bool number, birth;  // fits what was asked
    bool birth_asked, name_asked;
    NameFit fit;     // the best of names and kana
    bool part;       // family or given name alone
    bool exchanged;  // given name first
} PersonHit;
VEC(PersonHits, PersonHit, person_hits);

typedef struct PersonSearched {
    PersonHits hits;
    bool more;
    AddresseeNos beyond;  // who is meant for certain and lies beyond the wards: to be counted and recorded, not shown
} PersonSearched;

MUST bool person_search(const SearchSource *source, const SearchAsked *asked, Arena *arena, PersonSearched *found,
                        Error *err);
