// Rows of operators, their duties, and the office's settings.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

// 0 when nobody has this name.
MUST bool staff_no_of(Store *store, Str name, int64_t *staff_no, Error *err);
MUST bool staff_count(Store *store, int64_t *count, Error *err);
MUST bool staff_add(Store *store, Str name, Str registered_by, Instant now, int64_t *staff_no,
                    Error *err);

// Unended grants only.
MUST bool staff_holds(Store *store, Str name, Str programme, Str duty, bool *holds, Error *err);
MUST bool staff_duty_add(Store *store, int64_t staff_no, Str programme, Str duty, Str granted_by,
                         Instant now, Error *err);
MUST bool staff_duty_end(Store *store, int64_t staff_no, Str duty, Str ended_by, Instant now,
                         int64_t *ended, Error *err);

// {0} when it was never set.
MUST bool office_setting_read(Store *store, Str name, Arena *arena, Str *value, Error *err);
MUST bool office_setting_add(Store *store, Str name, Str value, Error *err);
