// sesshu addressee serve: the door for the ledger, on the loopback unless told otherwise.
// SPDX-License-Identifier: Apache-2.0
#include "newest_change_leave.h"
#include "office_server.h"

// The epoch is there from now on, and the word about the newest change is true.
static bool provide_epoch(Act *act, Arena scratch, Error *err)
{
    return act_begin(act, err) && newest_change_leave(act, scratch, err) &&
           store_commit(act->store, err);
}

static bool serve(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    (void)status;
    office_server_hold();
    return provide_epoch(act, *arena, err) && act_record_now(act, &opened, err) &&
           office_serve(act, option_text(line, "address"), arena, err);
}

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8701、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

// The other program asks one question at a time.
static const Service service = {.processes = 1, .port = 8701};

const Door command_serve =
    SERVICE("serve", "register", AUDIT_EXPORT, &service, serve, .arguments = "",
            .words = "予防接種台帳へ日次の差分を渡す口を開きます", .options = options);
