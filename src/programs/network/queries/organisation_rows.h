// Who is admitted to the network, and who is suspended.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_code.h"
#include "store.h"

// Inside a writing transaction.
MUST bool organisation_admit(Store *store, const OrganisationCode *code, Instant now, Error *err);
MUST bool organisation_admitted(Store *store, const OrganisationCode *code, bool *admitted, Error *err);

#define ALL_LINKAGE "*"  // instead of a code: everybody

// Suspends, or ends it; `changed` false: it was so already. Inside a writing transaction.
MUST bool suspension_set(Store *store, Str code, Instant since, bool *changed, Error *err);
MUST bool suspension_end(Store *store, Str code, bool *changed, Error *err);
// Is one of the two suspended, or all linkage?
MUST bool suspension_holds(Store *store, const OrganisationCode *one, const OrganisationCode *other, bool *holds,
                           Error *err);
