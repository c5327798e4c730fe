// SPDX-License-Identifier: Apache-2.0
#include "series_wanted.h"

#include <assert.h>

bool series_wanted_add(const Schedule *schedule, Str written, Arena scratch, uint64_t *groups,
                       Error *err)
{
    uint64_t found = groups_by_name(schedule, written, scratch);
    if (!found)
        return FAIL(err, E_CODE_UNKNOWN, .item = S("--vaccine"), .value = written,
                    .words = str_format(
                        &scratch,
                        "このワクチンはありません。次の系列の名前のどれかを指定してください: %.*s",
                        STR(series_ids(schedule, groups_all(schedule), &scratch))));
    *groups |= found;
    return true;
}

Str series_ids(const Schedule *schedule, uint64_t groups, Arena *arena)
{
    assert(group_count(schedule) <= 64);
    Text text = {0};
    for (int g = 0; g < group_count(schedule); g++)
        if (groups >> g & 1)
            text_addf(&text, arena, "%s%.*s", text.len ? "、" : "", STR(group_id(schedule, g)));
    return text_str(&text);
}

uint64_t series_of_class(const Schedule *schedule, Str class)
{
    assert(class.len > 0);
    uint64_t groups = 0;
    for (int g = 0; g < group_count(schedule); g++)
        if (str_equal(group_class(schedule, g), class)) groups |= (uint64_t)1 << g;
    return groups;
}
