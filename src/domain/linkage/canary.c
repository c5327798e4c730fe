// SPDX-License-Identifier: Apache-2.0
#include "canary.h"

CanaryNo canary_objection(const CanarySight *sight)
{
    Instant last = sight->read_at > sight->since ? sight->read_at : sight->since;
    if (sight->result != RESULT_NONE && sight->result != RESULT_GIVEN) return CANARY_ABSENT;
    if (sight->now >= last + CANARY_PATIENCE) return CANARY_UNREAD;
    bool old = sight->read_at && sight->as_of < instant_day_in_japan(sight->now) - sight->days;
    return old ? CANARY_OLD : CANARY_SINGS;
}
