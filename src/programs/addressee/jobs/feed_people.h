// The persons of a feed file as they stand while it is decided: as the register has them, with what the rows
// before made of them.
//
// Memory  who is asked about in a portion lives in `portion`; who is changed is copied into `kept`, where he stays
//         as long as what is planned of him is not written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "map.h"
#include "people_rows.h"

typedef struct Acquired {  // a number that a row of the file gave somebody
    KnownPerson *who;
    int64_t before;  // place of the one before it of the same number, counted from 1; 0: none
} Acquired;
VEC(AcquiredNumbers, Acquired, acquired);
VEC(KnownPersonRefs, KnownPerson *, known_person_refs);

typedef struct FeedPeople {
    Arena *portion, *kept;
    KnownPeople found;  // of the portion, as the register has them
    NumberHolders holders;
    Map found_at, holder_at;  // places in these, counted from 1
    KnownPersonRefs changed;
    AcquiredNumbers acquired;
    Map changed_at, changed_id, acquired_at;
} FeedPeople;

// A portion is asked about: in a transaction.
MUST bool feed_people_ask(FeedPeople *people, Store *store, Keys *keys, const PersonsAsked *asked, Error *err);
// What was planned is written: the register knows, and `kept` may be emptied.
void feed_people_written(FeedPeople *people);

// Somebody of the portion; NULL: nobody has this number.
KnownPerson *feed_person(const FeedPeople *people, const AddresseeNo *who);
// The same person where changes are kept; one whom the register does not know is added, with a person_id.
KnownPerson *feed_person_changes(FeedPeople *people, KnownPerson *person);
// He or she has this number from now on: person->number.
void feed_number_acquired(FeedPeople *people, KnownPerson *person);
// Does another resident hold the number now? `person_id` 0 for somebody new.
bool feed_number_taken(const FeedPeople *people, int64_t person_id, const Sha256 *index);
