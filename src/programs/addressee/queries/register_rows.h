// Persons and their versions in the register's tables, read as domain types. Who writes plans first
// (register_plan.h); who asks about many asks for sets (people_rows.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "register_columns.h"
#include "register_step.h"
#include "seal.h"
#include "store.h"

typedef struct PersonRow {
    int64_t person_id;  // 0: nobody has this number yet
    int32_t status, version_no;
    int64_t number_id;  // current Individual Number; 0 none
    int64_t household_key;  // keyed index of the household number; equal for those who share it
    int32_t protection;     // Protection
    bool held;          // the last row about him or her was refused
} PersonRow;

#define PERSON_COLUMNS "person_id, status, version_no, number_id, household_key, protection, held"
PersonRow person_row(Query *q);  // from PERSON_COLUMNS, the first of the query
// A number of zeros names no household: nobody shares it.
int64_t household_key(const Keys *keys, int64_t person_id, Str household_no);

MUST bool person_find(Store *store, const AddresseeNo *who, PersonRow *person, Error *err);
// A version, from HISTORY_COLUMNS, the first of the query; its place opened.
#define HISTORY_COLUMNS                                                                          \
    "v.change_no, v.version_no, v.event_reason, v.occurred_on, v.reported_on, v.withdrawn_by,"   \
    " v.sealed_place, v.vague_days, " STATE_COLUMNS_OF("v.")
enum { HISTORY_STATE = 8, HISTORY_COLUMN_COUNT = HISTORY_STATE + PERSON_FIELD_COUNT };
MUST bool history_row(Query *q, Keys *keys, Arena *arena, RegisterVersion *version, Error *err);
// All versions, oldest first; places of protected persons opened.
MUST bool person_history(Store *store, Keys *keys, int64_t person_id, Arena *arena,
                         RegisterVersionRows *history, Error *err);
// How many are residents now, and the highest person_id of all.
MUST bool residents_count(Store *store, int64_t *count, int64_t *highest_id, Error *err);
VEC(PersonRows, PersonRow, persons);
// Residents whose bit (person_id) is not set in `seen`; `highest_id` is its last one. In order of person_id.
MUST bool residents_unseen(Store *store, const unsigned char *seen, int64_t highest_id,
                           Arena *arena, PersonRows *unseen, Error *err);
