// SPDX-License-Identifier: Apache-2.0
#include "set_slice.h"

#include <assert.h>

static int32_t person_of(const void *rows, ptrdiff_t i, size_t size, size_t person_at)
{
    return *(const int32_t *)(const void *)((const char *)rows + (size_t)i * size + person_at);
}

SetSlice set_slice(const void *rows, ptrdiff_t count, size_t size, size_t person_at,
                   int32_t person_id)
{
    assert(count >= 0);
    assert(person_at + sizeof(int32_t) <= size);
    ptrdiff_t low = 0, high = count;
    while (low < high) {
        ptrdiff_t middle = low + (high - low) / 2;
        if (person_of(rows, middle, size, person_at) < person_id)
            low = middle + 1;
        else
            high = middle;
    }
    SetSlice slice = {.first = low};
    while (low < count && person_of(rows, low, size, person_at) == person_id) low++;
    slice.count = low - slice.first;
    return slice;
}
