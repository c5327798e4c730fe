// Every page and form of the screens of 宛名管理: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_routes.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu
#define ADDRESSEE_ROUTES(X)                                                                       \
    X(page_register_work, GET, "/", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,             \
      "今日の仕事", "今日")                                                                       \
    X(page_find, GET, "/persons", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY, "人をさがす", \
      "さがす")                                                                                   \
    X(send_find, POST, "/persons", &route_page_find, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,  \
      "人をさがす", NULL)                                                                         \
    X(page_found, GET, "/found/{text}", &route_page_find, "register", DUTY_READ, AUDIT_LOOK,      \
      FOR_ANY, "さがした結果", NULL)                                                              \
    X(page_resident, GET, "/p/{person}", &route_page_find, "register", DUTY_READ, AUDIT_LOOK,     \
      FOR_ANY, "一人のページ", NULL)                                                              \
    X(page_household, GET, "/p/{person}/household", &route_page_find, "register", DUTY_READ,      \
      AUDIT_LOOK, FOR_ANY, "世帯", NULL)                                                          \
    X(page_given, GET, "/p/{person}/given", &route_page_resident, "register", DUTY_READ,          \
      AUDIT_LOOK, FOR_ANY, "提供先別の見え方", NULL)                                              \
    X(page_hold, GET, "/p/{person}/hold", &route_page_resident, "register", DUTY_ENTER, AUDIT_LOOK, \
      FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "受け付けなかった行を決める", NULL)                   \
    X(send_hold, POST, "/p/{person}/hold", &route_page_resident, "register", DUTY_ENTER,          \
      AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "受け付けなかった行を決める", NULL)     \
    X(page_release, GET, "/p/{person}/release", &route_page_resident, "register", DUTY_APPROVE,   \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置の終了を確かめる", NULL)         \
    X(send_release, POST, "/p/{person}/release", &route_page_resident, "register", DUTY_APPROVE,  \
      AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置の終了を確かめる", NULL)       \
    X(page_measure, GET, "/p/{person}/measure", &route_page_resident, "register", DUTY_ENTER,     \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置を入力", NULL)                   \
    X(send_measure, POST, "/p/{person}/measure", &route_page_resident, "register", DUTY_ENTER,    \
      AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置を入力", NULL)                 \
    X(page_measure_end, GET, "/p/{person}/measure/end", &route_page_resident, "register",         \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置の終了を申請", NULL) \
    X(send_measure_end, POST, "/p/{person}/measure/end", &route_page_resident, "register",        \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "支援措置の終了を申請",     \
      NULL)                                                                                       \
    X(page_mailing, GET, "/p/{person}/mailing", &route_page_resident, "register", DUTY_ENTER,     \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "送付先を入力", NULL)                     \
    X(send_mailing, POST, "/p/{person}/mailing", &route_page_resident, "register", DUTY_ENTER,    \
      AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "送付先を入力", NULL)                   \
    X(page_mailing_end, GET, "/p/{person}/mailing/{mailing}", &route_page_resident, "register",   \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "送付先の終了を申請", NULL)   \
    X(send_mailing_end, POST, "/p/{person}/mailing/{mailing}", &route_page_resident, "register",  \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "送付先の終了を申請", NULL) \
    X(page_outside, GET, "/outside", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY, "住登外者", \
      "住登外")                                                                                   \
    X(page_outside_new, GET, "/outside/new", &route_page_outside, "register", DUTY_ENTER,         \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "住登外者を登録", NULL)                   \
    X(send_outside_new, POST, "/outside/new", &route_page_outside, "register", DUTY_ENTER,        \
      AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "住登外者を登録", NULL)                 \
    X(page_outside_correct, GET, "/p/{person}/outside", &route_page_resident, "register",         \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "住登外者を訂正", NULL)       \
    X(send_outside_correct, POST, "/p/{person}/outside", &route_page_resident, "register",        \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "住登外者を訂正", NULL)     \
    X(page_outside_confirm, GET, "/p/{person}/confirmed", &route_page_resident, "register",       \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "本人確認を記録", NULL)       \
    X(send_outside_confirm, POST, "/p/{person}/confirmed", &route_page_resident, "register",      \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "本人確認を記録", NULL)     \
    X(page_feeds, GET, "/feeds", NULL, "register", DUTY_READ, AUDIT_LOOK, FOR_ANY,                \
      "届いたファイル", "ファイル")                                                               \
    X(page_feed_file, GET, "/feeds/file", &route_page_feeds, "register", DUTY_APPROVE, AUDIT_LOOK, \
      FOR_INTAKE, "止めているファイルを承認する", NULL)                                           \
    X(send_feed_file, POST, "/feeds/file", &route_page_feeds, "register", DUTY_APPROVE,           \
      AUDIT_IMPORT, FOR_INTAKE, "止めているファイルを承認する", NULL)                 \
    REQUEST_ROUTES(X)                                                                             \
    OFFICE_ROUTES(X)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
ADDRESSEE_ROUTES(X)
#undef X

extern const Routes addressee_routes;
