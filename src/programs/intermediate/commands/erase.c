// sesshu intermediate erase: what is past its period goes, by destroying its key; the records stay (C-3.6-21). Every night.
// SPDX-License-Identifier: Apache-2.0
#include "erasing.h"

#include <stdio.h>

static bool erase(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Erased erased;
    (void)line, (void)arena, (void)status;
    if (!past_erased(act, &erased, err)) return false;
    (void)fprintf(stderr, "保存期間の過ぎた照会結果 %lld 件と、送り終えた応答 %lld 件を消去しました。情報提供等記録は残っています。\n",
                  (long long)erased.results, (long long)erased.answers);
    return true;
}

const Door command_erase = COMMAND("erase", "linkage", DUTY_APPROVE, AUDIT_CHANGE, ALONE, erase, .arguments = "",
                                   .words = "保存期間の過ぎた照会結果を消去します (毎晩)");
