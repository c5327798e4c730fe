// SPDX-License-Identifier: Apache-2.0
#include "key_set.h"

// A JSON string (RFC 8259, 7): quotation mark, backslash and control characters are escaped.
static void add_string(Text *json, Arena *arena, Str text)
{
    ptrdiff_t plain = 0;  // what comes before it stands there
    text_add_byte(json, arena, '"');
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        text_add(json, arena, (Str){text.at + plain, i - plain});
        text_addf(json, arena, c < 0x20 ? "\\u%04x" : "\\%c", c);
        plain = i + 1;
    }
    text_add(json, arena, (Str){text.at + plain, text.len - plain});
    text_add_byte(json, arena, '"');
}

void key_set_add(KeySet *set, Arena *arena, Str text, int64_t number)
{
    text_add_byte(&set->json, arena, set->count++ ? ',' : '{');
    add_string(&set->json, arena, text);
    char room[INT64_ROOM];
    text_add_byte(&set->json, arena, ':');
    text_add(&set->json, arena, str_of_int64(number, room));
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
