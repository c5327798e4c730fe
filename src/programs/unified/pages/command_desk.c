// sesshu unified desk: the screens of 団体内統合宛名.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "desk.h"
#include "unified_routes.h"

enum { DEFAULT_PORT = 8473, DEFAULT_CARD_PORT = 8474 };

static bool screens_notes(Visit *visit, Error *err)
{
    (void)err;
    visit_note(visit, str_format(visit->arena, "基準日 %.*s", STR(date_era_text(visit->arena, visit->act->business_day))));
    return true;
}

static bool screens(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DeskSetup setup = {.system = "団体内統合宛名",
                       .brand = "統合",
                       .look = "unified",
                       .routes = unified_routes,
                       .search = &route_send_numbers,
                       .search_hint = "宛名番号でさがせます。個人番号はここに入力しないでください",
                       .session = "desk-unified",
                       .notes = screens_notes};
    (void)status;
    return desk_command(act, line, &setup, arena, err);
}

static const Option options[] = {DESK_OPTIONS("8473", "8474")};

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    return desk_place(line, DEFAULT_PORT, DEFAULT_CARD_PORT, place, err);
}

static const Service service = {.processes = DESK_PROCESSES, .place = place_read};

const Door command_desk =
    SERVICE("desk", "office", AUDIT_LOOK, &service, screens, .arguments = "",
            .words = "画面を開きます (練習用はこの計算機からだけ、ほかは証明書とカードで)", .options = options);
