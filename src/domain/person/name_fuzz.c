// Two names, a line break between: nothing crashes, keys are folded once for all, comparing is
// symmetric in its fit, and equal names are filed under one key.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "name_fit.h"
#include "name_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Arena whole_arena = arena_reserve(1 << 20);
    Arena arena = whole_arena;
    Cut names = str_cut((Str){(const char *)data, size < 4096 ? (ptrdiff_t)size : 4096}, '\n');
    NameKey a = name_key(names.head, &arena), b = name_key(names.tail, &arena);
    NameComparison there = name_compare(&a, &b), back = name_compare(&b, &a);
    assert(there.fit == back.fit);
    assert(there.shares_part == back.shares_part);
    if (there.fit >= NAME_SOUNDS)
        assert(str_equal(name_index_key(names.head, &arena), name_index_key(names.tail, &arena)));
    Str text = name_text(&a, &arena);
    NameKey again = name_key(text, &arena);
    assert(a.cut || str_equal(name_text(&again, &arena), text));
    assert(a.cut || again.script == a.script);
    arena_release(whole_arena);
    return 0;
}
