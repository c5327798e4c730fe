// The columns of a row of `relay` that are the state of relay.h: bound and read in one order by whoever needs them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "relay.h"
#include "store.h"

#define RELAY_COLUMNS                                                                                             \
    "asker, inquiry_no, state, refusal, permit_id, item, affair, procedure_code, dataset, items, inquirer, provider, " \
    "key_hash, undisclosed, list_version, issued_at, expires_at, reply_kind, reply_refusal, reply_at"
enum { RELAY_COLUMN_COUNT = 20 };

void relay_columns_bind(Query *q, int place, const OrganisationCode *asker, const Relay *state);
// False: what stands there is none of ours.
bool relay_columns_read(Query *q, int column, OrganisationCode *asker, Relay *state);
bool relay_unreadable(Error *err);  // false with E_STORE
