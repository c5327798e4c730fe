// Which cells of a table are hidden, so that no small one is told, nor found by subtraction.
//
// Small    a cell of 1 to SMALL_CELL - 1 people, in the table or among its totals.
// Found    every row and every column adds up to its total. Take rows and columns (the totals are one of each) as points, and
//          each hidden cell as a line between its row and its column: exactly the lines that lie on no circle can be
//          computed (a bridge is the only unknown of the sum of one side). So cells are hidden beside them, the smallest
//          that close a circle, until there is no bridge.
// Pure     no store, no clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

enum { SMALL_CELL = 10 };

// Rows of cells; the last row and the last column are the totals. `hidden` has as many.
typedef struct SmallCells {
    int rows, columns;
    const int64_t *count;  // not below zero
    bool *hidden;
} SmallCells;

void small_cells_hide(const SmallCells *cells, Arena scratch);
static inline bool small_cell_hidden(const SmallCells *cells, int row, int column)
{
    return cells->hidden[row * cells->columns + column];
}
