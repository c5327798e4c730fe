// Nothing crashes, and whatever is accepted survives writing and reading again.
// SPDX-License-Identifier: Apache-2.0
#include "city_settings.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[1 << 18];
    Arena arena = {memory, memory + sizeof memory};
    CitySettings read, again;
    Error err;
    if (size > 1 << 14) return 0;
    if (!city_settings_parse((Str){(const char *)data, (ptrdiff_t)size}, &arena, &read, &err))
        return 0;
    bool same = city_settings_parse(city_settings_text(&read, &arena), &arena, &again, &err);
    assert(same);
    assert(str_equal(read.sender.section, again.sender.section));
    assert(str_equal(read.sender.public_url, again.sender.public_url));
    assert(read.form_parts == again.form_parts);
    assert(read.copay_count == again.copay_count);
    for (int i = 0; i < read.copay_count; i++)
        assert(city_copay(&again, read.copays[i].series)->yen == read.copays[i].yen);
    return 0;
}
