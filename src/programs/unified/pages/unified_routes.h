// Every page and form of the screens of 団体内統合宛名: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_routes.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu
#define UNIFIED_ROUTES(X)                                                                          \
    X(page_doubts, GET, "/", NULL, "numbers", DUTY_READ, AUDIT_LOOK, FOR_ANY, "今日の仕事", "今日") \
    X(page_doubt, GET, "/doubts/{work}", &route_page_doubts, "numbers", DUTY_LINK, AUDIT_LOOK,     \
      FOR_ANY, "確かめること", NULL)                                                               \
    X(send_doubt, POST, "/doubts/{work}", &route_page_doubts, "numbers", DUTY_APPROVE,             \
      AUDIT_CHANGE, FOR_ANY, "確かめること", NULL)                                                 \
    X(page_numbers, GET, "/persons", NULL, "numbers", DUTY_LINK, AUDIT_LOOK, FOR_ANY,              \
      "人をさがす", "さがす")                                                                      \
    X(send_numbers, POST, "/persons", &route_page_numbers, "numbers", DUTY_LINK, AUDIT_LOOK,       \
      FOR_ANY, "宛名番号でさがす", NULL)                                                           \
    X(send_individual, POST, "/persons/number", &route_page_numbers, "numbers", DUTY_LINK,         \
      AUDIT_LOOK, FOR_ANY, "個人番号でさがす", NULL)                                               \
    X(page_unified, GET, "/p/{person}", &route_page_numbers, "numbers", DUTY_LINK, AUDIT_LOOK,     \
      FOR_ANY, "一人のページ", NULL)                                                               \
    REQUEST_ROUTES(X)                                                                              \
    OFFICE_ROUTES(X)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
UNIFIED_ROUTES(X)
#undef X

extern const Routes unified_routes;

// The link to one person, in this session.
MUST bool unified_path(const Visit *visit, int64_t person_id, Path *path, Error *err);
