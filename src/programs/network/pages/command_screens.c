// sesshu network desk: the screens of the sandbox, for training and demonstration: how the network moves, and what a citizen sees.
// SPDX-License-Identifier: Apache-2.0
#include "desk.h"
#include "network_routes.h"

enum { DEFAULT_PORT = 8483, DEFAULT_CARD_PORT = 8484 };

static bool screens(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    bool practice;
    DeskSetup setup = {.system = "ネットワーク(訓練)",
                       .brand = "情報提供",
                       .look = "network",
                       .routes = network_routes,
                       .search = &route_send_citizen,
                       .search_hint = "訓練用: 架空の人の個人番号を入力すると、その人として見ます",
                       .session = "desk-network"};
    (void)status;
    // Whoever types a citizen's number sees what he sees: with real people that is his card's to prove, not ours.
    if (!office_is_practice(act->office, *arena, &practice, err)) return false;
    if (!practice)
        return FAIL(err, E_RIGHT, .words = S("この画面は訓練用です。sesshu network init --practice で作った置き場所でだけ開きます。"));
    return desk_command(act, line, &setup, arena, err);
}

static const Option options[] = {DESK_OPTIONS("8483", "8484")};

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    return desk_place(line, DEFAULT_PORT, DEFAULT_CARD_PORT, place, err);
}

static const Service service = {.processes = DESK_PROCESSES, .place = place_read};

const Door command_screens = SERVICE("desk", "office", AUDIT_LOOK, &service, screens, .arguments = "",
                                     .words = "訓練用の画面を開きます (ネットワークの動き、本人に見えるもの)", .options = options);
