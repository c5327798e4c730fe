// Opening and closing the doors of the screens: one on the loopback of an office for practice; two, over TLS, of every
// other, the second of which asks for the card.
// SPDX-License-Identifier: Apache-2.0
#include "desk_assets.h"
#include "desk_made.h"
#include "office_server.h"
#include "office_workers.h"
#include "say.h"
#include "web_tls.h"

#include <assert.h>
#include <stdio.h>

enum { CARD_HANDLERS = 1, HANDLERS_ALL = DESK_HANDLERS + CARD_HANDLERS };

typedef struct DeskDoors {
    DeskHandler handlers[HANDLERS_ALL];  // the last ones of the door for cards
    void *contexts[HANDLERS_ALL];
    WebTls screens, cards;
} DeskDoors;

static bool handlers_open(Act *act, Desk *desk, Arena *arena, DeskDoors *doors, Error *err)
{
    int count = desk->practice ? DESK_HANDLERS : HANDLERS_ALL;
    for (int i = 0; i < count; i++) {
        DeskHandler *handler = &doors->handlers[i];
        *handler = (DeskHandler){.desk = desk, .serving = *act, .cards = i >= DESK_HANDLERS};
        handler->serving.store = NULL;
        doors->contexts[i] = handler;
        if (!office_store(act->office, arena, &handler->serving.store, err)) return false;
        if (desk->setup->open && !desk->setup->open(&handler->serving, arena, &handler->program, err)) return false;
    }
    return true;
}

static WebSetup door_of(const Act *act, Desk *desk, const DeskDoors *doors, bool cards)
{
    const DeskSetup *setup = desk->setup;
    WebSetup door = {.socket = act->office->worker->sockets[cards],
                     .handle = desk_handle,
                     .contexts = doors->contexts + (cards ? DESK_HANDLERS : 0),
                     .handler_count = cards ? CARD_HANDLERS : DESK_HANDLERS,
                     .handler_bytes = DESK_HANDLER_BYTES,
                     .assets = desk_assets,
                     .asset_count = desk_assets_count,
                     .session = setup->session,
                     .failed = &desk->failed};
    if (setup->upload && !cards) door.uploads = &desk->uploads;
    if (!desk->practice) door.tls = cards ? &doors->cards : &doors->screens;
    return door;
}

static bool doors_open(const Act *act, Desk *desk, DeskDoors *doors, Arena *arena, Error *err)
{
    if (!desk->practice && !web_tls_read(act->office->data_dir, desk->setup->name, act->now, arena,
                                         &doors->screens, &doors->cards, err))
        return false;
    desk->keys = act->office->keys;
    desk->uploads = (WebUploads){.folder = str_z(arena, str_format(arena, "%.*s/uploads", STR(act->office->data_dir))),
                                 .most = VISIT_FILE_MOST_MB << 20,
                                 .may = desk_upload_may,
                                 .context = desk};
    WebSetup screens = door_of(act, desk, doors, false), cards = door_of(act, desk, doors, true);
    if (!web_server_open(&screens, arena, &desk->server, err)) return false;
    if (desk->practice) return true;
    if (!web_server_open(&cards, arena, &desk->cards, err)) return false;
    web_server_beside(desk->server, desk->cards, arena);
    web_server_beside(desk->cards, desk->server, arena);
    return true;
}

static void told_where(const Desk *desk, Arena *arena)
{
    say(stdout, "%.*s/", STR(web_server_origin(desk->server, arena)));
    if (desk->cards) say(stdout, " %.*s/", STR(web_server_origin(desk->cards, arena)));
    say(stdout, "\n");
    (void)fflush(stdout);  // whoever started us waits for this line
}

static bool serve(Act *act, Desk *desk, DeskDoors *doors, Arena *arena, Error *err)
{
    bool told = doors_open(act, desk, doors, arena, err);
    if (told) {
        if (act->office->worker->speaks) told_where(desk, arena);
        worker_serves(act->office->worker);
        told = office_wait_until_told(act, &desk->over, &desk->failed, err);
    }
    web_server_close(desk->cards);
    web_server_close(desk->server);
    return told;
}

// What an office for practice does not need, every other does.
static bool place_fits(const Desk *desk, Error *err)
{
    const DeskSetup *setup = desk->setup;
    if (desk->practice && (setup->name.len || setup->address.len))
        return FAIL(err, E_RIGHT,
                    .words = S("練習用の置き場所の画面は、この計算機からだけ開けます。"
                               "--name と --address は付けずに実行してください。"));
    if (desk->practice || setup->name.len) return true;
    return FAIL(err, E_MISSING, .item = S("--name"),
                .words =
                    S("画面のホストの名前を --name で指定してください。本物の置き場所の画面は、"
                      "証明書と職員のカードがあるときだけ開けます (運用の手引き、画面)。"));
}

bool desk_serve(Act *act, const DeskSetup *setup, Arena *arena, Error *err)
{
    DeskDoors *doors = NEW(arena, DeskDoors, 1);
    Desk desk = {.setup = setup};
    assert(setup->routes.count > 0);
    bool good = office_is_practice(act->office, *arena, &desk.practice, err) &&
                place_fits(&desk, err) && handlers_open(act, &desk, arena, doors, err) &&
                serve(act, &desk, doors, arena, err);
    for (int i = 0; i < HANDLERS_ALL; i++) store_close(doors->handlers[i].serving.store);
    return good;
}

// ---- the command

static bool port_read(const CommandLine *line, const char *option, int *port, Error *err)
{
    enum { PORT_MOST = 65535 };
    int64_t asked = option_number(line, option, *port);
    *port = (int)asked;
    if (asked >= 0 && asked <= PORT_MOST) return true;
    return FAIL(err, E_USAGE, .item = S("--port"),
                .words =
                    S("ポートは1から65535まで、または0 (空いているもの) で指定してください。"));
}

// A real office has a name, and a second port for cards; one for practice has neither.
bool desk_place(const CommandLine *line, int port, int card_port, ServingPlace *place, Error *err)
{
    Str name = option_text(line, "name");
    *place = (ServingPlace){option_text(line, "address"), {port, card_port}, name.len ? 2 : 1};
    return port_read(line, "port", &place->ports[0], err) &&
           port_read(line, "card-port", &place->ports[1], err);
}

bool desk_command(Act *act, const CommandLine *line, DeskSetup *setup, Arena *arena, Error *err)
{
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    setup->address = option_text(line, "address");
    setup->name = option_text(line, "name");
    office_server_hold();
    return (!act->office->worker->speaks || act_record_now(act, &opened, err)) &&
           desk_serve(act, setup, arena, err);
}
