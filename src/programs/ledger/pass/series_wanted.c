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
                        "このワクチンはありません。次のどれかを記号か名前で指定してください: %.*s",
                        STR(groups_text(schedule, groups_all(schedule), &scratch))));
    *groups |= found;
    return true;
}

uint64_t series_of_class(const Schedule *schedule, Str class)
{
    assert(class.len > 0);
    uint64_t groups = 0;
    for (int g = 0; g < group_count(schedule); g++)
        if (str_equal(group_class(schedule, g), class)) groups |= (uint64_t)1 << g;
    return groups;
}
