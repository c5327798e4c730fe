// SPDX-License-Identifier: Apache-2.0
#include "copy_record.h"

#include <assert.h>
#include <string.h>

static bool key_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
}

bool copy_key_read(Str text, CopyKey *key)
{
    CopyKey read = {{0}};
    if (text.len < 1 || text.len > COPY_KEY_MOST) return false;
    for (ptrdiff_t i = 0; i < text.len; i++)
        if (!key_character(text.at[i])) return false;
    memcpy(read.at, text.at, (size_t)text.len);
    *key = read;
    return true;
}

bool copy_key_same(const CopyKey *a, const CopyKey *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0;
}

Str copy_value(const CopyItemRows *items, int no)
{
    VEC_EACH (CopyItem, item, *items)
        if (item->no == no && item->value.len) return item->value;
    return (Str){0};
}

int64_t copy_item_bit(int no)
{
    assert(no >= 1);
    assert(no <= COPY_ITEMS_MOST);
    return (int64_t)1 << (no - 1);
}
