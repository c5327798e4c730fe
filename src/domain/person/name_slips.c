// SPDX-License-Identifier: Apache-2.0
#include "name_slips.h"

#include "name_key.h"
#include "name_variant.h"

#include <assert.h>

enum { TOO_MANY = NAME_SLIPS_MAX + 1, ROW = NAME_CHARS_MAX + 1 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static bool same_letter(int32_t a, int32_t b, bool variants_free)
{
    return a == b || (variants_free && variant_between(a, b) >= VARIANT_LIKELY);
}

typedef struct Table {
    int rows[3][ROW];  // this row, the one before, the one before that: i modulo 3
} Table;

// Fills the band of row i, returns its least value.
static int fill_row(Table *t, NameRun a, NameRun b, int32_t i, bool variants_free)
{
    int *row = t->rows[i % 3];
    const int *above = t->rows[(i + 2) % 3], *two_above = t->rows[(i + 1) % 3];
    int32_t first = i > TOO_MANY ? i - TOO_MANY : 1;
    int32_t last = i + TOO_MANY < b.count ? i + TOO_MANY : b.count;
    row[first - 1] = first == 1 ? i : TOO_MANY;
    int row_least = row[first - 1];
    for (int32_t j = first; j <= last; j++) {
        int32_t x = a.chars[i - 1], y = b.chars[j - 1];
        int best = above[j - 1] + !same_letter(x, y, variants_free);
        best = least(best, least(above[j], row[j - 1]) + 1);
        bool exchanged = i > 1 && j > 1 && x == b.chars[j - 2] && y == a.chars[i - 2] && x != y;
        if (exchanged) best = least(best, two_above[j - 2] + 1);
        row[j] = best;
        row_least = least(row_least, best);
    }
    if (last < b.count) row[last + 1] = TOO_MANY;
    return row_least;
}

int name_slips(NameRun a, NameRun b, bool variants_free)
{
    assert(a.count <= NAME_CHARS_MAX);
    assert(b.count <= NAME_CHARS_MAX);
    if (a.count - b.count > NAME_SLIPS_MAX || b.count - a.count > NAME_SLIPS_MAX) return TOO_MANY;
    Table t;
    for (int32_t j = 0; j <= b.count; j++) t.rows[0][j] = j;
    for (int32_t i = 1; i <= a.count; i++) {
        // An exchange reaches two rows back, but a row is at most one below the row after it.
        if (fill_row(&t, a, b, i, variants_free) > NAME_SLIPS_MAX) return TOO_MANY;
    }
    return least(t.rows[a.count % 3][b.count], TOO_MANY);
}
