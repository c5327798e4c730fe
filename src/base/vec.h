// Arrays that grow in an arena, one type each.
//
//     VEC(DoseRows, DoseRow, doses);              // struct DoseRows {DoseRow *at; ptrdiff_t count…}
//     *doses_push(&rows, arena) = (DoseRow){…};   // zero is an empty one; nothing to free
//     VEC_EACH(DoseRow, row, rows) use(row);
//
// Memory  the array lives in the arena given to push; pointers into it are good until the next push.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"

#define VEC(Rows, Row, prefix)                                                                     \
    typedef struct Rows {                                                                          \
        Row *at;                                                                                   \
        ptrdiff_t count, capacity;                                                                 \
    } Rows;                                                                                        \
    __attribute__((unused)) static inline Row *prefix##_push(Rows *rows, Arena *arena)             \
    {                                                                                              \
        if (rows->count == rows->capacity) {                                                       \
            ptrdiff_t wanted = rows->capacity ? rows->capacity * 2 : 8;                            \
            rows->at = (Row *)arena_grow(arena, rows->at, (ptrdiff_t)sizeof(Row),                  \
                                         (ptrdiff_t)_Alignof(Row), rows->capacity, wanted);        \
            rows->capacity = wanted;                                                               \
        }                                                                                          \
        return &rows->at[rows->count++];                                                           \
    }                                                                                              \
    struct Rows

#define VEC_EACH(Row, row, rows)                                                                   \
    for (Row *row = (rows).at, *row##_end = row ? row + (rows).count : row; row != row##_end; row++)
