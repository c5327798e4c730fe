// One row about one person that somebody says at a screen: read, checked and decided as a row of a file is
// (person_file.h), and kept alone, in an act of its own with its record.
//
// Memory  in the arena of the act.
// Errors  of the store. Why a row cannot be kept is among its faults, each with its item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_file.h"

// One item, as the file calls it; one that is not said is empty.
typedef struct PersonRowItem {
    Str item, value;
} PersonRowItem;
VEC(PersonRowItems, PersonRowItem, person_row_items);

typedef struct PersonRowSaid {
    AddresseeNo who;
    PersonRowItems items;
    Str reason;  // of the act; {0}: the row says enough
} PersonRowSaid;

typedef struct PersonRowTold {
    PersonRowDid did;
    RowFaults faults;  // none where it is kept
    PersonFileNotes minded;
    const FactRow *fact;  // that it brings; NULL: none
    int32_t fact_ended;   // that it ends; 0: none
} PersonRowTold;

// What would become of it. Nothing is written.
MUST bool person_row_try(Ledger *ledger, const PersonFileKind *kind, const PersonRowSaid *said, PersonRowTold *told,
                         Error *err);
// Keeps it. E_CONFLICT where it cannot be kept any more, or stands already.
MUST bool person_row_keep(Ledger *ledger, const PersonFileKind *kind, const PersonRowSaid *said, Error *err);
