// sesshu addressee serve: the door for the ledger, on the loopback unless told otherwise.
// SPDX-License-Identifier: Apache-2.0
#include "newest_change_leave.h"
#include "office_server.h"

enum { DEFAULT_PORT = 8701, PORT_MOST = 65535 };

static bool serving_read(const CommandLine *line, OfficeServing *serving, Error *err)
{
    int64_t port = option_number(line, "port", DEFAULT_PORT);
    if (port < 0 || port > PORT_MOST)
        return FAIL(err, E_USAGE, .item = S("--port"),
                    .words =
                        S("ポートは1から65535まで、または0 (空いているもの) で指定してください。"));
    *serving = (OfficeServing){.address = option_text(line, "address"), .port = (int)port};
    return true;
}

// The epoch is there from now on, and the word about the newest change is true.
static bool provide_epoch(Act *act, Arena scratch, Error *err)
{
    return act_begin(act, err) && newest_change_leave(act, scratch, err) &&
           store_commit(act->store, err);
}

static bool serve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    OfficeServing serving;
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    (void)status;
    office_server_hold();
    return serving_read(line, &serving, err) && provide_epoch(act, *arena, err) &&
           act_record_now(act, &opened, err) && office_serve(act, &serving, arena, err);
}

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8701、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

const Door command_serve =
    COMMAND("serve", "register", DUTY_SERVE, AUDIT_EXPORT, SHARED, serve, .arguments = "",
            .words = "予防接種台帳へ日次の差分を渡す口を開きます", .options = options);
