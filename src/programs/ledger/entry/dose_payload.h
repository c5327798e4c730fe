// A change of a dose as a request keeps it: JSON, so that an auditor can read what was asked for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_change.h"

Bytes dose_payload_write(const DoseChange *change, Arena *arena);
// E_STORE: what lies there is not what we wrote.
MUST bool dose_payload_read(Bytes payload, Arena *arena, DoseChange *change, Error *err);
