// Any address gives a number of digits, capitals and hyphens, and its bars can be read back.
// SPDX-License-Identifier: Apache-2.0
#include "customer_barcode.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[1 << 20];
    if (size > 2000) return 0;
    Arena arena = {memory, memory + sizeof memory};
    Str number = customer_address_number((Str){(const char *)data, (ptrdiff_t)size}, &arena);
    assert(!number.len || (number.at[0] != '-' && number.at[number.len - 1] != '-'));

    CustomerBarcode code, again;
    bool encoded = customer_barcode_encode(str_join(&arena, S("8030813"), number), &code);
    assert(encoded);
    bool read = customer_bars_read(customer_bars(code), &again);
    assert(read && customer_barcode_same(code, again));
    return 0;
}
