// SPDX-License-Identifier: Apache-2.0
#include "answer_words.h"

#include "copy_code_table.h"

static Str null_words(CopyNull null)
{
    return null == COPY_NULL_NOT_COVERED ? S("（該当なし）") : S("（不明）");
}

static Str shown(const CopyCodes *codes, const LayoutItem *item, const CopyItem *value, Arena *arena)
{
    if (!value->value.len) return null_words(value->null);
    const CopyCode *code = item->table ? copy_code(codes, str_of(item->table), value->value) : NULL;
    return code ? str_format(arena, "%.*s（%.*s）", STR(code->words), STR(value->value)) : value->value;
}

bool answer_in_words(const CopyAnswer *answer, Arena *arena, AnswerWords *words, Error *err)
{
    CopyCodes codes;
    if (!copy_code_table(arena, &codes, err)) return false;
    const CopyLayout *layout = copy_layout(&answer->dataset);
    int number = 0;
    *words = (AnswerWords){0};
    VEC_EACH (const CopyItemRows, record, answer->records) {
        number++;
        VEC_EACH (const CopyItem, value, *record) {
            const LayoutItem *item = layout ? layout_item(layout, answer->layout, value->no) : NULL;
            if (item)
                *answer_words_push(words, arena) =
                    (AnswerWord){str_format(arena, "%d件目 %s", number, item->name), shown(&codes, item, value, arena)};
        }
    }
    return true;
}
