// sesshu addressee resolve 宛名番号 --reason R
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "hold_resolve.h"

#include <stdio.h>

static bool resolve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AddresseeNo who;
    int64_t decided;
    (void)arena, (void)status;
    if (!addressee_no_parse(line->arguments.at[0], &who, NULL, err) ||
        !hold_resolve(act, &who, option_text(line, "reason"), &decided, err))
        return false;
    (void)fprintf(stderr, "受け付けなかった行 %lld 件を、今の住民情報のとおりと決めました。通知を再開します。\n",
                  (long long)decided);
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "どう確かめたか", false, true},
    {.kind = OPTION_END},
};

const Door command_resolve =
    COMMAND("resolve", "register", DUTY_ENTER, AUDIT_CHANGE, SHARED, resolve, .arguments = "宛名番号",
            .least = 1, .most = 1,
            .words = "受け付けなかった行のある人を、住民記録に確かめて今の住民情報のとおりと決めます", .options = options);
