// One person, by number.
//
// As known then, the person is what the newest version said that the ledger had by that act. Protection is always
// today's: who is under it now is covered in every answer about the past.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef struct PersonRow {
    int32_t person_id;  // 0: the ledger does not know this number
    AddresseeNo who;
    Str name;
    PartialDate birth;
    int32_t sex, status;
    bool is_protected, withdrawn;
} PersonRow;
VEC(ResidentIds, int32_t, resident_ids);

MUST bool persons_any(Store *store, bool *any, Error *err);  // does the ledger know anybody at all?
MUST bool person_by_number(Store *store, const AddresseeNo *who, KnownAt known, Arena *arena,
                           PersonRow *person, Error *err);

// Everybody who is under protection (支援措置).
extern const char persons_protected_sql[];

// Of many, by person, now: a set of their numbers as text (key_set.h). Who is not there is not known.
VEC(FoundPersons, PersonRow, found_persons);
MUST bool persons_by_numbers(Store *store, Str numbers, Arena *arena, FoundPersons *persons, Error *err);

// The columns of a person, as `p`, that stand first in a row about somebody, and what is read of them.
#define PERSON_ROW "p.person_id, p.addressee_no, p.name, p.birth, p.sex, p.status, p.protected, p.withdrawn"
PersonRow person_row_of(Query *q, Arena *arena);

// name, birth, sex, status, protected, withdrawn as known by `act`, and from whom; conditions may follow. Nobody is
// withdrawn before the last version was there.
#define PERSON_THEN                                                                                \
    "coalesce(CASE WHEN v.printed_name = 2 AND v.alias IS NOT NULL THEN v.alias ELSE v.name END, '')," \
    " v.birth, v.sex, v.status, p.protected,"                                                      \
    " CASE WHEN p.withdrawn = 1 AND v.to_act = 2147483647 THEN 1 ELSE 0 END"
#define FROM_PERSON_THEN(act)                                                                      \
    " FROM person p JOIN resident_version v ON v.person_id = p.person_id AND " STANDS("v.", act)    \
    " WHERE p.from_act <= " act " AND NOT EXISTS (SELECT 1 FROM resident_version w"                \
    " WHERE w.person_id = v.person_id AND " STANDS("w.", act)                                       \
    " AND (w.version_no > v.version_no OR (w.version_no = v.version_no"                            \
    " AND w.version_id > v.version_id)))"

