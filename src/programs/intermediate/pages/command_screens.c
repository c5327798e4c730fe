// sesshu intermediate desk: the screens of 中間サーバー.
// SPDX-License-Identifier: Apache-2.0
#include "allow_list.h"
#include "dates.h"
#include "desk.h"
#include "intermediate_routes.h"
#include "municipality.h"
#include "stopped_html.h"

enum { DEFAULT_PORT = 8463, DEFAULT_CARD_PORT = 8464 };

// How other cities are called.
static bool screens_open(Act *act, Arena *arena, const void **program, Error *err)
{
    (void)act;
    const MunicipalityTable *places;
    if (!municipality_load(arena, &places, err)) return false;
    *program = places;
    return true;
}

// Why nothing is asked and nothing answered; {0}: it runs.
static Str stopped_words(const LinkageHome *home, Arena *arena)
{
    Instant now = home->act->now;
    if (!home->admitted) return S("この中間サーバーは、まだ情報提供ネットワークに登録されていません。保守の担当者に知らせてください。");
    if (allow_list_fresh(&home->list, now)) return (Str){0};
    if (!home->list.version) return S("照合リストがまだ届いていません。届くと自動で始まります。");
    return str_format(arena, "照合リストが%.*s前のものです（上限%.*s）。更新されると自動で再開します。",
                      STR(span_words(now - home->list.as_of, arena)), STR(span_words(ALLOW_LIST_LIFE, arena)));
}

static bool stopped_band(Visit *visit, const LinkageHome *home, Error *err)
{
    Str words = stopped_words(home, visit->arena);
    if (!words.len) return true;
    Page *page = page_begin(visit->arena);
    stopped_band_write(page, &(StoppedBand){words});
    return page_end(page, &visit->band, err);
}

// Whose server it is, and the list that it goes by.
static bool screens_notes(Visit *visit, Error *err)
{
    LinkageHome home;
    Arena *arena = visit->arena;
    if (!linkage_home(visit->act, arena, &home, err)) return false;
    visit_note(visit, str_format(arena, "基準日 %.*s", STR(date_era_text(arena, visit->act->business_day))));
    if (home.admitted) visit_note(visit, str_format(arena, "機関 %.*s", STR(organisation_named(visit, &home.me))));
    visit_note(visit, str_format(arena, "照合リスト 版%lld%s", (long long)home.list.version,
                                 allow_list_fresh(&home.list, visit->act->now) ? "" : "（古い）"));
    return stopped_band(visit, &home, err);
}

static bool screens(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    DeskSetup setup = {.system = "中間サーバー",
                       .brand = "連携",
                       .look = "intermediate",
                       .routes = intermediate_routes,
                       .search = &route_send_copy_find,
                       .search_hint = "統一識別番号（15桁）でさがせます",
                       .session = "desk-intermediate",
                       .open = screens_open,
                       .notes = screens_notes};
    (void)status;
    return desk_command(act, line, &setup, arena, err);
}

static const Option options[] = {DESK_OPTIONS("8463", "8464")};

static bool place_read(const CommandLine *line, ServingPlace *place, Error *err)
{
    return desk_place(line, DEFAULT_PORT, DEFAULT_CARD_PORT, place, err);
}

static const Service service = {.processes = DESK_PROCESSES, .place = place_read};

const Door command_screens =
    SERVICE("desk", "office", AUDIT_LOOK, &service, screens, .arguments = "",
            .words = "画面を開きます (練習用はこの計算機からだけ、ほかは証明書とカードで)", .options = options);
