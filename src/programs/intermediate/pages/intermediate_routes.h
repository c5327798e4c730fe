// Every page and form of the screens of 中間サーバー: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linkage_home.h"
#include "office_routes.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu
#define INTERMEDIATE_ROUTES(X)                                                                      \
    X(page_linkage, GET, "/", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "今日の仕事", "今日") \
    X(send_incident, POST, "/incidents/{incident}", &route_page_linkage, "linkage", DUTY_ENTER,     \
      AUDIT_CHANGE, FOR_ANY, "確かめた仕事", NULL)                                                  \
    X(page_copy_find, GET, "/persons", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY, "副本を見る", \
      "副本")                                                                                       \
    X(send_copy_find, POST, "/persons", &route_page_copy_find, "linkage", DUTY_READ, AUDIT_LOOK,    \
      FOR_ANY, "副本を見る", NULL)                                                                  \
    X(page_copy, GET, "/p/{person}", &route_page_copy_find, "linkage", DUTY_READ, AUDIT_LOOK,       \
      FOR_ANY, "一人の副本", NULL)                                                                  \
    X(page_asked, GET, "/inquiries", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY,               \
      "情報照会の状況", "照会")                                                                     \
    X(page_held, GET, "/held", NULL, "linkage", DUTY_ENTER, AUDIT_LOOK, FOR_ANY, "手動応答",        \
      "応答")                                                                                       \
    X(page_held_one, GET, "/held/{provision}", &route_page_held, "linkage", DUTY_ENTER, AUDIT_LOOK, \
      FOR_ANY, "提供を決める", NULL)                                                                \
    X(send_held_one, POST, "/held/{provision}", &route_page_held, "linkage", DUTY_ENTER,            \
      AUDIT_CHANGE, FOR_ANY, "提供を決める", NULL)                                                  \
    X(page_records, GET, "/records", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY,               \
      "情報提供等記録", "記録")                                                                     \
    X(page_records_on, GET, "/records/{before}", &route_page_records, "linkage", DUTY_READ,         \
      AUDIT_LOOK, FOR_ANY, "情報提供等記録", NULL)                                                  \
    X(page_stands, GET, "/state", NULL, "linkage", DUTY_READ, AUDIT_LOOK, FOR_ANY,                  \
      "鍵・リスト・副本の状態", "状態")                                                             \
    REQUEST_ROUTES(X)                                                                               \
    OFFICE_ROUTES(X)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
INTERMEDIATE_ROUTES(X)
#undef X

extern const Routes intermediate_routes;

// The link to one person's copies, in this session; the record of the visit names whom it leads to. NULL of nobody's number.
MUST bool copy_path(const Visit *visit, const UnifiedNo *person, Path *path, Error *err);
Str organisation_named(const Visit *visit, const OrganisationCode *code);
Str moment_words(Instant at, Arena *arena);  // {0}: never
Str span_words(Instant span, Arena *arena);  // "6日23時間", "18時間", "40分"
Str left_words(Instant until, Instant now, Arena *arena);  // "あと18時間", "過ぎました"
