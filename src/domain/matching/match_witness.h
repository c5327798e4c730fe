// What the register says about one person and one row: the items N, B, K, S, A of immunization.md 6.2
// for every person that the look-ups found. Internal to matching.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "birth_slip.h"
#include "matching.h"
#include "name_fit.h"

enum { SLOT_NAME, SLOT_KANA, SLOT_COUNT };  // 氏名 and 氏名カナ as written

// How one written name fits all names that a person ever had.
typedef struct NameWitness {
    NameFit fit;  // a former name is one step below: at best k
    NameSlip slip;
    bool former;  // by a name given up before the day of the dose
    bool alias;   // by 通称
    bool shares_part;
    bool shortened;  // it may be a part of this given name
} NameWitness;

typedef enum SexWitness { SEX_SAYS_NOTHING, SEX_AGREES, SEX_DIFFERS } SexWitness;

typedef struct Witness {
    const MatchPerson *person;
    int32_t index;  // in the persons given
    bool number;
    BirthSlip birth;
    bool birth_former;  // fits a birth date that was corrected since
    NameWitness names[SLOT_COUNT];
    NameFit best;  // of the slots
    SexWitness sex;
    AddressFit address;
    bool address_former;
    bool resident;  // on the day of the dose
} Witness;

typedef struct Case {
    const MatchRow *row;
    bool complete;
    Witness *witnesses;
    int32_t count;
    const Witness *numbered;  // NULL: blank, or nobody's number
} Case;

// Without `places` nothing is asked of addresses.
Case case_open(const MatchRow *row, const MatchCandidates *found, const AddressPlaces *places,
               Arena *arena);

bool witness_is_k(const Witness *w);           // K in one script at least
bool witness_name_is_plain(const Witness *w);  // equal in every script that can be compared
bool witness_names_are_equal(const Witness *w);  // name and kana are written, and both are this person's
bool witness_has_slip(const Witness *w);       // in some script less than K
bool witness_is_slip(const Witness *w);        // k at best
// What is written is a part of a name of this person.
bool witness_may_be_shortened(const Witness *w);
bool witness_contradicts(const Witness *w);   // one script fits, the other is another name
bool witness_is_stranger(const Witness *w);   // and that one shares neither family nor given name
bool witness_address_fits(const Witness *w);  // A
bool witness_name_beats(const Witness *a,
                        const Witness *b);  // somewhere `a` fits and `b` does less
bool witness_name_yields(const Witness *a, const Witness *b);  // `a` fits worse, and nowhere better
bool witness_same_person(const Witness *a, const Witness *b);
bool witness_same_household(const Witness *a, const Witness *b);  // in any version of both
bool version_in_force(const MatchVersion *version, DaySpan on);
