// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"

#include "copy_code_table.h"
#include "copy_message.h"

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

bool answer_lines(Str data, Arena *arena, ApprovalLines *lines, Error *err)
{
    CopyAnswer answer;
    CopyCodes codes;
    if (!data.len) {
        *approval_lines_push(lines, arena) = (ApprovalLine){S("副本"), {0}, S("該当データなし")};
        return true;
    }
    if (!copy_answer_decode(data, arena, &answer, err) || !copy_code_table(arena, &codes, err)) return false;
    const CopyLayout *layout = copy_layout(&answer.dataset);
    int number = 0;
    VEC_EACH (CopyItemRows, record, answer.records) {
        number++;
        VEC_EACH (CopyItem, value, *record) {
            const LayoutItem *item = layout ? layout_item(layout, answer.layout, value->no) : NULL;
            if (item)
                *approval_lines_push(lines, arena) = (ApprovalLine){str_format(arena, "%d件目 %s", number, item->name), {0},
                                                                    shown(&codes, item, value, arena)};
        }
    }
    return true;
}
