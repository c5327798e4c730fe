// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "difference.h"
#include "same_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    DifferenceAsk ask;
    DifferenceAnswer answer;
    Error err = {0};
    if (difference_ask_decode(message, &ask, &err))
        same_again(message, difference_ask_encode(&ask, &arena));
    if (difference_answer_decode(message, &arena, &answer, &err))
        same_again(message, difference_answer_encode(&answer, &arena));
    return 0;
}
