// sesshu ledger desk: the ledger's screens, on the loopback of this machine.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "desk.h"
#include "dose_requests.h"
#include "jobs_shown.h"
#include "ledger_routes.h"
#include "sync_cursor_rows.h"

enum { DEFAULT_PORT = 8443, DEFAULT_CARD_PORT = 8444 };

static bool desk_open(Act *act, Arena *arena, const void **program, Error *err)
{
    Ledger *ledger = NEW(arena, Ledger, 1);
    *program = ledger;
    return ledger_open(act, arena, ledger, err);
}

// While long work runs or has stopped, every page says so.
static bool desk_jobs(Visit *visit, Error *err)
{
    bool may;
    if (!visit_may(visit, &route_page_jobs, &may, err) || !jobs_counted(visit, &visit->running, &visit->stopped, err)) return false;
    if (may && visit->running + visit->stopped) visit->jobs = visit_path(visit, &route_page_jobs, NULL, 0);
    return true;
}

// By which day, which rules and which residents the page speaks.
static bool desk_notes(Visit *visit, Error *err)
{
    Day synced;
    Arena *arena = visit->arena;
    const Ledger *ledger = visit->program;
    if (!sync_day_read(visit->act->store, &synced, err) || !desk_jobs(visit, err)) return false;
    visit_note(visit, str_format(arena, "判定日 %.*s",
                                 STR(date_era_text(arena, visit->act->business_day))));
    Str version = schedule_version(ledger->schedule);
    visit_note(visit, str_format(arena, "規則 %.*s", (int)(version.len < 8 ? version.len : 8),
                                 version.at));
    if (synced != DAY_NONE)
        visit_note(visit, str_format(arena, "住民の差分 %.*s", STR(date_era_text(arena, synced))));
    return true;
}

static bool screens(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DeskSetup setup = {.system = "予防接種台帳",
                       .brand = "接種",
                       .look = "ledger",
                       .routes = ledger_routes,
                       .search = &route_send_search,
                       .upload = &route_send_upload,
                       .search_hint = "氏名、カナ、生年月日、番号のどれでもさがせます",
                       .requests = &dose_requests,
                       .session = "desk",
                       .open = desk_open,
                       .notes = desk_notes};
    (void)status;
    return desk_command(act, line, &setup, arena, err);
}

static const Option options[] = {DESK_OPTIONS("8443", "8444")};

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    return desk_place(line, DEFAULT_PORT, DEFAULT_CARD_PORT, place, err);
}

static const Service service = {.processes = DESK_PROCESSES, .place = place_read};

const Door command_desk =
    SERVICE("desk", "office", AUDIT_LOOK, &service, screens, .arguments = "",
            .words = "画面を開きます (練習用はこの計算機からだけ、ほかは証明書とカードで)",
            .options = options);
