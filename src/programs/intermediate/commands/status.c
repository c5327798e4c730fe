// sesshu intermediate status: codes, copies, the list, what is under way, in one look.
// SPDX-License-Identifier: Apache-2.0
#include "canary_rows.h"
#include "code_hold_rows.h"
#include "exchange_words.h"
#include "incident_rows.h"
#include "linkage_home.h"
#include "provision_rows.h"
#include "say.h"

#include <stdio.h>

static const char *moment(Instant at, char text[INSTANT_TEXT_SIZE])
{
    return at ? instant_in_japan(at, text) : "まだありません";
}

static void told(const LinkageHome *home, const CodeCounts *codes, const CopySetRows *sets, Arena *arena)
{
    char at[INSTANT_TEXT_SIZE];
    if (home->admitted)
        say(stdout, "機関コード: %s\n", str_z(arena, organisation_shown(&home->me, arena)));
    else
        (void)puts("情報提供ネットワークにまだ登録されていません。");
    say(stdout, "照合リスト: 版 %lld（確認 %s）%s\n", (long long)home->list.version, moment(home->list.as_of, at),
        allow_list_fresh(&home->list, home->act->now) ? "" : " 古いため、照会も提供も止めています。");
    if (linkage_line_is_dead(home))
        (void)puts("情報提供ネットワークから1日以上何も届いていません。serve か exchange が動いているか、通信と証明書を確かめてください。");
    say(stdout, "符号: 取得済 %lld、依頼中 %lld、失敗 %lld、期限切れ %lld、疑い %lld\n",
        (long long)codes->of_state[CODE_HELD], (long long)codes->of_state[CODE_REQUESTED],
        (long long)codes->of_state[CODE_FAILED], (long long)codes->of_state[CODE_EXPIRED], (long long)codes->doubted);
    VEC_EACH (CopySetRow, set, *sets)
        say(stdout, "副本 %s: 連番 %lld、台帳と一致 %s、受け付けなかった記録 %lld%s\n", set->dataset.at,
            (long long)set->set.sequence, moment(set->as_of, at), (long long)set->refused,
            set->held ? "、全件の反映が承認を待っています" : "");
}

// Of those that cannot be read, or not as they should: all that is well is not told.
static bool canaries_told(const Act *act, Arena *arena, ExitStatus *status, Error *err)
{
    CanaryRows rows;
    if (!canaries(act->store, arena, &rows, err)) return false;
    VEC_EACH (const CanaryRow, row, rows) {
        if (canary_row_objection(row, act->now) == CANARY_SINGS) continue;
        *status = EXIT_ATTENTION;
        say(stdout, "副本の見張り %s %s: %.*s\n", str_z(arena, organisation_shown(&row->provider, arena)), row->dataset.at,
            STR(canary_words(row, act->now, arena)));
    }
    return true;
}

static bool status_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    LinkageHome home;
    CodeCounts codes;
    CopySetRows sets;
    IncidentRows incidents;
    ProvisionRows held;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line;
    if (!linkage_home(act, arena, &home, err) || !code_counts(act->store, &codes, err) ||
        !copy_sets(act->store, arena, &sets, err) || !incidents_open(act->store, arena, &incidents, err) ||
        !provisions_held(act->store, arena, &held, err) || !act_record_now(act, &leaf, err))
        return false;
    told(&home, &codes, &sets, arena);
    say(stdout, "手動応答待ち %lld 件、確かめる仕事 %lld 件\n", (long long)held.count, (long long)incidents.count);
    if (linkage_wrong(&home, &sets) || held.count || incidents.count) *status = EXIT_ATTENTION;
    return canaries_told(act, arena, status, err);
}

const Door command_status = COMMAND("status", "linkage", DUTY_READ, AUDIT_LOOK, SHARED, status_command, .arguments = "",
                                    .words = "符号・副本・照合リストと、待っている仕事を表示します");
