// Whoever has a table with hidden cells, and knows that it adds up, cannot compute one: tried by elimination on random tables.
// SPDX-License-Identifier: Apache-2.0
#include "small_cells.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

enum { ROWS = 7, COLUMNS = 6, CELLS = ROWS * COLUMNS, TABLES = 3000 };

static Arena whole;

typedef struct Table {
    int rows, columns;
    int64_t count[CELLS];
    bool hidden[CELLS];
} Table;

// Totals in the last row and the last column.
static void added_up(Table *t)
{
    int last_row = t->rows - 1, last = t->columns - 1;
    for (int r = 0; r < last_row; r++) {
        t->count[r * t->columns + last] = 0;
        for (int c = 0; c < last; c++) t->count[r * t->columns + last] += t->count[r * t->columns + c];
    }
    for (int c = 0; c < t->columns; c++) {
        t->count[last_row * t->columns + c] = 0;
        for (int r = 0; r < last_row; r++) t->count[last_row * t->columns + c] += t->count[r * t->columns + c];
    }
}

static SmallCells hide(Table *t)
{
    const SmallCells cells = {t->rows, t->columns, t->count, t->hidden};
    small_cells_hide(&cells, whole);
    return cells;
}

// ---- who computes: one equation a row and a column, one unknown a hidden cell

typedef struct Equations {
    int count, unknowns;
    double at[ROWS + COLUMNS][CELLS];
} Equations;

static void equation_add(Equations *e, const Table *t, int first, int step, int length)
{
    double *row = e->at[e->count++];
    int unknown = 0;
    for (int at = 0; at < t->rows * t->columns; at++) {
        if (!t->hidden[at]) continue;
        for (int i = 0; i < length; i++)
            if (first + i * step == at) row[unknown] = i == length - 1 ? -1 : 1;
        unknown++;
    }
    e->unknowns = unknown;
}

static void reduced(Equations *e)
{
    int done = 0;
    for (int u = 0; u < e->unknowns && done < e->count; u++) {
        int pivot = done;
        while (pivot < e->count && fabs(e->at[pivot][u]) < 1e-9) pivot++;
        if (pivot == e->count) continue;
        for (int j = 0; j < e->unknowns; j++) {
            double held = e->at[done][j];
            e->at[done][j] = e->at[pivot][j];
            e->at[pivot][j] = held;
        }
        for (int r = 0; r < e->count; r++) {
            double times = r == done ? 0 : e->at[r][u] / e->at[done][u];
            for (int j = 0; j < e->unknowns; j++) e->at[r][j] -= times * e->at[done][j];
        }
        done++;
    }
}

// In the reduced form a cell that can be computed stands alone in an equation.
static int computed(const Table *t)
{
    int found = 0;
    Equations e = {0};
    for (int r = 0; r < t->rows; r++) equation_add(&e, t, r * t->columns, 1, t->columns);
    for (int c = 0; c < t->columns; c++) equation_add(&e, t, c, t->columns, t->rows);
    reduced(&e);
    for (int r = 0; r < e.count; r++) {
        int alone = 0;
        for (int u = 0; u < e.unknowns; u++) alone += fabs(e.at[r][u]) > 1e-9;
        found += alone == 1;
    }
    return found;
}

static void nobody_computes_a_hidden_cell(void **state)
{
    (void)state;
    unsigned seed = 20261124;
    int tried = 0;
    for (int n = 0; n < TABLES; n++) {
        Table t = {.rows = 2 + (int)(seed >> 8) % (ROWS - 1), .columns = 2 + (int)(seed >> 16) % (COLUMNS - 1)};
        for (int at = 0; at < t.rows * t.columns; at++) {
            seed = seed * 1664525u + 1013904223u;
            unsigned kind = seed >> 28;
            t.count[at] = kind < 3 ? 0 : kind < 5 ? 1 + (seed >> 10) % 9 : 10 + (seed >> 10) % 200;
        }
        added_up(&t);
        const SmallCells cells = hide(&t);
        for (int at = 0; at < t.rows * t.columns; at++)
            if (t.count[at] > 0 && t.count[at] < SMALL_CELL) assert_true(cells.hidden[at]);
        assert_int_equal(computed(&t), 0);
        for (int at = 0; at < t.rows * t.columns; at++) tried += t.hidden[at];
    }
    assert_true(tried > TABLES);
}

// The test can fail: what is hidden for being small alone is computed.
static void a_small_cell_alone_is_computed(void **state)
{
    (void)state;
    Table t = {.rows = 3, .columns = 3, .count = {3, 20, 0, 30, 40, 0, 0, 0, 0}};
    added_up(&t);
    t.hidden[0] = true;
    assert_int_equal(computed(&t), 1);
    const SmallCells cells = hide(&t);
    assert_int_equal(computed(&t), 0);
    assert_true(small_cell_hidden(&cells, 0, 1));  // the smallest of its row, and with it those that close the circle
    assert_true(small_cell_hidden(&cells, 1, 0) && small_cell_hidden(&cells, 1, 1));
    assert_false(small_cell_hidden(&cells, 2, 2));
}

static void what_is_large_or_empty_is_told(void **state)
{
    (void)state;
    Table t = {.rows = 3, .columns = 3, .count = {10, 0, 0, 30, 40, 0, 0, 0, 0}};
    added_up(&t);
    (void)hide(&t);
    for (int at = 0; at < 9; at++) assert_false(t.hidden[at]);
}

int main(void)
{
    whole = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_computes_a_hidden_cell),
        cmocka_unit_test(a_small_cell_alone_is_computed),
        cmocka_unit_test(what_is_large_or_empty_is_told),
    };
    return cmocka_run_group_tests_name("small cells", tests, NULL, NULL);
}
