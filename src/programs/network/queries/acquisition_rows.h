// Acquisition numbers (処理通番): given to an organisation, good for one code within a day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "network_message.h"
#include "sha256.h"
#include "store.h"

typedef struct AcquisitionRow {
    AcquisitionNo number;
    OrganisationCode organisation;
    Instant issued_at;
    bool used;
    Sha256 wish;          // keyed, of the wish that used it
    CodeOutcome outcome;  // what that wish was told
} AcquisitionRow;

// Inside a writing transaction.
MUST bool acquisition_add(Store *store, const AcquisitionNo *number, const OrganisationCode *whose, Instant now,
                          Error *err);
MUST bool acquisition_find(Store *store, const AcquisitionNo *number, AcquisitionRow *row, bool *found, Error *err);
// `person`: keyed, of the link for which a code was made; NULL: none was.
MUST bool acquisition_use(Store *store, const AcquisitionRow *used, const Sha256 *person, Error *err);
// Was a code ever made for the link?
MUST bool acquisition_of_person(Store *store, const Sha256 *person, bool *any, Error *err);
// Those that were given before `before` and that nobody used are gone; `gone`: how many.
MUST bool acquisitions_forget(Store *store, Instant before, int64_t *gone, Error *err);
