// Nothing crashes; limits hold; an address fits itself, and its parts lie inside what was written.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "address.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool inside(Str part, Str text)
{
    return part.len == 0 || (part.at >= text.at && part.at + part.len <= text.at + text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str wards[] = {S("小倉北区"), S("戸畑区")};
    static const AddressPlaces places = {S("福岡県"), S("北九州市"), wards, 2};
    static Arena whole;
    if (!whole.at) whole = arena_reserve(1 << 24);
    if (size > 4096) return 0;
    Arena arena = whole;
    Str text = {(const char *)data, (ptrdiff_t)size};
    Address address = address_parse(text, (Str){0}, &places, &arena);
    assert(address.number_count >= 0);
    assert(address.number_count <= ADDRESS_NUMBERS_MAX);
    assert(inside(address.town, text));
    assert(inside(address.building, text));
    AddressFit fit = address_fit(&address, &address);
    assert(fit != ADDRESS_DIFFERS);
    assert((fit == ADDRESS_FIT_UNKNOWN) == (address.status < ADDRESS_TOWN));
    assert(address_sort_key(&address, S("401064"), S("8020077"), &arena).len > 0);
    (void)address_number_text(&address, &arena);
    return 0;
}
