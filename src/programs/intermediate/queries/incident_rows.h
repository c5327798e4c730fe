// What a person has to look at: one code for two people, answers that nobody asked for, forged permits, what never ended.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "instant.h"
#include "store.h"
#include "vec.h"

typedef struct Incident {
    int64_t incident_no;
    Str kind;          // "E105", "PERMIT" …: docs/errors.md
    Instant at;
    UnifiedNo person;  // zeroed: nobody's in particular
    Str about;         // in words
} Incident;
VEC(IncidentRows, Incident, incidents);

// Once: where the same is still open, nothing is added.
MUST bool incident_add(Store *store, const Incident *incident, Error *err);
MUST bool incidents_open(Store *store, Arena *arena, IncidentRows *rows, Error *err);
MUST bool incident_done(Store *store, int64_t incident_no, Instant at, Str by, bool *found, Error *err);
