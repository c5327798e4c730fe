// What a citizen is shown of who asked whom about him (やりとり履歴): each access once, with what all three say of it.
//
// Law     番号法 第23条; linkage.md 3.3, 3.4: what the inquirer called 不開示, or one of the two hides of this person (shield.h), is not
//         shown, not even that it is there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "core_record_rows.h"
#include "jlis.h"

typedef struct Citizen {
    Sha256 person;        // keyed, of the link: as records and hidings know him
    int64_t resident_no;  // as J-LIS does
} Citizen;

// Whom the core means by who has this number today. E_NOT_FOUND: nobody has it.
MUST bool citizen_person(Act *act, const IndividualNo *number, Arena scratch, Citizen *citizen, Error *err);
// His link, from which codes are made. Whoever asks wipes it.
MUST bool citizen_link(Act *act, const CoreKeys *keys, int64_t resident_no, Arena scratch, PersonLink *link, Error *err);

typedef struct Access {
    Instant asked_at;
    OrganisationCode asker;
    ProvisionRecord record;  // the core's; where it has none, that of whoever told of it
    RecordsStand stand;
} Access;
VEC(Accesses, Access, accesses);

// What may be shown, newest first.
MUST bool citizen_accesses(Act *act, const Sha256 *person, Arena *arena, Accesses *rows, Error *err);
