// A route: one page or one form of a screen, and all that is true of it in one row.
//
//     X(page_person, GET, "/p/{person}", page_search, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY, "…", NULL)
//
// A program lists its routes once: the row says handler, method, path, the page above it,
// programme, duty, kind of record, and for which purposes of work it may be opened; last, where a duty of some wards opens it
// too, IN_WARDS (door.h). A row without a right, a
// record or a purpose does not compile, nor one that changes something by GET. A change has the turn of forms from
// before it is looked at until its answer stands: what its form was shown is compared in peace.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "web_request.h"

struct Visit;

// What the work is for (目的): chosen at sign-in, shown on every page, kept with every look.
#define PURPOSES(X)          \
    X(COUNTER, "窓口対応")   \
    X(TELEPHONE, "電話照会") \
    X(ENTRY, "実績入力")     \
    X(INTAKE, "取込・照合")  \
    X(DISPATCH, "発送")      \
    X(CLAIMS, "請求審査")    \
    X(RELIEF, "救済")        \
    X(STATISTICS, "統計")    \
    X(AUDITING, "監査")      \
    X(MAINTENANCE, "保守")

typedef enum Purpose {
#define X(name, words) PURPOSE_##name,
    PURPOSES(X)
#undef X
        PURPOSE_COUNT
} Purpose;

// A set of purposes.
enum {
#define X(name, words) FOR_##name = 1 << PURPOSE_##name,
    PURPOSES(X)
#undef X
        FOR_ANY = (1 << PURPOSE_COUNT) - 1
};

const char *purpose_words(Purpose purpose);
bool purpose_named(Str words, Purpose *purpose);

// Fills the page of the visit, or says where it goes on. False with words for the person.
typedef bool RouteHandle(struct Visit *visit, Error *err);

enum { ROUTE_VARIABLES_MOST = 4 };

typedef struct Route {
    Door door;  // its name is "GET /p/{person}", as records say it
    WebMethod method;
    const char *path;
    RouteHandle *handle;
    const struct Route *parent;  // of the crumbs; NULL: none
    unsigned purposes;
    const char *title;       // of the page, and of its crumb
    const char *menu_brief;  // in the narrow menu; NULL: not in the menu
} Route;

typedef struct Routes {
    const Route *const *at;
    int count;
} Routes;

#define ROUTE(its_method, its_path, its_handle, its_parent, its_programme, its_duty, its_kind,     \
              its_purposes, its_title, ...)                                                        \
    {                                                                                              \
        .door = {.typed = {.name = #its_method " " its_path},                                      \
                 .alone = (its_kind) == AUDIT_CHANGE ? FORM : SHARED,                              \
                 .reach = ROUTE_SECOND(__VA_ARGS__, WHOLE_CITY, 0),                                \
                 DOOR_RIGHTS(its_programme, its_duty, its_kind)},                                  \
        .method =                                                                                  \
            WEB_##its_method +                                                                     \
            PROVED((its_kind) != AUDIT_CHANGE || WEB_##its_method == WEB_POST, "a change by GET"), \
        .path = its_path, .handle = its_handle, .parent = its_parent,                              \
        .purposes = (its_purposes) + PROVED((its_purposes) != 0, "a route without a purpose"),     \
        .title = its_title, .menu_brief = ROUTE_FIRST(__VA_ARGS__, 0),                             \
    }
#define ROUTE_FIRST(first, ...)          first
#define ROUTE_SECOND(first, second, ...) second

// What a program's list of routes, X(handler, method, path, parent, …), becomes in one file of it: a `route_<handler>`
// for each, and `all` of them.
#define ROUTES(LIST, all)                                                                          \
    LIST(ROUTE_NAMED)                                                                              \
    static const Route *const all##_list[] = {LIST(ROUTE_LISTED)};                                 \
    const Routes all = {all##_list, (int)countof(all##_list)};
#define ROUTE_NAMED(handler, method, path, ...) \
    const Route route_##handler = ROUTE(method, path, handler, __VA_ARGS__);
#define ROUTE_LISTED(handler, ...) &route_##handler,

bool route_opens(const Route *route, Purpose purpose);
// The route that the request means, with the values of its variables, in order; NULL: none.
const Route *route_of(Routes routes, const WebRequest *request,
                      Str variables[ROUTE_VARIABLES_MOST]);
bool route_fits(const char *path, const WebRequest *request, Str variables[ROUTE_VARIABLES_MOST]);
