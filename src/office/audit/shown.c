// SPDX-License-Identifier: Apache-2.0
#include "shown.h"

#include <stdlib.h>
#include <string.h>

Str shown_sign(const Sha256 *index, Arena *arena)
{
    Text sign = {0};
    for (int i = 0; i < SHOWN_SIGN_LETTERS / 2; i++) {
        text_add_byte(&sign, arena, (char)('a' + (index->at[i] >> 4)));
        text_add_byte(&sign, arena, (char)('a' + (index->at[i] & 15)));
    }
    return text_str(&sign);
}

static bool is_sign(Str text)
{
    if (text.len < SHOWN_SIGN_LETTERS) return false;
    for (int i = 0; i < SHOWN_SIGN_LETTERS; i++)
        if (text.at[i] < 'a' || text.at[i] > 'p') return false;
    return true;
}

static int by_letters(const void *a, const void *b)
{
    const Str *x = a, *y = b;
    return memcmp(x->at, y->at, SHOWN_SIGN_LETTERS);
}

ShownSigns shown_in(Str detail, Arena *arena)
{
    ShownSigns found = {0}, each = {0};
    for (ptrdiff_t at; (at = str_find(detail, S(AUDIT_SHOWN_MARK))) >= 0;) {
        detail = str_from(detail, at + (ptrdiff_t)strlen(AUDIT_SHOWN_MARK));
        if (is_sign(detail)) *shown_signs_push(&found, arena) = str_first(detail, SHOWN_SIGN_LETTERS);
    }
    if (found.count) qsort(found.at, (size_t)found.count, sizeof *found.at, by_letters);
    VEC_EACH (const Str, sign, found)
        if (!each.count || !str_equal(*sign, each.at[each.count - 1])) *shown_signs_push(&each, arena) = *sign;
    return each;
}

// ---- beside the leaves

static void walk_on(ShownWalk *walk)
{
    walk->there = query_next(walk->rows);
    if (walk->there) walk->leaf_no = column_int64(walk->rows, 0);
}

bool shown_walk_begin(Store *store, ShownWalk *walk, Error *err)
{
    *walk = (ShownWalk){.rows = audit_shown_walk(store, err)};
    if (!walk->rows) return false;
    walk_on(walk);
    return true;
}

bool shown_walk_stands(ShownWalk *walk, const StoredLeaf *leaf, Arena scratch)
{
    ShownSigns signs = shown_in(leaf->detail, &scratch);
    ptrdiff_t same = 0;
    bool strange = walk->there && walk->leaf_no < leaf->leaf_no;
    for (; !strange && walk->there && walk->leaf_no == leaf->leaf_no; walk_on(walk)) {
        strange = same == signs.count || !str_equal(column_view(walk->rows, 1), signs.at[same]);
        same++;
    }
    return !strange && same == signs.count;
}

bool shown_walk_end(ShownWalk *walk, bool *rest, Error *err)
{
    if (!walk->rows) return true;
    *rest = walk->there;
    return query_end(walk->rows, err);
}
