// Names and addresses as intake looks them up: folded, of every version that stands, so that a person
// is found under a name he or she once had.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "resident_rows.h"

// Makes the keys of one person anew from the versions that stand; `fresh` = there are none yet.
MUST bool resident_keys_store(ResidentWriter *writer, int32_t person_id, bool fresh, Arena scratch,
                              Error *err);
