// Whatever the bytes: no crash; a table that is accepted says of every code what it counts for.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "error_texts.h"
#include "foreign_codes.h"
#include "rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    static const Schedule *schedule;
    Error err = {0};
    ForeignCodes codes;
    if (!schedule) {
        whole = arena_reserve((ptrdiff_t)256 << 20);
        bool loaded = rules_embedded(&whole, &schedule, &err);
        assert(loaded);
    }
    Arena arena = whole;
    Str text = {(const char *)data, (ptrdiff_t)size};
    if (!foreign_codes_load(text, schedule, &arena, &codes, &err)) {
        assert(err.code != E_NONE && error_words(&err).len > 0);
        return 0;
    }
    VEC_EACH (const ForeignCode, c, codes) {
        assert(c->cvx.len >= 2 && c->name.len > 0);
        assert((c->rule == FOREIGN_COUNTS) == (c->product_count > 0));
        assert(foreign_code_find(&codes, c->cvx) == c);
    }
    return 0;
}
