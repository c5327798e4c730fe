// sesshu intermediate serve [--address A] [--port P] [--network A]: the doors for unified, and the exchange with the network
// again and again beside them.
// SPDX-License-Identifier: Apache-2.0
#include "network_exchange.h"
#include "office_beside.h"

static bool exchanged(Act *act, const void *context, Arena *arena, Error *err)
{
    ExchangeReport report = {0};
    return exchange_all(act, *(const Str *)context, arena, &report, err);
}

static bool serve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    Str given = option_text(line, "network"), network = given.len ? given : exchange_address();
    const Beside beside = {"exchange", exchanged, &network};
    (void)status;
    office_server_hold();
    if (!act_record_now(act, &opened, err)) return false;
    // Whoever names no network serves unified alone, and somebody else exchanges.
    return network.len ? office_serve_beside(act, option_text(line, "address"), &beside, arena, err)
                       : office_serve(act, option_text(line, "address"), arena, err);
}

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8703、0 は空いているもの)", false, false},
    {OPTION_PLACE, "network", "A", "情報提供ネットワークの場所 (既定 SESSHU_NETWORK)", false, false},
    {.kind = OPTION_END},
};

static const Service service = {.processes = 1, .port = 8703};

const Door command_serve =
    SERVICE("serve", "linkage", AUDIT_INQUIRY, &service, serve, .arguments = "",
            .words = "団体内統合宛名からの照会と副本を受け付け、情報提供ネットワークと交換し続けます",
            .options = options);
