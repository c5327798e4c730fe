// A line of a table of data/linkage: so many columns with tabs between them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

static inline bool table_line_read(Str line, Str *columns, int count)
{
    for (int i = 0; i < count; i++) {
        Cut cut = str_cut(line, '\t');
        if (cut.found != (i + 1 < count)) return false;
        columns[i] = cut.head;
        line = cut.tail;
    }
    return true;
}
