// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include "network_again.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 26);
    Str message = {(const char *)data, (ptrdiff_t)size};
    for (int i = 0; i < NETWORK_MESSAGES; i++) {
        Arena arena = whole;
        Str written = network_again[i](message, &arena);
        assert(!str_present(written) || str_equal(written, message));
    }
    return 0;
}
