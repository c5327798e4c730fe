// Every page and form of the screens of 宛名管理: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "visit.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu
#define ADDRESSEE_ROUTES(X)                                                                       \
    X(page_register_work, GET, "/", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,             \
      "今日の仕事", "今日")                                                                       \
    X(page_find, GET, "/persons", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY, "人をさがす", \
      "さがす")                                                                                   \
    X(send_find, POST, "/persons", &route_page_find, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,  \
      "人をさがす", NULL)                                                                         \
    X(page_resident, GET, "/p/{person}", &route_page_find, "register", DUTY_READ, AUDIT_LOOK,     \
      FOR_ANY, "一人のページ", NULL)                                                              \
    X(page_household, GET, "/p/{person}/household", &route_page_find, "register", DUTY_READ,      \
      AUDIT_LOOK, FOR_ANY, "世帯", NULL)                                                          \
    X(page_feeds, GET, "/feeds", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,                \
      "届いたファイル", "ファイル")

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
ADDRESSEE_ROUTES(X)
#undef X

extern const Routes addressee_routes;
