// Nothing crashes the compiler, and what it accepts writes no value but through a writer that escapes.
// SPDX-License-Identifier: Apache-2.0
#include "template.h"

#include <assert.h>

static bool known_call(Str line)
{
    static const char *const calls[] = {
        "put_literal(page, S(\"",
        "page_is_for(page, S(\"",
        "put_text(page, ",
        "put_text_there(page, ",
        "put_digits(page, ",
        "put_number(page, ",
        "put_count(page, ",
        "put_tenths(page, ",
        "put_era(page, ",
        "put_day(page, ",
        "put_name(page, ",
        "put_path(page, ",
        "put_segment(page, ",
        "put_markup(page, ",
        "if (",
        "VEC_EACH (const ",
        "} else {",
        "}",
        "(void)from;",
    };
    line = str_trim(line);
    for (ptrdiff_t i = 0; i < countof(calls); i++)
        if (str_starts(line, str_of(calls[i]))) return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    TemplateCode code;
    TemplateRefusal why;
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 32);
    if (size > 1 << 14) return 0;
    Arena arena = whole;
    Str text = {(const char *)data, (ptrdiff_t)size};
    if (!template_compile(text, S("x.h"), &arena, &code, &why)) {
        assert(why.line > 0);
        assert(why.words.len > 0);
        return 0;
    }
    ptrdiff_t begins = str_find(code.source, S("\n{\n"));
    assert(begins > 0);
    for (Cut cut = str_cut(str_from(code.source, begins + 3), '\n'); cut.head.len;
         cut = str_cut(cut.tail, '\n'))
        assert(known_call(cut.head));
    return 0;
}
