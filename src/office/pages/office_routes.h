// Pages and forms that every office has, for a program's table of routes: its own come first.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "visit.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu, IN_WARDS
#define OFFICE_ROUTES(X)                                                                               \
    X(page_rights, GET, "/rights", NULL, "office", DUTY_ADMIN, AUDIT_LOOK, FOR_ANY, "職員と権限",      \
      "権限")                                                                                          \
    X(page_rights_of, GET, "/rights/{staff}", &route_page_rights, "office", DUTY_ADMIN, AUDIT_LOOK,    \
      FOR_ANY, "一人の権限", NULL)                                                                     \
    X(send_rights_of, POST, "/rights/{staff}", &route_page_rights, "office", DUTY_ADMIN, AUDIT_CHANGE, \
      FOR_ANY, "一人の権限", NULL)                                                                     \
    X(page_rights_review, GET, "/rights/{staff}/review", &route_page_rights_of, "office", DUTY_ADMIN,  \
      AUDIT_LOOK, FOR_ANY, "権限の点検", NULL)                                                         \
    X(send_rights_review, POST, "/rights/{staff}/review", &route_page_rights_of, "office", DUTY_ADMIN, \
      AUDIT_CHANGE, FOR_ANY, "権限の点検", NULL)                                                       \
    X(page_audit, GET, "/audit", NULL, "office", DUTY_AUDIT, AUDIT_LOOK, FOR_ANY, "監査を見る",        \
      "監査")                                                                                          \
    X(send_audit, POST, "/audit", &route_page_audit, "office", DUTY_AUDIT, AUDIT_LOOK, FOR_ANY,        \
      "監査を見る", NULL)                                                                              \
    X(page_audit_found, GET, "/audit/found/{asked}", &route_page_audit, "office", DUTY_AUDIT,          \
      AUDIT_LOOK, FOR_ANY, "さがした記録", NULL)                                                       \
    X(page_audit_day, GET, "/audit/day/{day}", &route_page_audit, "office", DUTY_AUDIT, AUDIT_LOOK,    \
      FOR_ANY, "一人の一日", NULL)                                                                     \
    X(send_audit_day, POST, "/audit/day/{day}", &route_page_audit, "office", DUTY_AUDIT, AUDIT_CHANGE, \
      FOR_ANY, "一人の一日", NULL)

// The box of requests, of a program that has kinds of them; it stands among the program's own.
#define REQUEST_ROUTES(X)                                                                               \
    X(page_approvals, GET, "/approvals", NULL, "office", DUTY_APPROVE, AUDIT_LOOK, FOR_ANY, "承認箱",   \
      "承認")                                                                                           \
    X(page_approval, GET, "/approvals/{request}", &route_page_approvals, "office", DUTY_APPROVE,        \
      AUDIT_LOOK, FOR_ANY, "承認する", NULL)                                                            \
    X(send_approval, POST, "/approvals/{request}", &route_page_approvals, "office", DUTY_APPROVE,       \
      AUDIT_CHANGE, FOR_ANY, "承認する", NULL)                                                          \
    X(page_requests, GET, "/requests", NULL, "office", DUTY_ENTER, AUDIT_LOOK, FOR_ANY, "申請したもの", \
      "申請", IN_WARDS)                                                                                 \
    X(send_withdrawal, POST, "/requests/{request}", &route_page_requests, "office", DUTY_ENTER,         \
      AUDIT_CHANGE, FOR_ANY, "申請したもの", NULL, IN_WARDS)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
OFFICE_ROUTES(X)
REQUEST_ROUTES(X)
#undef X
