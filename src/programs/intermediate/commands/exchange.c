// sesshu intermediate exchange [--network A]: takes what came, wakes whose time has come, sends what is owed; then ends.
// SPDX-License-Identifier: Apache-2.0
#include "network_exchange.h"

#include <stdio.h>

static bool exchange(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    ExchangeReport report = {0};
    Str address = option_text(line, "network");
    (void)status;
    if (!exchange_all(act, address.len ? address : exchange_address(), arena, &report, err)) return false;
    (void)fprintf(stderr, "情報提供ネットワークと交換しました。受信 %lld 件、送信 %lld 件、期限が来たもの %lld 件%s。\n",
                  (long long)report.letters, (long long)report.sent, (long long)report.woken,
                  report.list_came ? "、照合リストを更新しました" : "");
    return true;
}

static const Option options[] = {
    {OPTION_PLACE, "network", "A", "情報提供ネットワークの場所 (既定 SESSHU_NETWORK)", false, false},
    {.kind = OPTION_END},
};

const Door command_exchange =
    COMMAND("exchange", "linkage", DUTY_IMPORT, AUDIT_INQUIRY, ALONE, exchange, .arguments = "",
            .words = "情報提供ネットワークから届いたものを取り込み、送るべきものを送ります", .options = options);
