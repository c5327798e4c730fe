// Every page and form of the ledger's screens: one table.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger.h"
#include "office_routes.h"

//    handler, method, path, the page above, programme, duty, record, purposes, title, in the narrow menu, IN_WARDS
#define LEDGER_ROUTES(X)                                                                           \
    X(page_today, GET, "/", NULL, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY, "今日の仕事",    \
      "今日", IN_WARDS)                                                                            \
    X(page_search, GET, "/persons", NULL, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY,          \
      "住民をさがす", "さがす", IN_WARDS)                                                          \
    X(send_search, POST, "/search", &route_page_search, "immunization", DUTY_READ, AUDIT_LOOK,     \
      FOR_ANY, "住民をさがす", NULL, IN_WARDS)                                                     \
    X(page_hits, GET, "/search/{text}", &route_page_search, "immunization", DUTY_READ, AUDIT_LOOK, \
      FOR_ANY, "さがした結果", NULL, IN_WARDS)                                                     \
    X(page_person, GET, "/p/{person}", &route_page_search, "immunization", DUTY_READ, AUDIT_LOOK,  \
      FOR_ANY, "一人のページ", NULL, IN_WARDS)                                                     \
    X(page_person_known, GET, "/p/{person}/known/{day}", &route_page_search, "immunization",       \
      DUTY_READ, AUDIT_LOOK, FOR_ANY, "その日に知っていた一人のページ", NULL, IN_WARDS)            \
    X(send_person_known, POST, "/p/{person}/known", &route_page_search, "immunization", DUTY_READ, \
      AUDIT_LOOK, FOR_ANY, "その日に知っていた一人のページ", NULL, IN_WARDS)                       \
    X(page_dose, GET, "/p/{person}/dose/{change}", &route_page_person, "immunization", DUTY_ENTER, \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "接種を入力", NULL, IN_WARDS)                   \
    X(send_dose, POST, "/p/{person}/dose/{change}", &route_page_person, "immunization",            \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "接種を入力", NULL, IN_WARDS)       \
    X(page_dose_check, GET, "/p/{person}/dose/{change}/{typed}", &route_page_dose, "immunization", \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "確認", NULL, IN_WARDS)          \
    X(send_dose_check, POST, "/p/{person}/dose/{change}/{typed}", &route_page_dose,                \
      "immunization", DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "確認", NULL, IN_WARDS) \
    X(page_fact, GET, "/p/{person}/fact/{change}", &route_page_person, "immunization", DUTY_ENTER,  \
      AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE | FOR_DISPATCH, "認定・届出を入力", NULL, IN_WARDS) \
    X(send_fact, POST, "/p/{person}/fact/{change}", &route_page_person, "immunization",             \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE | FOR_DISPATCH,                  \
      "認定・届出を入力", NULL, IN_WARDS)                                                           \
    X(page_fact_check, GET, "/p/{person}/fact/{change}/{typed}", &route_page_fact, "immunization",  \
      DUTY_ENTER, AUDIT_LOOK, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE | FOR_DISPATCH, "確認", NULL, IN_WARDS) \
    X(send_fact_check, POST, "/p/{person}/fact/{change}/{typed}", &route_page_fact, "immunization", \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE | FOR_DISPATCH, "確認", NULL, IN_WARDS) \
    X(page_certificate, GET, "/p/{person}/certificate", &route_page_person, "immunization",         \
      DUTY_PRINT, AUDIT_LOOK, FOR_COUNTER, "証明書", NULL, IN_WARDS)                                \
    X(send_certificate, POST, "/p/{person}/certificate", &route_page_person, "immunization",        \
      DUTY_PRINT, AUDIT_LOOK, FOR_COUNTER, "証明書", NULL, IN_WARDS)                                \
    X(page_certificate_check, GET, "/p/{person}/certificate/check/{typed}",                         \
      &route_page_certificate, "immunization", DUTY_PRINT, AUDIT_LOOK, FOR_COUNTER, "確認", NULL,   \
      IN_WARDS)                                                                                     \
    X(send_certificate_check, POST, "/p/{person}/certificate/check/{typed}",                        \
      &route_page_certificate, "immunization", DUTY_PRINT, AUDIT_CHANGE, FOR_COUNTER, "確認", NULL, \
      IN_WARDS)                                                                                     \
    X(page_certified, GET, "/p/{person}/certificate/{number}", &route_page_certificate,             \
      "immunization", DUTY_PRINT, AUDIT_LOOK, FOR_COUNTER, "交付した証明書", NULL, IN_WARDS)        \
    X(send_certified, POST, "/p/{person}/certificate/{number}", &route_page_certificate,            \
      "immunization", DUTY_PRINT, AUDIT_PRINT, FOR_COUNTER, "証明書の紙を出す", NULL, IN_WARDS)     \
    X(page_certified_picture, GET, "/p/{person}/certificate/{number}/picture/{page}",               \
      &route_page_certified, "immunization", DUTY_PRINT, AUDIT_LOOK, FOR_COUNTER,                   \
      "交付した証明書", NULL, IN_WARDS)                                                             \
    X(send_certified_cancel, POST, "/p/{person}/certificate/{number}/cancel",                       \
      &route_page_certified, "immunization", DUTY_PRINT, AUDIT_CHANGE, FOR_COUNTER,                 \
      "証明書を取り消す", NULL, IN_WARDS)                                                           \
    X(page_inquiries, GET, "/p/{person}/inquiries", &route_page_person, "immunization", DUTY_LINK,  \
      AUDIT_LOOK, FOR_COUNTER | FOR_TELEPHONE | FOR_ENTRY | FOR_INTAKE, "情報照会", NULL)           \
    X(send_inquiries, POST, "/p/{person}/inquiries", &route_page_person, "immunization", DUTY_LINK, \
      AUDIT_CHANGE, FOR_COUNTER | FOR_TELEPHONE | FOR_ENTRY | FOR_INTAKE, "情報照会", NULL)         \
    X(send_exchange, POST, "/p/{person}/inquiries/exchange", &route_page_person, "immunization",    \
      DUTY_LINK, AUDIT_CHANGE, FOR_COUNTER | FOR_TELEPHONE | FOR_ENTRY | FOR_INTAKE,                \
      "情報照会の送受信", NULL)                                                                     \
    X(page_answer, GET, "/p/{person}/inquiries/{inquiry}", &route_page_inquiries, "immunization",   \
      DUTY_LINK, AUDIT_LOOK, FOR_COUNTER | FOR_TELEPHONE | FOR_ENTRY | FOR_INTAKE, "照会の回答",    \
      NULL)                                                                                         \
    X(send_answer, POST, "/p/{person}/inquiries/{inquiry}", &route_page_inquiries, "immunization",  \
      DUTY_ENTER, AUDIT_CHANGE, FOR_COUNTER | FOR_ENTRY | FOR_INTAKE, "照会の回答", NULL)           \
    REQUEST_ROUTES(X)                                                                              \
    X(page_intakes, GET, "/intakes", NULL, "immunization", DUTY_ENTER, AUDIT_LOOK, FOR_INTAKE,     \
      "取込・照合", "取込")                                                                               \
    X(page_upload, GET, "/intakes/file", &route_page_intakes, "immunization", DUTY_IMPORT,          \
      AUDIT_LOOK, FOR_INTAKE, "ファイルを取り込む", NULL)                                           \
    X(send_upload, POST, "/intakes/file", &route_page_intakes, "immunization", DUTY_IMPORT,         \
      AUDIT_IMPORT, FOR_INTAKE, "ファイルを取り込む", NULL)                                         \
    X(page_taken, GET, "/intakes/taken/{file}", &route_page_intakes, "immunization", DUTY_ENTER,    \
      AUDIT_LOOK, FOR_INTAKE, "取込の結果", NULL)                                                   \
    X(send_returned, POST, "/intakes/taken/{file}", &route_page_intakes, "immunization",            \
      DUTY_EXPORT, AUDIT_EXPORT, FOR_INTAKE, "返戻の一覧", NULL)                                    \
    X(page_reviews, GET, "/reviews/{file}", &route_page_intakes, "immunization", DUTY_ENTER,       \
      AUDIT_LOOK, FOR_INTAKE, "照合", NULL)                                                          \
    X(page_review, GET, "/reviews/{file}/{row}", &route_page_intakes, "immunization", DUTY_ENTER,  \
      AUDIT_LOOK, FOR_INTAKE, "照合", NULL)                                                          \
    X(send_review, POST, "/reviews/{file}/{row}", &route_page_intakes, "immunization", DUTY_ENTER, \
      AUDIT_CHANGE, FOR_INTAKE, "照合", NULL)                                                        \
    X(send_undo, POST, "/reviews/{file}/{row}/undo", &route_page_review, "immunization", DUTY_ENTER,  \
      AUDIT_CHANGE, FOR_INTAKE, "照合の決定を元に戻す", NULL)                                       \
    X(send_close, POST, "/intakes/taken/{file}/close", &route_page_taken, "immunization", DUTY_ENTER, \
      AUDIT_CHANGE, FOR_INTAKE, "ファイルを締める", NULL)                                           \
    X(send_review_search, POST, "/reviews/{file}/{row}/search", &route_page_review, "immunization",  \
      DUTY_ENTER, AUDIT_LOOK, FOR_INTAKE, "候補にいない人をさがす", NULL)                           \
    X(page_review_hits, GET, "/reviews/{file}/{row}/search/{text}", &route_page_review,             \
      "immunization", DUTY_ENTER, AUDIT_LOOK, FOR_INTAKE, "候補にいない人をさがした結果", NULL)     \
    X(page_review_with, GET, "/reviews/{file}/{row}/with/{person}", &route_page_review,             \
      "immunization", DUTY_ENTER, AUDIT_LOOK, FOR_INTAKE, "さがした人との照合", NULL)               \
    X(send_review_with, POST, "/reviews/{file}/{row}/with/{person}", &route_page_review,            \
      "immunization", DUTY_ENTER, AUDIT_CHANGE, FOR_INTAKE, "さがした人との照合", NULL)             \
    X(page_questions, GET, "/questions", &route_page_intakes, "immunization", DUTY_ENTER,           \
      AUDIT_LOOK, FOR_INTAKE, "医療機関への問い合わせ", NULL)                                       \
    X(page_question, GET, "/questions/{clinic}", &route_page_questions, "immunization", DUTY_ENTER, \
      AUDIT_LOOK, FOR_INTAKE, "問い合わせ票", NULL)                                                 \
    X(page_work, GET, "/waiting/{kind}", &route_page_today, "immunization", DUTY_READ, AUDIT_LOOK,    \
      FOR_ANY, "待っている仕事", NULL)                                                             \
    X(page_due, GET, "/due", NULL, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY, "対象者",       \
      "対象", IN_WARDS)                                                                            \
    X(send_due, POST, "/due", &route_page_due, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY,     \
      "対象者", NULL, IN_WARDS)                                                                    \
    X(page_changes, GET, "/due/changes", &route_page_due, "immunization", DUTY_READ, AUDIT_LOOK,   \
      FOR_ANY, "差分", NULL)                                                                       \
    X(send_changes, POST, "/due/changes", &route_page_changes, "immunization", DUTY_READ,          \
      AUDIT_LOOK, FOR_ANY, "差分", NULL)                                                           \
    X(page_changes_asked, GET, "/due/changes/{asked}", &route_page_due, "immunization", DUTY_READ, \
      AUDIT_LOOK, FOR_ANY, "差分", NULL)                                                           \
    X(send_changes_made, POST, "/due/changes/{asked}", &route_page_changes, "immunization",        \
      DUTY_READ, AUDIT_CHANGE, FOR_ANY, "差分の一覧を作る", NULL)                                  \
    X(page_due_asked, GET, "/due/{asked}", &route_page_due, "immunization", DUTY_READ, AUDIT_LOOK, \
      FOR_ANY, "この条件の人", NULL, IN_WARDS)                                                     \
    X(page_due_export, GET, "/due/{asked}/file", &route_page_due, "immunization", DUTY_EXPORT,     \
      AUDIT_LOOK, FOR_ANY, "ファイルに出す", NULL, IN_WARDS)                                       \
    X(send_due_export, POST, "/due/{asked}/file", &route_page_due, "immunization", DUTY_EXPORT,    \
      AUDIT_EXPORT, FOR_ANY, "ファイルに出す", NULL, IN_WARDS)                                     \
    X(page_letters, GET, "/due/{asked}/letters", &route_page_due, "immunization", DUTY_PRINT,       \
      AUDIT_LOOK, FOR_DISPATCH, "通知を作る", NULL)                                                \
    X(send_letters, POST, "/due/{asked}/letters", &route_page_due, "immunization", DUTY_PRINT,      \
      AUDIT_CHANGE, FOR_DISPATCH, "通知を作る", NULL)                                              \
    X(page_rules, GET, "/rules", NULL, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY,             \
      "規則を見る", "規則", IN_WARDS)                                                              \
    X(send_rules, POST, "/rules/{vaccine}", &route_page_rules, "immunization", DUTY_READ,          \
      AUDIT_LOOK, FOR_ANY, "選んだ日の規則", NULL, IN_WARDS)                                       \
    X(page_vaccine, GET, "/rules/{vaccine}", &route_page_rules, "immunization", DUTY_READ,         \
      AUDIT_LOOK, FOR_ANY, "ワクチンの規則", NULL, IN_WARDS)                                       \
    X(page_rules_asked, GET, "/rules/{vaccine}/{asked}", &route_page_rules, "immunization",        \
      DUTY_READ, AUDIT_LOOK, FOR_ANY, "選んだ日の規則", NULL, IN_WARDS)                        \
    X(page_rehearsals, GET, "/rehearsals", &route_page_rules, "immunization", DUTY_EXPORT,         \
      AUDIT_LOOK, FOR_ANY, "規則の予行", NULL)                                                     \
    X(send_rehearsals, POST, "/rehearsals", &route_page_rules, "immunization", DUTY_EXPORT,        \
      AUDIT_CHANGE, FOR_ANY, "規則の予行", NULL)                                                   \
    X(page_rehearsal, GET, "/rehearsals/{order}", &route_page_rehearsals, "immunization",          \
      DUTY_EXPORT, AUDIT_LOOK, FOR_ANY, "予行の結果", NULL)                                        \
    X(page_rehearsal_file, GET, "/rehearsals/{order}/file", &route_page_rehearsal, "immunization", \
      DUTY_EXPORT, AUDIT_LOOK, FOR_ANY, "予行の結果をファイルに出す", NULL)                        \
    X(send_rehearsal_file, POST, "/rehearsals/{order}/file", &route_page_rehearsal,                \
      "immunization", DUTY_EXPORT, AUDIT_EXPORT, FOR_ANY, "予行の結果をファイルに出す", NULL)      \
    X(page_rehearsal_kind, GET, "/rehearsals/{order}/{kind}", &route_page_rehearsal,               \
      "immunization", DUTY_EXPORT, AUDIT_LOOK, FOR_ANY, "答えが変わる人", NULL)                    \
    X(page_prints, GET, "/prints", NULL, "immunization", DUTY_PRINT, AUDIT_LOOK, FOR_ANY, "印刷",  \
      "印刷")                                                                                      \
    X(page_batch, GET, "/prints/{batch}", &route_page_prints, "immunization", DUTY_PRINT,          \
      AUDIT_LOOK, FOR_ANY, "一つの束", NULL)                                                       \
    X(page_order, GET, "/prints/order/{order}", &route_page_prints, "immunization", DUTY_PRINT,     \
      AUDIT_LOOK, FOR_ANY, "通知を作る", NULL)                                                     \
    X(send_order_file, POST, "/prints/order/{order}/file", &route_page_prints, "immunization",      \
      DUTY_PRINT, AUDIT_PRINT, FOR_DISPATCH, "見本を出す", NULL)                                   \
    X(page_again, GET, "/prints/{batch}/again", &route_page_batch, "immunization", DUTY_PRINT,      \
      AUDIT_LOOK, FOR_DISPATCH, "再発行する", NULL)                                                \
    X(send_again, POST, "/prints/{batch}/again", &route_page_batch, "immunization", DUTY_PRINT,     \
      AUDIT_CHANGE, FOR_DISPATCH, "再発行する", NULL)                                              \
    X(page_again_one, GET, "/prints/{batch}/again/{person}", &route_page_batch, "immunization",     \
      DUTY_PRINT, AUDIT_LOOK, FOR_DISPATCH | FOR_COUNTER | FOR_TELEPHONE, "一人に再発行する", NULL) \
    X(send_again_one, POST, "/prints/{batch}/again/{person}", &route_page_batch, "immunization",    \
      DUTY_PRINT, AUDIT_CHANGE, FOR_DISPATCH | FOR_COUNTER | FOR_TELEPHONE, "一人に再発行する", NULL) \
    X(page_cancel, GET, "/prints/{batch}/cancel", &route_page_batch, "immunization", DUTY_PRINT,    \
      AUDIT_LOOK, FOR_DISPATCH, "束を取り下げる", NULL)                                            \
    X(send_cancel, POST, "/prints/{batch}/cancel", &route_page_batch, "immunization", DUTY_PRINT,   \
      AUDIT_CHANGE, FOR_DISPATCH, "束を取り下げる", NULL)                                          \
    X(page_pull, GET, "/prints/{batch}/pull/{person}", &route_page_batch, "immunization",           \
      DUTY_PRINT, AUDIT_LOOK, FOR_DISPATCH | FOR_COUNTER | FOR_TELEPHONE, "封筒を引き抜く", NULL)   \
    X(send_pull, POST, "/prints/{batch}/pull/{person}", &route_page_batch, "immunization",          \
      DUTY_PRINT, AUDIT_CHANGE, FOR_DISPATCH | FOR_COUNTER | FOR_TELEPHONE, "封筒を引き抜く", NULL) \
    X(page_paper, GET, "/prints/{batch}/paper/{nth}", &route_page_batch, "immunization",            \
      DUTY_PRINT, AUDIT_LOOK, FOR_ANY, "紙の見本", NULL)                                           \
    X(page_paper_picture, GET, "/prints/{batch}/picture/{nth}", &route_page_batch, "immunization",  \
      DUTY_PRINT, AUDIT_LOOK, FOR_ANY, "紙の見本", NULL)                                           \
    X(send_paper_file, POST, "/prints/{batch}/file", &route_page_batch, "immunization",             \
      DUTY_PRINT, AUDIT_PRINT, FOR_DISPATCH, "書類を出す", NULL)                                   \
    X(page_batch_on, GET, "/prints/{batch}/{page}", &route_page_prints, "immunization",            \
      DUTY_PRINT, AUDIT_LOOK, FOR_ANY, "一つの束", NULL)                                           \
    X(page_stats, GET, "/stats", NULL, "immunization", DUTY_READ, AUDIT_LOOK, FOR_ANY, "統計",     \
      "統計", IN_WARDS)                                                                            \
    X(page_coverage, GET, "/stats/coverage/{series}", &route_page_stats, "immunization",           \
      DUTY_READ, AUDIT_LOOK, FOR_ANY, "一つのワクチンの接種率", NULL, IN_WARDS)                    \
    X(page_forecast, GET, "/stats/forecast", &route_page_stats, "immunization", DUTY_READ,         \
      AUDIT_LOOK, FOR_ANY, "これから必要な回数", NULL, IN_WARDS)                                   \
    X(page_stood, GET, "/stats/stood", &route_page_stats, "immunization", DUTY_READ, AUDIT_LOOK,   \
      FOR_ANY, "対象の推移", NULL, IN_WARDS)                                                       \
    X(page_outcomes, GET, "/stats/outcomes", &route_page_stats, "immunization", DUTY_READ,         \
      AUDIT_LOOK, FOR_ANY, "取込の結果", NULL, IN_WARDS)                                                       \
    X(page_jobs, GET, "/jobs", NULL, "office", DUTY_READ, AUDIT_LOOK, FOR_ANY, "処理の状況",        \
      "処理")                                                                                      \
    OFFICE_ROUTES(X)

#define X(handler, ...)                 \
    extern const Route route_##handler; \
    bool handler(Visit *visit, Error *err);
LEDGER_ROUTES(X)
#undef X

extern const Routes ledger_routes;

// The list of those whose last safe date comes within so many days.
MUST bool due_soon_path(const Visit *visit, int days, Path *path, Error *err);
// Where a dose of the visit's person is entered (0), corrected or cancelled (dose_change.h: the kind).
MUST bool dose_path(const Visit *visit, int kind, int32_t dose_id, Path *path, Error *err);
// Where a fact of the visit's person is entered (0), said anew and withdrawn.
enum { FACT_ENTER, FACT_AGAIN, FACT_WITHDRAW, FACT_CHANGES };
MUST bool fact_path(const Visit *visit, int change, int32_t fact_id, Path *path, Error *err);

// The ledger as this visit sees it.
MUST bool visit_ledger(const Visit *visit, Ledger *ledger, Error *err);
