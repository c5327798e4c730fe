// What a Recorded is made of. Only what writes records includes this, and tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "recorded.h"

struct Recorded {
    const char *program;
    int64_t no;
};
