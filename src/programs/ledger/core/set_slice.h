// What was asked for many persons at once, one by one: rows that stand by person in a set.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

// The rows of one person in such a set: `at` of the first, how many.
typedef struct SetSlice {
    ptrdiff_t first, count;
} SetSlice;
SetSlice set_slice(const void *rows, ptrdiff_t count, size_t size, size_t person_at,
                   int32_t person_id);
#define SET_SLICE(rows, id) SET_SLICE_BY(rows, person_id, id)
// `person`: the member that holds the number (dose.person_id).
#define SET_SLICE_BY(rows, person, id)                    \
    set_slice((rows).at, (rows).count, sizeof *(rows).at, \
              offsetof(__typeof__(*(rows).at), person), (id))
