// SPDX-License-Identifier: Apache-2.0
#include "newest_change.h"

#include "difference.h"

Str newest_change_text(const NewestChange *newest, Arena *arena)
{
    return str_format(arena, "%.*s %lld\n", STR(newest->epoch), (long long)newest->change_no);
}

bool newest_change_parse(Str text, NewestChange *newest)
{
    Cut line = str_cut(text, '\n');
    Cut epoch = str_cut(line.head, ' ');
    int64_t number;
    bool right = epoch.head.len == EPOCH_LENGTH && str_int64(epoch.tail, &number) && number >= 0 &&
                 line.tail.len == 0;
    if (right) *newest = (NewestChange){epoch.head, number};
    return right;
}
