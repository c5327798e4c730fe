// sesshu ledger desk: the ledger's screens, on the loopback of this machine.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "desk.h"
#include "ledger_routes.h"
#include "office_server.h"
#include "sync_cursor_rows.h"

enum { DEFAULT_PORT = 8443, DEFAULT_CARD_PORT = 8444, PORT_MOST = 65535 };

static bool desk_open(Act *act, Arena *arena, const void **program, Error *err)
{
    Ledger *ledger = NEW(arena, Ledger, 1);
    *program = ledger;
    return ledger_open(act, arena, ledger, err);
}

// By which day, which rules and which residents the page speaks.
static bool desk_notes(Visit *visit, Error *err)
{
    Day synced;
    Arena *arena = visit->arena;
    const Ledger *ledger = visit->program;
    if (!sync_day_read(visit->act->store, &synced, err)) return false;
    visit_note(visit, str_format(arena, "判定日 %.*s",
                                 STR(date_era_text(arena, visit->act->business_day))));
    Str version = schedule_version(ledger->schedule);
    visit_note(visit, str_format(arena, "規則 %.*s", (int)(version.len < 8 ? version.len : 8),
                                 version.at));
    if (synced != DAY_NONE)
        visit_note(visit, str_format(arena, "住民の差分 %.*s", STR(date_era_text(arena, synced))));
    return true;
}

static bool desk_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                         Error *err)
{
    int64_t port = option_number(line, "port", DEFAULT_PORT);
    int64_t card_port = option_number(line, "card-port", DEFAULT_CARD_PORT);
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (port < 0 || port > PORT_MOST || card_port < 0 || card_port > PORT_MOST)
        return FAIL(err, E_USAGE, .item = S("--port"),
                    .words =
                        S("ポートは1から65535まで、または0 (空いているもの) で指定してください。"));
    const DeskSetup setup = {.system = "予防接種台帳",
                             .routes = ledger_routes,
                             .search = &route_send_search,
                             .port = (int)port,
                             .card_port = (int)card_port,
                             .address = option_text(line, "address"),
                             .name = option_text(line, "name"),
                             .open = desk_open,
                             .notes = desk_notes};
    office_server_hold();
    return act_record_now(act, &opened, err) && desk_serve(act, &setup, arena, err);
}

static const Option options[] = {
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8443、0 は空いているもの)", false, false},
    {OPTION_NUMBER, "card-port", "P", "カードでサインインするポート (既定 8444、練習用にはありません)", false, false},
    {OPTION_TEXT, "name", "HOST", "画面のホストの名前 (証明書のとおり、練習用でなければ必ず)", false, false},
    {OPTION_TEXT, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {.kind = OPTION_END},
};

const Door command_desk =
    COMMAND("desk", "office", DUTY_SERVE, AUDIT_LOOK, SHARED, desk_command, .arguments = "",
            .words = "画面を開きます (練習用はこの計算機からだけ、ほかは証明書とカードで)", .options = options);
