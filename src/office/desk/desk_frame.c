// What stands around a page: frame, gate, and the page for what went wrong.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "desk_made.h"
#include "frame_html.h"
#include "gate_html.h"
#include "help.h"
#include "outlet.h"
#include "trouble_html.h"

Path desk_path(const DeskCall *call, const char *path)
{
    return path_made(path, NULL, 0, call->arena);
}

static Path asset(const DeskCall *call, const char *name)
{
    return web_asset_path(call->handler->desk->server, name);
}

static const DeskSetup *setup_of(const DeskCall *call)
{
    return call->handler->desk->setup;
}

bool gate_around(DeskCall *call, const char *title, Page *page, Error *err)
{
    Gate gate = {.title = str_of(title),
                 .system = str_of(setup_of(call)->system),
                 .brand = str_of(setup_of(call)->brand),
                 .look = str_of(setup_of(call)->look),
                 .css = asset(call, "desk.css"),
                 .js = asset(call, "desk.js"),
                 .icon = asset(call, "icon.svg"),
                 .practice = call->sessions.practice};
    if (!page_end(page, &gate.main, err)) return false;
    Page *whole = page_begin(call->arena);
    gate_write(whole, &gate);
    return page_end(whole, &call->answer->page, err);
}

// ---- the frame

// Where a page above lies: its variables are the first of ours, if its path begins ours. NULL: nowhere.
static Path above(const DeskCall *call, const Visit *visit, const Route *route)
{
    int count = 0;
    for (const char *at = route->path; *at; at++) count += *at == '{';
    bool ours = str_starts(str_of(visit->route->path), str_of(route->path));
    if (count && !ours) return NULL;
    return path_made(route->path, visit->variables, count, call->arena);
}

static void crumb_add(DeskCall *call, const Visit *visit, const Route *route, CrumbRows *crumbs)
{
    if (route->parent) crumb_add(call, visit, route->parent, crumbs);
    bool here = route == visit->route;
    Path open = here ? NULL : above(call, visit, route);
    Str words = here && visit->title.len ? visit->title : str_of(route->title);
    *crumb_rows_push(crumbs, call->arena) = (Crumb){words, open};
}

bool menu_of(DeskCall *call, const Route *here, MenuItemRows *menu, Error *err)
{
    const Route *top = here;
    while (top && top->parent && !top->menu_brief) top = top->parent;
    for (int i = 0; i < setup_of(call)->routes.count; i++) {
        bool holds = false;
        const Route *route = setup_of(call)->routes.at[i];
        if (!route->menu_brief) continue;
        if (!door_opens_to(&route->door, call->sessions.store, call->session.row.name, call->sessions.now, call->arena,
                           &holds, NULL, err))
            return false;
        if (!holds) continue;
        *menu_item_rows_push(menu, call->arena) = (MenuItem){.words = str_of(route->title),
                                                             .brief = str_of(route->menu_brief),
                                                             .open = desk_path(call, route->path),
                                                             .here = route == top,
                                                             .key = menu->count};
    }
    return true;
}

// What paper says of itself: when, who, what for.
static Str printed_line(const DeskCall *call)
{
    enum { MINUTE = 60, DAY_MINUTES = 24 * 60, JAPAN_MINUTES = 9 * 60 };
    Instant now = call->sessions.now;
    int64_t minute = (now / 1000000 / MINUTE + JAPAN_MINUTES) % DAY_MINUTES;
    return str_format(call->arena, "出力 %.*s %lld:%02lld　%.*s　目的: %s%s",
                      STR(date_era_text(call->arena, call->sessions.business_day)),
                      (long long)(minute / 60), (long long)(minute % 60),
                      STR(call->session.row.name), purpose_words(call->session.purpose),
                      call->sessions.practice ? "　練習用" : "");
}

// A password that will soon be too old.
static void password_noted(DeskCall *call, FootNoteRows *notes)
{
    enum { NOTICE_DAYS = 14 };
    int64_t left = call->session.password_days_left;
    if (!left || left > NOTICE_DAYS) return;
    Str words = str_format(call->arena, "パスワードはあと%lld日で変えます（右上の名前から）", (long long)left);
    *foot_note_rows_push(notes, call->arena) = (FootNote){words};
}

// Whom the page is for: the duty and the purposes of its route.
static Str who_may(const DeskCall *call, const Route *route)
{
    Text text = {0};
    Arena *arena = call->arena;
    text_addf(&text, arena, "この画面は「%s」の職務の人が、", duty_words(route->door.duty));
    if (route->purposes == FOR_ANY) text_add(&text, arena, S("どの目的でも"));
    for (int i = 0, any = 0; route->purposes != FOR_ANY && i < PURPOSE_COUNT; i++)
        if (route->purposes & 1U << i) text_addf(&text, arena, "%s%s", any++ ? "、" : "目的 ", purpose_words((Purpose)i));
    text_add(&text, arena, route->purposes == FOR_ANY ? S("使えます。") : S(" のときに使えます。"));
    return text_str(&text);
}

// Read out of the page as it was written.
static void help_told(const DeskCall *call, const Visit *visit, Frame *frame)
{
    Str written = markup_bytes(frame->main);
    frame->help_open = desk_path(call, "/help");
    frame->is_for = page_for(visit->page);
    frame->who_may = who_may(call, visit->route);
    frame->keys = help_keys(written, call->arena);
    frame->terms = help_terms(written, call->arena);
}

bool frame_around(DeskCall *call, Visit *visit, Error *err)
{
    const DeskSetup *setup = setup_of(call);
    Str title = visit->title.len ? visit->title : str_of(visit->route->title);
    Path lock = desk_path(call, "/lock"), search = desk_path(call, setup->search->path);
    Frame frame = {.title = visit->status == 422 ? str_join(call->arena, S("エラー: "), title) : title,
                   .system = str_of(setup->system),
                   .brand = str_of(setup->brand),
                   .look = str_of(setup->look),
                   .search_hint = str_of(setup->search_hint),
                   .css = asset(call, "desk.css"),
                   .js = asset(call, "desk.js"),
                   .icon = asset(call, "icon.svg"),
                   .search_go = search,
                   .search_origin = call_origin(call, search),
                   .purpose_open = desk_path(call, "/purpose"),
                   .purpose = str_of(purpose_words(call->session.purpose)),
                   .who = call->session.row.name,
                   .lock_go = lock,
                   .lock_origin = call_origin(call, lock),
                   .here_origin = call_origin(call, desk_path(call, "/here")),
                   .password_open = desk_path(call, "/password"),
                   .lock = call->session.numbers.at[NUMBER_LOCK_SECONDS],
                   .practice = call->sessions.practice,
                   .narrow = visit->narrow,
                   .prints = visit->prints,
                   .band = visit->band,
                   .jobs = visit->jobs,
                   .running = visit->running,
                   .stopped = visit->stopped,
                   .said = visit->said,
                   .printed = printed_line(call)};
    crumb_add(call, visit, visit->route, &frame.crumbs);
    password_noted(call, &frame.notes);
    for (int i = 0; i < visit->note_count; i++)
        *foot_note_rows_push(&frame.notes, call->arena) = (FootNote){visit->notes[i]};
    if (!menu_of(call, visit->route, &frame.menu, err) || !page_end(visit->page, &frame.main, err))
        return false;
    help_told(call, visit, &frame);
    Page *whole = page_begin(call->arena);
    frame_write(whole, &frame);
    return page_end(whole, &call->answer->page, err);
}

// ---- what went wrong

static const char *trouble_title(int status)
{
    switch (status) {
    case 403: return "権限がありません";
    case 404: return "ここには何もありません";
    case 409: return "この画面の入力は受け取れません";
    case 503: return "業務を止めています";
    default: return "できませんでした";
    }
}

// Nothing can be written: what was typed goes back with the page, to be sent again by the same one-time number.
static void typed_returned(const DeskCall *call, TroublePage *trouble)
{
    const WebRequest *request = call->request;
    Str target = str_cut(request->head.target, '?').head;
    if (!call->proven || request->sent.path.len || !path_again(target, call->arena, &trouble->again)) return;
    VEC_EACH (const WebPair, pair, request->form)
        *typed_pair_rows_push(&trouble->typed, call->arena) = (TypedPair){pair->name, pair->value};
}

bool trouble_page(DeskCall *call, int status, const Error *why, Error *err)
{
    bool inside = call->signed_in && !call->session.row.locked;
    const char *title = trouble_title(status);
    TroublePage trouble = {.title = str_of(title),
                           .words = outlet_error(OUTLET_PAGE, call->arena, why),
                           .kept = call->kept,
                           .code = str_of(error_code_text(why->code)),
                           .go = desk_path(call, inside ? "/" : "/signin"),
                           .go_words = inside ? S("はじめの画面へ") : S("サインインへ")};
    bool stopped = status == 503 && why->code != E_BUSY && inside;
    if (stopped) {
        trouble.words = S("記録を書けないため、業務を止めています。書けるようになると、そのまま再開します。情報システム担当に連絡してください。");
        trouble.waits = call->request->head.method == WEB_GET;
        typed_returned(call, &trouble);
        trouble.kept = trouble.kept && !trouble.again;
    }
    call->answer->renews = stopped && trouble.waits;
    Page *page = page_begin(call->arena);
    trouble_page_write(page, &trouble);
    call->answer->status = status;
    return gate_around(call, title, page, err);
}
