// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "number_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    NumberAnswer answer;
    Error err = {0};
    if (number_answer_decode(message, &arena, &answer, &err))
        assert(str_equal(message, number_answer_encode(&answer, &arena)));
    return 0;
}
