// Every page and form of the screens of the network's sandbox: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_routes.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu
#define NETWORK_ROUTES(X)                                                                                                        \
    X(page_live, GET, "/", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "ネットワークの動き", "動き")                         \
    X(page_citizen, GET, "/citizen", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "マイナポータルの役", "本人")               \
    X(send_citizen, POST, "/citizen", &route_page_citizen, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "マイナポータルの役", NULL) \
    X(page_history, GET, "/citizen/{person}", &route_page_citizen, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "やりとり履歴", NULL) \
    X(send_view, POST, "/citizen/{person}/view", &route_page_citizen, "linkage", DUTY_READ, AUDIT_CHANGE, FOR_ANY, "わたしの情報", NULL) \
    REQUEST_ROUTES(X)                                                                                                            \
    OFFICE_ROUTES(X)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
NETWORK_ROUTES(X)
#undef X

extern const Routes network_routes;
