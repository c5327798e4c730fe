// The whole city in order of person: each with doses, facts and residence, from cursors that are read
// side by side. No query per person; memory does not grow with the city.
//
// Needs an open transaction (store_begin_read): one picture of the ledger.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "identity.h"
#include "person_fact_rows.h"
#include "residence.h"

typedef struct SpanRow {
    ResidenceSpan span;
    int32_t from_act, to_act;
} SpanRow;
VEC(SpanRows, SpanRow, spans);

// Birth and sex before they were corrected by `to_act`.
typedef struct BeforeRow {
    PartialDate birth;
    int32_t sex, to_act;
} BeforeRow;
VEC(BeforeRows, BeforeRow, befores);

typedef struct CityPerson {
    int32_t person_id;
    AddresseeNo who;
    Str name;  // good until the next person
    PartialDate birth;
    int32_t sex, status, from_act;
    bool is_protected, withdrawn;
    Str held;        // code of the open work that holds letters to the person (work_kind_named); {0}: none
    DoseRows doses;  // oldest first
    FactRows facts;  // by kind and day
    SpanRows spans;  // oldest first
    BeforeRows befores;
} CityPerson;

typedef enum CityKnowledge {
    CITY_NOW,   // only what stood then; no befores
    CITY_EVER,  // what had been ended by then too, with its acts
    CITY_STALE,  // as CITY_NOW, of city_rows_begin_stale alone
    CITY_MOVED   // as CITY_EVER, of city_rows_begin_moved alone
} CityKnowledge;

typedef struct CityRows CityRows;

// Persons `first` to `last` by number; 0 to INT32_MAX is everybody.
MUST bool city_rows_begin(Store *store, CityKnowledge knowledge, KnownAt known, int32_t first,
                          int32_t last, Arena *arena, CityRows **rows, Error *err);
// Those alone of whom what is kept is not believed on `day`: see stale_set.h. Everything as it stands now.
MUST bool city_rows_begin_stale(Store *store, int32_t act_no, Day day, Arena *arena,
                                CityRows **rows, Error *err);
// Those alone of a stretch who may have changed between two days: see stale_set.h.
typedef struct CityMoved {
    int32_t after_act;
    Day from, to;
} CityMoved;
MUST bool city_rows_begin_moved(Store *store, const CityMoved *moved, int32_t first, int32_t last,
                                Arena *arena, CityRows **rows, Error *err);
bool city_rows_next(CityRows *rows, CityPerson *person);
MUST bool city_rows_end(CityRows *rows, Error *err);

// How many persons there are, for progress.
MUST bool city_count(Store *store, int64_t *persons, Error *err);
