// Nothing crashes, and whatever is accepted survives writing and reading again.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "expiry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 16);
    Arena arena = whole;
    PartialDate date = {0}, again = {0}, expiry = {0};
    Error err = {0};
    char text[DAY_TEXT_SIZE];
    Str given = {(const char *)data, (ptrdiff_t)size};
    if (expiry_parse(given, &expiry, NULL)) {
        bool read = expiry_parse(str_of(partial_date_text(expiry, text)), &again, NULL);
        assert(read);
        assert(partial_date_equal(expiry, again));
    }
    if (!date_parse(given, &date, NULL, &err)) return 0;
    bool ok = date_parse(str_of(partial_date_text(date, text)), &again, NULL, &err);
    assert(ok);
    assert(partial_date_equal(date, again));
    assert(date_partial_era_text(&arena, date).len > 0);
    return 0;
}
