// SPDX-License-Identifier: Apache-2.0
#include "errors.h"

const char *error_code_text(ErrorCode code)
{
    static const char *const texts[] = {
#define X(name) "E_" #name,
        ERROR_CODES(X)
#undef X
    };
    _Static_assert(countof(texts) == E_COUNT, "every code has a text");
    return code >= 0 && code < E_COUNT ? texts[code] : "E_UNKNOWN";
}

void error_keep(Error *err, Arena *arena)
{
    Str *texts[] = {&err->item, &err->value, &err->words};
    for (ptrdiff_t i = 0; i < countof(texts); i++)
        if (str_present(*texts[i])) *texts[i] = str_copy(arena, *texts[i]);
}

Str error_line(Arena *arena, const Error *err)
{
    Text line = {0};
    if (err->row) text_addf(&line, arena, "%lld行目 ", (long long)err->row);
    if (str_present(err->item)) text_addf(&line, arena, "%.*s", STR(err->item));
    if (str_present(err->value)) text_addf(&line, arena, "「%.*s」", STR(err->value));
    if (line.len) text_add(&line, arena, S(": "));
    text_add(&line, arena, err->words);
    return text_str(&line);
}
