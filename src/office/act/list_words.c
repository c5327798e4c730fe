// SPDX-License-Identifier: Apache-2.0
#include "list_words.h"

#include <string.h>

static const ListColumn *column_named(const ListWords *words, const char *name)
{
    for (int i = 0; words && i < words->count; i++)
        if (!strcmp(words->columns[i].name, name)) return &words->columns[i];
    return NULL;
}

const char *list_head_shown(const ListWords *words, const char *name)
{
    const ListColumn *column = column_named(words, name);
    return column ? column->shown : name;
}

Str list_code_shown(const ListCode *codes, Str code)
{
    for (const ListCode *c = codes; c && c->code; c++)
        if (str_equal(code, str_of(c->code))) return str_of(c->words);
    return code;
}

Str list_cell_shown(const ListWords *words, const char *name, Str value, Arena *arena)
{
    Text text = {0};
    const ListColumn *column = column_named(words, name);
    Str known = words && words->value ? words->value(words->context, str_of(name), value, arena) : (Str){0};
    if (str_present(known)) return known;
    if (!column || !column->codes) return value;
    for (Cut cut = {.tail = value, .found = true}; cut.found;) {
        cut = str_cut(cut.tail, ' ');
        text_addf(&text, arena, "%s%.*s", text.len ? " " : "", STR(list_code_shown(column->codes, cut.head)));
    }
    return text_str(&text);
}
