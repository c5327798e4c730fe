// SPDX-License-Identifier: Apache-2.0
#include "command_known.h"

bool command_known_on(const CommandLine *line, Day *day, Error *err)
{
    char text[DAY_TEXT_SIZE];
    Day asked = option_day(line, "known-on", DAY_NONE);
    if (asked != DAY_NONE && asked > line->as_of)
        return FAIL(err, E_USAGE, .item = S("--known-on"), .value = str_of(day_text(asked, text)),
                    .words = S("--known-on には業務日までの日を指定してください。"));
    *day = asked;
    return true;
}

Day command_day_asked(const CommandLine *line)
{
    return option_day(line, "known-on", line->as_of);
}
