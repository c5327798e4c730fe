// SPDX-License-Identifier: Apache-2.0
#include "residence.h"

bool resident_on(const ResidenceSpanRows *spans, Day day)
{
    VEC_EACH (ResidenceSpan, span, *spans) {
        bool begun = span->first == DAY_NONE || span->first <= day;
        bool not_over = span->last == DAY_NONE || day <= span->last;
        if (begun && not_over) return true;
    }
    return false;
}
