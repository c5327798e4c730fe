// An officer decides what refused rows of the feed left open about a person: it is as the register holds it, and
// letters go again (decision 0064).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "identity.h"

// A transaction of its own, with its record. `*decided`: how many refused rows were left open.
// Errors  E_NOT_FOUND nothing about this person is open.
MUST bool hold_resolve(Act *act, const AddresseeNo *who, Str why, int64_t *decided, Error *err);
