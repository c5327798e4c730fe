// Taking letters back that were not posted: a batch, or what one person gets of it.
//
// Nobody counts as written to by a letter that was taken back, nor by what was printed of it once more: the reprints of
// a batch go with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_rows.h"

typedef struct WithdrawAsked {
    Str batch;               // its number, as asked for
    Str reason;              // must
    const AddresseeNo *who;  // NULL: everybody
} WithdrawAsked;

typedef struct WithdrawDone {
    int64_t letters, reprints;
    bool repeats;  // what was taken back was itself a reprint: the letters before it stay sent
} WithdrawDone;

// A transaction of its own, with its record. E_NOT_FOUND: there is nothing to take back.
MUST bool notices_withdraw(Act *act, const WithdrawAsked *asked, WithdrawDone *done, Error *err);
