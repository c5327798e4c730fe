// For the fuzzers of messages: whatever is accepted is written again as the same bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#include <assert.h>

static inline void same_again(Str message, Str written)
{
    assert(str_equal(message, written));
}
