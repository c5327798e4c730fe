// sesshu unified codes: asks for the codes that are owed, follows those under way, and tells whom the register protects.
// SPDX-License-Identifier: Apache-2.0
#include "code_asking.h"
#include "door.h"
#include "register_cursor_rows.h"
#include "say.h"
#include "shield_telling.h"
#include "unified_peers.h"

enum { BATCH_BYTES = 256 << 20 };

// Whoever has moved since is compared by old facts: the register's numbers first.
static bool register_followed(Act *act, Arena scratch, Error *err)
{
    RegisterCursor cursor;
    if (!register_cursor_read(act->store, &scratch, &cursor, err)) return false;
    return cursor.whole || FAIL(err, E_STALE, .words = S("宛名管理から最後まで受け取っていません。先に sesshu unified sync を実行してください。"));
}

static bool handed(Act *act, Arena *arena, Arena batches, CodeReport *report, Error *err)
{
    CodeDebts debts;
    HttpClient *network = NULL;
    if (!code_debts(act->store, act->office->keys, CODE_OWES_HANDING, 0, arena, &debts, err)) return false;
    if (!debts.count) return true;
    bool good = unified_network(act->office, arena, &network, err);
    const RelayOnward onward = onward_over(network);
    good = good && codes_hand(act, &onward, batches, report, err);
    http_client_close(network);
    return good;
}

// Batches live in a place of their own: the act's grows meanwhile. Whom the register protects is told first, so that nothing of
// him leaves before it is hidden.
static bool asked_and_handed(Act *act, Arena *arena, CodeReport *report, int64_t *hidden, Error *err)
{
    HttpClient *intermediate = NULL;
    Arena batches = arena_reserve(BATCH_BYTES);
    bool good = unified_intermediate(act->office, arena, &intermediate, err);
    const RelayOnward onward = onward_over(intermediate);
    good = good && shields_tell(act, &onward, batches, hidden, err) && codes_follow(act, &onward, batches, report, err) &&
           codes_ask(act, &onward, batches, report, err) && handed(act, arena, batches, report, err);
    http_client_close(intermediate);
    arena_release(batches);
    return good;
}

static bool codes(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t hidden = 0;
    CodeReport report = {0};
    (void)line;
    if (!register_followed(act, *arena, err) || !asked_and_handed(act, arena, &report, &hidden, err)) return false;
    say(stderr, "符号: 求めた人 %lld 人、住基ネットへ渡した人 %lld 人、届いた知らせ %lld 件。\n", (long long)report.asked,
        (long long)report.handed, (long long)report.news);
    if (hidden) say(stderr, "支援措置のはじまりと終わり: 中間サーバーに知らせた人 %lld 人。\n", (long long)hidden);
    if (!report.looks) return true;
    say(stderr, "人が確かめることが %lld 件あります。sesshu unified work で確かめてください。\n", (long long)report.looks);
    *status = EXIT_ATTENTION;
    return true;
}

const Door command_codes = COMMAND("codes", "numbers", DUTY_LINK, AUDIT_INQUIRY, ALONE, codes, .arguments = "",
                                   .words = "情報提供用個人識別符号を求め、どうなったかを受け取ります");
