// sesshu addressee release 宛名番号
// SPDX-License-Identifier: Apache-2.0
#include "door.h"
#include "protection_release.h"

#include <stdio.h>

static bool release(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AddresseeNo who;
    int64_t uncovered;
    (void)status;
    if (!addressee_no_parse(line->arguments.at[0], &who, NULL, err)) return false;
    if (!protection_release(act, &who, arena, &uncovered, err)) return false;
    (void)fprintf(stderr, "住所を伏せるのを終えました。同じ世帯で終えた人 %lld 人。\n",
                  (long long)uncovered);
    return true;
}

const Door command_release =
    COMMAND("release", "register", DUTY_APPROVE, AUDIT_CHANGE, ALONE, release,
            .arguments = "宛名番号", .least = 1, .most = 1,
            .words = "住民記録から届いた支援措置の終了を確かめ、住所を伏せるのを終えます");
