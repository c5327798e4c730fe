// sesshu intermediate reconcile [--network A]: our records of provision beside those of the network's core. What does not
// agree is told and becomes work.
// SPDX-License-Identifier: Apache-2.0
#include "network_exchange.h"
#include "reconciling.h"
#include "say.h"

#include <stdio.h>

static bool reconcile(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Reconciled found;
    Str address = option_text(line, "network");
    if (!records_reconciled(act, address.len ? address : exchange_address(), arena, &found, err)) return false;
    say(stdout, "情報提供等記録 %lld 件をコアの記録 %lld 件と照合しました。", (long long)found.own, (long long)found.core);
    if (!found.differing.count) (void)puts("すべて一致しています。");
    else (void)printf("一致しないもの %lld 件。\n", (long long)found.differing.count);
    VEC_EACH (Str, words, found.differing) say(stdout, "    %.*s\n", STR(*words));
    if (found.differing.count) *status = EXIT_ATTENTION;
    return true;
}

static const Option options[] = {
    {OPTION_PLACE, "network", "A", "情報提供ネットワークの場所 (既定 SESSHU_NETWORK)", false, false},
    {.kind = OPTION_END},
};

const Door command_reconcile =
    COMMAND("reconcile", "linkage", DUTY_EXPORT, AUDIT_INQUIRY, ALONE, reconcile, .arguments = "",
            .words = "情報提供等記録をネットワークの記録と照合します", .options = options);
