// SPDX-License-Identifier: Apache-2.0
#include "small_cells.h"

#include <assert.h>
#include <string.h>

// Points: rows first, then columns. `side`: reached from where one began, over hidden cells.
typedef struct Walk {
    const SmallCells *cells;
    int *open;
    bool *side;
    int open_count, without;  // the cell that is not walked over
} Walk;

static void reach(Walk *w, int point)
{
    if (w->side[point]) return;
    w->side[point] = true;
    w->open[w->open_count++] = point;
}

// What is on the side of the row of this cell when its own line is taken out.
static void walk_without(Walk *w, int cell)
{
    const SmallCells *c = w->cells;
    memset(w->side, 0, (size_t)(c->rows + c->columns) * sizeof *w->side);
    w->open_count = 0;
    w->without = cell;
    reach(w, cell / c->columns);
    while (w->open_count) {
        int point = w->open[--w->open_count];
        bool row = point < c->rows;
        for (int other = 0; other < (row ? c->columns : c->rows); other++) {
            int at = row ? point * c->columns + other : other * c->columns + (point - c->rows);
            if (c->hidden[at] && at != w->without) reach(w, row ? c->rows + other : other);
        }
    }
}

// Of the cells between the two sides the smallest that is told: one that somebody stands in before an empty one.
static int cheapest_between(const Walk *w)
{
    int best = -1;
    const SmallCells *c = w->cells;
    for (int at = 0; at < c->rows * c->columns; at++) {
        bool between = w->side[at / c->columns] != w->side[c->rows + at % c->columns];
        if (c->hidden[at] || !between) continue;
        bool better = best < 0 || (c->count[at] > 0) > (c->count[best] > 0) ||
                      ((c->count[at] > 0) == (c->count[best] > 0) && c->count[at] < c->count[best]);
        if (better) best = at;
    }
    return best;
}

// Hides one cell beside the first that could be computed; false when there is none.
static bool bridge_closed(Walk *w)
{
    const SmallCells *c = w->cells;
    for (int at = 0; at < c->rows * c->columns; at++) {
        if (!c->hidden[at]) continue;
        walk_without(w, at);
        if (w->side[c->rows + at % c->columns]) continue;  // another way leads there
        int beside = cheapest_between(w);
        if (beside < 0) continue;  // a table of one row or one column: all of it is hidden
        c->hidden[beside] = true;
        return true;
    }
    return false;
}

void small_cells_hide(const SmallCells *cells, Arena scratch)
{
    assert(cells->rows > 0 && cells->columns > 0);
    int points = cells->rows + cells->columns;
    Walk walk = {.cells = cells, .open = NEW(&scratch, int, points), .side = NEW(&scratch, bool, points)};
    for (int at = 0; at < cells->rows * cells->columns; at++)
        cells->hidden[at] = cells->count[at] > 0 && cells->count[at] < SMALL_CELL;
    while (bridge_closed(&walk)) continue;
}
