// The certificate of a program: until when it is good, and a new one.
// SPDX-License-Identifier: Apache-2.0
#include "authority.h"
#include "office_main.h"
#include "say.h"

#include <stdio.h>

static bool tls(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    RoleFiles files;
    Str asked = line->arguments.at[0], role = str_of(act->office->program->name);
    bool renews = str_equal(asked, S("renew"));
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = asked;
    if (!renews && !str_equal(asked, S("status")))
        return FAIL(err, E_USAGE, .value = asked,
                    .words = S("status か renew を指定してください。"));
    if (!renews) leaf.act = AUDIT_LOOK;
    if (renews ? !act_record_change(act, &leaf, err) : !act_record_now(act, &leaf, err)) return false;
    if (!(renews ? role_renew : role_files)(act->office->data_dir, role, act->now, arena, &files,
                                            err))
        return false;
    if (files.days_left < EXPIRY_TOLD_DAYS) *status = EXIT_ATTENTION;
    say(stdout, "%.*s: 通信用の証明書はあと %d 日使えます。%s\n", STR(role), files.days_left,
        renews    ? "前の鍵はもう認められません。動いているサーバーは起動し直してください。"
        : *status ? "期限の前に sesshu tls renew で作り直してください。"
                  : "");
    return true;
}

const Door office_tls =
    COMMAND("tls", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, tls, .arguments = "status|renew",
            .least = 1, .most = 1, .words = "通信用の証明書の期限を見る、作り直す");
