// SPDX-License-Identifier: Apache-2.0
#include "typed_items.h"

#include "individual_no.h"

#include <stdio.h>
#include <string.h>

enum { LINE_BYTES = 8192 };

bool typed_items_read(TypedItemTake *take, void *typed, Str names, Arena *arena, Error *err)
{
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, stdin)) {
        if (!strchr(line, '\n') && !feof(stdin))
            return FAIL(err, E_LENGTH, .item = S("標準入力"), .words = S("行が長すぎます。"));
        Str text = str_trim(individual_no_mask_text(arena, str_copy(arena, str_of(line))));
        Cut cut = str_cut(text, ':');
        Str item = str_trim(cut.head);
        if (!text.len || (cut.found && take(item, str_trim(cut.tail), typed))) continue;
        return FAIL(err, E_USAGE, .item = S("標準入力"), .value = item,
                    .words = str_format(arena, "1行に一つずつ「項目: 値」と書いてください。項目は%.*sです。", STR(names)));
    }
    return true;
}
