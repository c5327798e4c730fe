// SPDX-License-Identifier: Apache-2.0
#include "desk.h"

#include "desk_made.h"
#include "logging.h"
#include "office_server.h"

// ---- proof of origin

static Visit bare_visit(const DeskCall *call)
{
    return (Visit){.desk = call->handler->desk,
                   .session = &call->session,
                   .shown = NEW(call->arena, VisitShown, 1),
                   .request = call->request,
                   .arena = call->arena};
}

Str call_origin(const DeskCall *call, Path path)
{
    return origin_of(call->sessions.office->keys, &call->session, path_text(path), call->arena);
}

// Browsers say where a form came from; one that does not say so is not served.
static bool browser_says_ours(const DeskCall *call)
{
    const WebHead *head = &call->request->head;
    if (head->fetch_site.len) return str_equal(head->fetch_site, S("same-origin"));
    Str ours = str_join(call->arena, head->secure ? S("https://") : S("http://"), head->host);
    return str_equal(head->origin, ours);
}

static bool token_ours(const DeskCall *call)
{
    Str target = str_cut(call->request->head.target, '?').head;
    Str given = web_value(call->request->form, "_origin");
    Str ours = origin_of(call->sessions.office->keys, &call->session, target, call->arena);
    return tokens_equal(given, ours);
}

static bool origin_ours(const DeskCall *call)
{
    return call->request->head.method == WEB_POST && browser_says_ours(call) && token_ours(call);
}

static bool origin_proven(const DeskCall *call, Error *err)
{
    if (call->request->head.method != WEB_POST) return true;
    if (browser_says_ours(call) && (!call->signed_in || token_ours(call))) return true;
    return FAIL(err, E_CONFLICT,
                .words =
                    S("この画面は古くなったか、別の場所から送られました。何も変わっていません。"
                      "画面を開き直して、もう一度行ってください。"));
}

// ---- a page of the program

static bool purpose_fits(const DeskCall *call, const Route *route, Error *err)
{
    if (route_opens(route, call->session.purpose)) return true;
    return FAIL(err, E_RIGHT,
                .words =
                    S("この画面は、いまの目的では開けません。目的を変えてから開いてください。"));
}

// The record of a visit stands before its answer leaves, also where the page has written none.
static bool recorded(Visit *visit, Error *err)
{
    const AddresseeNos *others = &visit->shown->others;
    // A form that took its number and leads on has its own record.
    if (visit->go && visit->act->once && visit->act->once->taken) return true;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.rows = visit->rows;
    leaf.detail = visit->detail;
    if (visit->recorded && !others->count) return true;
    for (ptrdiff_t from = 0; from == 0 || from < others->count; from += AUDIT_SHOWN_MOST) {
        ptrdiff_t left = others->count - from;
        leaf.shown_count = (int)(left < AUDIT_SHOWN_MOST ? left : AUDIT_SHOWN_MOST);
        leaf.shown = leaf.shown_count ? &others->at[from] : NULL;
        if (!visit_record(visit, &leaf, err)) return false;
    }
    return true;
}

// A form that changes something does so once; sent again it leads where it led.
static bool form_once(DeskCall *call, Visit *visit, ActOnce *once, Error *err)
{
    if (visit->route->door.kind != AUDIT_CHANGE) return true;
    visit->act->once = once;
    return once_asked(call, once, &visit->go, err);
}

static bool page_filled(DeskCall *call, Visit *visit, Error *err)
{
    ActOnce once = {0};
    const DeskSetup *setup = call->handler->desk->setup;
    if (!purpose_fits(call, visit->route, err) || !origin_proven(call, err) ||
        (setup->notes && !setup->notes(visit, err)) || !form_once(call, visit, &once, err))
        return false;
    bool again = visit->go != NULL;
    return (again || visit->route->handle(visit, err)) && recorded(visit, err) &&
           (!visit->go || once_over(call, &once, visit->go, err));
}

static bool route_visited(DeskCall *call, const Route *route, Visit *visit, Error *err)
{
    Act act;
    const ActAsked asked = {.actor = call->session.actor,
                            .store = call->sessions.store,
                            .purpose = str_of(purpose_words(call->session.purpose)),
                            .terminal = call->sessions.peer,
                            .now = call->sessions.now,
                            .business_day = call->sessions.business_day};
    if (!act_enter(call->sessions.office, &route->door, &asked, call->arena, &act, err))
        return false;
    visit->act = &act;
    visit->said = visit_said(visit);
    bool filled = page_filled(call, visit, err);
    if (!filled) act_failed(&act, err);
    act_leave(&act);
    visit->act = NULL;
    if (!filled || (!visit->renews && !session_seen(&call->sessions, &call->session, *call->arena, err)))
        return false;
    if (visit->go) {
        call->answer->go = visit->go;
        return true;
    }
    call->answer->status = visit->status;
    call->answer->renews = visit->renews;
    call->answer->file = visit->file;
    if (visit->file.type) return true;
    return frame_around(call, visit, err);
}

// Whoever may not open the first page begins at the first of the menu that opens for him or her; NULL: at none.
static bool first_of_menu(const DeskCall *call, const Route **first, Error *err)
{
    const Routes *routes = &call->handler->desk->setup->routes;
    *first = NULL;
    for (int i = 0; i < routes->count && !*first; i++) {
        bool holds = false;
        const Route *route = routes->at[i];
        if (!route->menu_brief || !route_opens(route, call->session.purpose)) continue;
        if (!door_opens_to(&route->door, call->sessions.store, call->session.row.name, call->sessions.now, call->arena,
                           &holds, NULL, err))
            return false;
        if (holds) *first = route;
    }
    return true;
}

static bool program_page(DeskCall *call, Error *err)
{
    const Route *first;
    Visit visit = bare_visit(call);
    const Route *route =
        route_of(call->handler->desk->setup->routes, call->request, visit.variables);
    if (!route)
        return FAIL(err, E_NOT_FOUND,
                    .words = S("この場所に画面はありません。はじめの画面から開き直してください。"));
    if (route == call->handler->desk->setup->routes.at[0]) {
        if (!first_of_menu(call, &first, err)) return false;
        if (first && first != route) return desk_goes(call, first->path);
    }
    visit.program = call->handler->program;
    visit.route = route;
    visit.page = page_begin(call->arena);
    return route_visited(call, route, &visit, err);
}

// ---- a request

static const DeskPage *own_page(const DeskCall *call)
{
    Str ignored[ROUTE_VARIABLES_MOST];
    for (int i = 0; i < desk_page_count; i++)
        if (desk_pages[i].method == call->request->head.method &&
            route_fits(desk_pages[i].path, call->request, ignored))
            return &desk_pages[i];
    return NULL;
}

// At which door it stands. A lock is opened, and left, where the card is.
static bool at_this_door(const DeskCall *call, const DeskPage *own)
{
    if (call->handler->desk->practice) return true;
    DeskPlace place = own ? own->place : AT_SCREENS;
    return place == AT_EITHER || (place == AT_CARDS) == call->handler->cards;
}

// To the other door: a form has nothing to go on there.
static bool sent_over(DeskCall *call, Error *err)
{
    if (call->request->head.method == WEB_POST)
        return FAIL(err, E_NOT_FOUND,
                    .words = S("この入口では受け取れません。サインインの画面から開き直してください。"));
    return desk_goes(call, call->handler->cards ? "/" : "/signin");
}

// What was typed for a session that is locked or over waits for its writer.
static bool to_with_draft(DeskCall *call, const char *path, Error *err)
{
    bool kept = false;
    if (call->session.row.staff_no && origin_ours(call) && !call_drafted(call, &kept, err))
        return false;
    return desk_goes(call, path);
}

// A page keeps what is typed in it when it is left alone: nothing is done with it yet.
static bool kept_asked(DeskCall *call, bool *asked, Error *err)
{
    bool kept;
    Page *page = page_begin(call->arena);
    *asked = web_value(call->request->form, "_keep").len > 0;
    return !*asked || (origin_proven(call, err) && call_drafted(call, &kept, err) &&
                       page_end(page, &call->answer->page, err));
}

static bool answered(DeskCall *call, Error *err)
{
    bool keep = false;
    Str cookie = web_session(call->request);
    const DeskPage *own = own_page(call);
    if (!session_find(&call->sessions, cookie, call->arena, &call->session, &call->signed_in, err))
        return false;
    if (!at_this_door(call, own) && (call->signed_in || (own && !own->asks_session)))
        return call->signed_in && call->session.row.locked ? desk_goes(call, "/lock")
                                                           : sent_over(call, err);
    if (!call->signed_in && !(own && !own->asks_session))
        return to_with_draft(call, "/signin", err);
    if (call->signed_in && call->session.row.locked && !(own && own->even_locked))
        return to_with_draft(call, "/lock", err);
    if (call->signed_in && call->session.renews && !(own && own->even_old))
        return to_with_draft(call, "/password", err);
    if (!own && !kept_asked(call, &keep, err)) return false;
    if (!own) return keep || program_page(call, err);
    // Signing in while signed in ends the session that the browser holds.
    call->leaves = call->signed_in && !own->asks_session;
    call->signed_in = call->signed_in && own->asks_session;
    if (!origin_proven(call, err) || !own->handle(call, err)) return false;
    bool seen = call->signed_in && !call->session.row.locked && !call->answer->cookie_forgotten;
    return !seen || session_seen(&call->sessions, &call->session, *call->arena, err);
}

static int status_of(ErrorCode code)
{
    static const struct {
        ErrorCode code;
        int status;
    } theirs[] = {{E_RIGHT, 403},   {E_NOT_FOUND, 404}, {E_CONFLICT, 409},   {E_MESSAGE, 400},
                  {E_MISSING, 422}, {E_LIMIT, 413},     {E_STORE_FULL, 503}, {E_BUSY, 503},
                  {E_STORE, 503},   {E_FILE_WRITE, 503}, {E_USAGE, 422},     {E_DATE_FORMAT, 422},
                  {E_DATE_PARTIAL, 422}, {E_NUMBER_FORMAT, 422}, {E_LENGTH, 422}, {E_CHARSET, 422},
                  {E_CHECK_DIGIT, 422}, {E_CODE_UNKNOWN, 422}};
    for (ptrdiff_t i = 0; i < countof(theirs); i++)
        if (theirs[i].code == code) return theirs[i].status;
    return 500;
}

static bool still_open(DeskHandler *handler, Error *err)
{
    bool holds = false;
    if (!atomic_load(&handler->desk->over) &&
        act_right_holds(&handler->serving, &holds, NULL, err) && holds)
        return true;
    atomic_store(&handler->desk->over, true);
    return FAIL(err, E_BUSY,
                .words = S("画面は閉じられました。情報システム担当に聞いてください。"));
}

// Whatever went wrong, what was typed is not lost; a place that takes nothing any more takes no draft either.
static void typed_saved(DeskCall *call)
{
    Error later = {0};
    if (!call_drafted(call, &call->kept, &later))
        log_line(LOG_WARN, "event=draft_not_kept code=%s", error_code_text(later.code));
}

bool desk_handle(void *context, const WebRequest *request, const Error *why, Arena *arena,
                        WebAnswer *answer, Error *err)
{
    DeskHandler *handler = context;
    Instant now = clock_now();
    Error trouble = {0};
    DeskCall call = {.handler = handler,
                     .request = request,
                     .arena = arena,
                     .answer = answer,
                     .sessions = {.office = handler->serving.office,
                                  .store = handler->serving.store,
                                  .now = now,
                                  .business_day = office_day_at(&handler->serving, now),
                                  .practice = handler->desk->practice}};
    if (request) {
        call.sessions.peer = request->head.peer;
        call.sessions.place = web_place(request);
        call.sessions.card = request->head.card;
    }
    if (why) return trouble_page(&call, status_of(why->code), why, err);
    if (still_open(handler, &trouble) && answered(&call, &trouble)) return true;
    log_line(LOG_WARN, "event=page_refused code=%s at=%s", error_code_text(trouble.code),
             trouble.at ? trouble.at : "");
    *answer = (WebAnswer){0};
    call.proven = call.signed_in && origin_ours(&call);
    if (call.proven && trouble.code != E_RIGHT) typed_saved(&call);
    return trouble_page(&call, status_of(trouble.code), &trouble, err);
}
