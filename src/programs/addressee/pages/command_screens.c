// sesshu addressee desk: the screens of 宛名管理, on the loopback of this machine.
// SPDX-License-Identifier: Apache-2.0
#include "addressee_routes.h"
#include "dates.h"
#include "desk.h"
#include "feed_files.h"

enum { DEFAULT_PORT = 8453, DEFAULT_CARD_PORT = 8454 };

// Of which day, and of which file of the register.
static bool screens_notes(Visit *visit, Error *err)
{
    FeedFile last;
    bool found;
    Arena *arena = visit->arena;
    if (!feed_file_last(visit->act->store, arena, &last, &found, err)) return false;
    visit_note(visit, str_format(arena, "基準日 %.*s",
                                 STR(date_era_text(arena, visit->act->business_day))));
    if (found)
        visit_note(visit, str_format(arena, "住民情報 %.*s（連番 %d）",
                                     STR(date_era_text(arena, last.made_on)), last.sequence));
    return true;
}

static bool screens(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DeskSetup setup = {.system = "宛名管理",
                       .brand = "宛名",
                       .look = "addressee",
                       .routes = addressee_routes,
                       .search = &route_send_find,
                       .upload = &route_send_feed_file,
                       .search_hint = "氏名、カナ、生年月日、番号のどれでもさがせます",
                       .session = "desk-addressee",
                       .notes = screens_notes};
    (void)status;
    return desk_command(act, line, &setup, arena, err);
}

static const Option options[] = {DESK_OPTIONS("8453", "8454")};

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    return desk_place(line, DEFAULT_PORT, DEFAULT_CARD_PORT, place, err);
}

static const Service service = {.processes = DESK_PROCESSES, .place = place_read};

const Door command_screens =
    SERVICE("desk", "office", AUDIT_LOOK, &service, screens, .arguments = "",
            .words = "画面を開きます (練習用はこの計算機からだけ、ほかは証明書とカードで)",
            .options = options);
