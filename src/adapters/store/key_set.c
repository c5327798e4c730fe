// SPDX-License-Identifier: Apache-2.0
#include "key_set.h"

// A JSON string (RFC 8259, 7): quotation mark, backslash and control characters are escaped.
static void add_string(Text *json, Arena *arena, Str text)
{
    text_add_byte(json, arena, '"');
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '"' || c == '\\')
            text_addf(json, arena, "\\%c", c);
        else if ((unsigned char)c < 0x20)
            text_addf(json, arena, "\\u%04x", (unsigned)c);
        else
            text_add_byte(json, arena, c);
    }
    text_add_byte(json, arena, '"');
}

void key_set_add(KeySet *set, Arena *arena, Str text, int64_t number)
{
    text_add_byte(&set->json, arena, set->count++ ? ',' : '{');
    add_string(&set->json, arena, text);
    text_addf(&set->json, arena, ":%lld", (long long)number);
}

void key_set_add_number(KeySet *set, Arena *arena, int64_t number)
{
    key_set_add(set, arena, (Str){0}, number);
}

Str key_set_text(KeySet *set, Arena *arena)
{
    text_add(&set->json, arena, set->count ? S("}") : S("{}"));
    return text_str(&set->json);
}
