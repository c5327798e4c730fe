// What of a protected person (支援措置) may leave the ledger: every outlet asks here.
//
// Law     linkage.md 6.4: name, address, ward, clinic and 送付先 are masked with a fixed text that does
//         not tell how long the hidden one is. The number and the dates of doses stay, so that the
//         office can do its duty.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#define MASKED S("＊＊＊")

static inline Str masked(bool is_protected, Str text)
{
    return is_protected && text.len ? MASKED : text;
}
