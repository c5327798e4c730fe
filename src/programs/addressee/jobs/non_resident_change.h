// 住登外者: registered and corrected by hand, as a request that another officer grants, and confirmed again.
//
// Law     controls F-2-02, C-3.2-07 (nothing without the proof of identity), C-3.2-14 (entry and correction are
//         checked by a second person), C-3.7-26.
// Twice   nobody is given a second number: whoever is near is shown first (people_alike). Where name, birth, sex and
//         place all agree the number that is there is the person's, and no second one is given; else a person decides
//         and says so (`others`).
// Numbers by the rule of numbering_rule.h, in the transaction that grants. One that the person brings along from
//         another system is kept as it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "alike_rows.h"
#include "non_resident.h"

typedef enum NonResidentChangeKind { NON_RESIDENT_ADD, NON_RESIDENT_CORRECT, NON_RESIDENT_CHANGES } NonResidentChangeKind;

// As it was typed: of a correction what is empty stays, and "なし" takes away.
typedef struct NonResidentTyped {
    Str who;                        // of a correction
    Str items[PERSON_FIELD_COUNT];  // in the order of person_fields; those of `non_resident_items`
    Str occurred_on;                // {0}: the business day
    Str document, checked_on;       // what was shown, and when; must
    Str number;                     // of a registration: the number that the person brings along
    Str reason;                     // must
    bool others;                    // "the people shown are others"
} NonResidentTyped;

// Which items may be typed: names of columns, ended by NULL.
extern const char *const non_resident_items[];

VEC(TypedFaults, Error, typed_faults);

typedef struct NonResidentRead {
    PersonRow person;  // of a correction
    AddresseeNo who;   // of a correction; of a registration the number brought along
    NonResidentEntry entry;
    Day checked_on;
    RegisterVersionRows history;
    AlikePeople alike;  // of a registration: whom it may be
    bool one_person;    // the first of them is the same human being
} NonResidentRead;

// Reads what was typed beside what stands. `faults`: each names its item; empty: it may be asked for.
MUST bool non_resident_read(Act *act, NonResidentChangeKind kind, const NonResidentTyped *typed, NonResidentRead *read,
                            TypedFaults *faults, Error *err);
// Asks for it: a transaction of its own.
MUST bool non_resident_ask(Act *act, NonResidentChangeKind kind, const NonResidentTyped *typed, int64_t *approval_no,
                           Error *err);

// Who the person is was confirmed, and nothing changed: a transaction of its own.
typedef struct NonResidentConfirmed {
    Str document, checked_on;
} NonResidentConfirmed;
MUST bool non_resident_confirm(Act *act, const AddresseeNo *who, const NonResidentConfirmed *typed, Error *err);

extern const ApprovalKind non_resident_kinds[NON_RESIDENT_CHANGES];
