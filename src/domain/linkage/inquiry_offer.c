// SPDX-License-Identifier: Apache-2.0
#include "inquiry_offer.h"

#include <string.h>

// 転入, 特例転入, 未届転入・職権記載, 再転入 (linkage.md 6.3).
static bool brings_in(int event_reason)
{
    static const int reasons[] = {11, 13, 14, 15};
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i] == event_reason) return true;
    return false;
}

OfferNo inquiry_offer(const MovedIn *moved)
{
    if (!moved->lives_here || !brings_in(moved->event_reason)) return OFFER_NOT_MOVED_IN;
    if (moved->is_protected) return OFFER_PROTECTED;
    if (!moved->from.digits[0] || municipality_code_elsewhere(&moved->from)) return OFFER_ABROAD;
    if (municipality_same(&moved->from, &moved->here)) return OFFER_OUR_OWN;
    if (!moved->concerned) return OFFER_NOTHING_OPEN;
    return moved->asked ? OFFER_ASKED : OFFER_YES;
}
