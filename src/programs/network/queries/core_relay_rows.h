// Inquiries in the core (relay.h), one row for each that an organisation ever asked a permit for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pairwise_code.h"
#include "relay.h"
#include "sealed_column.h"

typedef struct RelayRow {
    int64_t no;              // 0: never stored
    OrganisationCode asker;  // whose connection asked
    Relay state;
    Instant asked_at;
    PairwiseCode code;  // of the person in the inquirer's organisation; zeroed: none that opened
    bool person_known;
    Sha256 person;  // keyed, of the link
} RelayRow;

MUST bool relay_by_inquiry(Store *store, Keys *keys, const OrganisationCode *asker, const InquiryNo *inquiry,
                           Arena scratch, RelayRow *row, bool *found, Error *err);
MUST bool relay_by_permit(Store *store, Keys *keys, const PermitId *id, Arena scratch, RelayRow *row, bool *found,
                          Error *err);
// Adds the row, or brings state and reply up to date. Inside a writing transaction.
MUST bool relay_keep(Store *store, Keys *keys, RelayRow *row, Arena scratch, Error *err);

extern const SealedColumn relay_code_sealed;

// The highest number up to which all were asked for before that moment and have no record any more.
MUST bool relays_over(Store *store, Instant asked_before, int64_t *relay_no, Error *err);
// Removes all up to that number; `gone`: how many.
MUST bool relays_forget(Store *store, int64_t relay_no, int64_t *gone, Error *err);
