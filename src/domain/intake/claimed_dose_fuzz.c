// Nothing crashes, and what is read lies within its limits.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "claimed_dose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ClaimedDose claim = {0};
    if (!claimed_dose_parse((Str){(const char *)data, (ptrdiff_t)size}, &claim)) return 0;
    bool numbered = claim.kind == CLAIMED_NUMBER || claim.kind == CLAIMED_PRIMARY;
    assert(numbered == (claim.number >= 1 && claim.number <= 99));
    assert(claim.period >= 0 && claim.period <= 99);
    assert(claim.kind != CLAIMED_NOTHING || claim.period);
    return 0;
}
