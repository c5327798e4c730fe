// SPDX-License-Identifier: Apache-2.0
#include "notice_waiting.h"

static ptrdiff_t first_of_person(const WaitingDoses *doses, int32_t person_id)
{
    ptrdiff_t low = 0, high = doses->count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (doses->at[middle].person_id < person_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool dose_waits(const WaitingDoses *doses, const Judge *judge, int32_t person_id, int group)
{
    ptrdiff_t i = first_of_person(doses, person_id);
    for (; i < doses->count && doses->at[i].person_id == person_id; i++) {
        int32_t product = doses->at[i].product_no;
        if (!product || judge->views[product].series >> group & 1) return true;
    }
    return false;
}
