// Whatever comes, what leaves is clean, and leaving twice changes nothing.
// SPDX-License-Identifier: Apache-2.0
#include "individual_no.h"
#include "outlet.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 28);
    for (Outlet to = OUTLET_TERMINAL; to <= OUTLET_PAGE; to++) {
        Arena arena = whole;
        Str text = {(const char *)data, (ptrdiff_t)size};
        Str left = outlet_text(to, &arena, text);
        assert(outlet_clean(to, left, false));
        assert(!individual_no_in_text(left));
        assert(str_equal(outlet_text(to, &arena, left), left));
        assert(outlet_clean(to, outlet_digits(to, &arena, text), true));
    }
    return 0;
}
