// sesshu network serve: the doors for the servers of organisations, on the loopback unless told otherwise.
// SPDX-License-Identifier: Apache-2.0
#include "office_server.h"

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8704、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

static const Service service = {.processes = 1, .port = 8704};

const Door command_serve = SERVICE("serve", "linkage", AUDIT_EXPORT, &service, office_serves, .arguments = "",
                                   .words = "各機関の中間サーバーと団体内統合宛名に答えます", .options = options);
