// The machine's clock, for the knowledge axis, logs and "today". Nothing in domain/ includes this:
// there, today is a parameter.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "instant.h"

Instant clock_now(void);
Day clock_today_in_japan(void);          // the civil day in Japan, whatever the machine's time zone
