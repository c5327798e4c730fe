// sesshu network serve: the doors for the servers of organisations, on the loopback unless told otherwise.
// SPDX-License-Identifier: Apache-2.0
#include "office_server.h"

enum { DEFAULT_PORT = 8704, PORT_MOST = 65535 };

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    int64_t port = option_number(line, "port", DEFAULT_PORT);
    if (port < 0 || port > PORT_MOST)
        return FAIL(err, E_USAGE, .item = S("--port"),
                    .words = S("ポートは1から65535まで、または0 (空いているもの) で指定してください。"));
    *place = (ServingPlace){option_text(line, "address"), {(int)port}, 1};
    return true;
}

static bool serve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    (void)status;
    office_server_hold();
    return act_record_now(act, &opened, err) && office_serve(act, option_text(line, "address"), arena, err);
}

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8704、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

static const Service service = {1, place_read};

const Door command_serve = SERVICE("serve", "linkage", AUDIT_EXPORT, &service, serve, .arguments = "",
                                   .words = "各機関の中間サーバーと団体内統合宛名に答えます", .options = options);
