// SPDX-License-Identifier: Apache-2.0
#include "clock.h"

#include <time.h>

Instant clock_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (Instant)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

Day clock_today_in_japan(void)
{
    return instant_day_in_japan(clock_now());
}
