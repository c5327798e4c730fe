// Persons of unified: their number, what is compared of them (sealed), and which addressee numbers are theirs.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "addressee_nos.h"
#include "four_facts.h"
#include "sealed_column.h"
#include "vec.h"

// What is owed for the person's code.
typedef enum CodeOwed {
    CODE_OWES_NOTHING,
    CODE_OWES_ASKING,   // of the intermediate server
    CODE_OWES_HANDING,  // of acquisition number and Individual Number to J-LIS
    CODE_OWES_RELEASE,    // the link was wrong
    CODE_OWES_RECONCILE,  // a person has looked: the link is right
} CodeOwed;

// Whether number and person fit together, and what the intermediate server knows of it.
typedef enum LinkDoubt {
    DOUBT_NONE,
    DOUBT_OWES_TELLING,  // nobody has told it yet
    DOUBT_TOLD,          // what is kept there of the person answers nobody
    DOUBT_OWES_LIFTING,  // a person has looked, or the register has said what fits
} LinkDoubt;

typedef struct UnifiedPerson {
    int64_t person_id;  // 0: nobody
    UnifiedNo no;
    int32_t status;  // ResidentStatus
    bool hidden;     // protected
    bool withdrawn;  // registered by mistake, under each addressee number
    bool confirmed;  // a person has looked at facts that cannot be compared as they are
    FourFacts facts;
} UnifiedPerson;

// Nobody: person_id is 0. Facts live in `arena`.
MUST bool unified_of_addressee(Store *store, Keys *keys, const AddresseeNo *who, Arena *arena, UnifiedPerson *person,
                               Error *err);
MUST bool unified_of_id(Store *store, Keys *keys, int64_t person_id, Arena *arena, UnifiedPerson *person, Error *err);
// Gives the next number (unified_no_numbered); inside the writing transaction. Owes the asking for a code.
MUST bool unified_add(Store *store, Keys *keys, UnifiedPerson *person, Instant now, Arena scratch, Error *err);
// All of the row but its number and its code.
MUST bool unified_keep(Store *store, Keys *keys, const UnifiedPerson *person, Arena scratch, Error *err);

// The addressee number is this person's from now on.
MUST bool addressee_number_add(Store *store, const AddresseeNo *who, int64_t person_id, Instant now, Error *err);
// Whether the number was given by mistake, as the register says now. Of a number that is nobody's nothing is kept.
MUST bool addressee_number_withdrawn(Store *store, const AddresseeNo *who, bool withdrawn, Error *err);
// Whether any of the person's numbers stands.
MUST bool addressee_number_stands(Store *store, int64_t person_id, bool *stands, Error *err);
MUST bool addressee_numbers_of(Store *store, int64_t person_id, Arena *arena, AddresseeNos *numbers, Error *err);

extern const SealedColumn unified_person_facts;
