// SPDX-License-Identifier: Apache-2.0
#include "ledger_tallied_rows.h"

// What an act closes: its number is the key.
#define CLOSED(X, name, words, table, id) \
    X(name, words, table, "to_act", "to_act, " id, id, "to_act < 2147483647")
// Rows under a number of their own.
#define NUMBERED(X, name, words, table, id, columns) X(name, words, table, id, id, columns, "1 = 1")

// clang-format off
#define LEDGER_TALLIES(X) \
    NUMBERED(X, "act", "台帳の登録", "act", "act_no", \
             "kind, business_day, done_at, done_by, reason, record_no") \
    NUMBERED(X, "person", "住民", "person", "person_id", "addressee_no, from_act") \
    NUMBERED(X, "person_before", "住民の訂正前", "person_before", "before_id", \
             "person_id, birth, sex, to_act") \
    NUMBERED(X, "residence", "住民だった期間", "residence", "span_id", \
             "person_id, first_day, last_day, ending, from_act") \
    NUMBERED(X, "resident_version", "住民の履歴", "resident_version", "version_id", \
             "person_id, version_no, event_reason, occurred_on, reported_on, recorded_at, from_act, kind," \
             " status, name, name_kana, sex, birth, resident_from, resident_until") \
    NUMBERED(X, "sync_batch", "住民の異動の取込", "sync_batch", "batch_no", \
             "epoch, next_no, picture, changes, act_no") \
    NUMBERED(X, "product", "製品", "product", "product_no", "code") \
    NUMBERED(X, "rule_use", "使った規則", "rule_use", "from_act", "version, law_as_of") \
    NUMBERED(X, "dose", "接種", "dose", "dose_id", \
             "person_id, product_no, given_on, funding, override, provenance, from_act, replaces, reason," \
             " row_id, kind, claimed_position, clinic_code, clinic_name, volume_ml100, maker," \
             " lot, expires_on, doctor, venue, origin_id") \
    CLOSED(X, "dose_closed", "終わった接種", "dose", "dose_id") \
    X("dose_judgement", "接種の判定", "dose_judgement", "from_act", "from_act, dose_id", \
      "dose_id, legal_class, status, series, position, reasons, rules", "1 = 1") \
    X("dose_judgement_closed", "終わった接種の判定", "dose_judgement", "to_act", \
      "to_act, dose_id, from_act", "dose_id, from_act", "to_act < 2147483647") \
    NUMBERED(X, "dose_origin", "海外の接種", "dose_origin", "origin_id", \
             "person_id, given_on, cvx, country, product_name, source, decision, counts_as, physician," \
             " decided_on, from_act, replaces") \
    CLOSED(X, "dose_origin_closed", "終わった海外の接種", "dose_origin", "origin_id") \
    NUMBERED(X, "not_given", "接種しなかった記録", "not_given", "record_id", \
             "person_id, kind, product_no, seen_on, clinic_code, clinic_name, doctor, row_id, from_act," \
             " claimed_position") \
    CLOSED(X, "not_given_closed", "終わった接種しなかった記録", "not_given", "record_id") \
    NUMBERED(X, "person_fact", "個人の事情", "person_fact", "fact_id", \
             "person_id, kind, subject, value, since, until, from_act, source, row_id, began, ended," \
             " recognised_on, recognised_by") \
    CLOSED(X, "person_fact_closed", "終わった個人の事情", "person_fact", "fact_id") \
    NUMBERED(X, "inquiry", "情報照会", "inquiry", "inquiry_id", \
             "person_id, municipality, moved_on, undisclosed, reason, asked_by, asked_at") \
    NUMBERED(X, "inquiry_file", "照会ファイル", "inquiry_file", "file_no", "name, file_index, reason, brought_by, brought_at") \
    NUMBERED(X, "copy_record", "副本", "copy_record", "copy_no", "dose_id") \
    NUMBERED(X, "clinic", "医療機関", "clinic", "clinic_id", \
             "clinic_code, name, address, contract_from, contract_to, vaccine, from_act") \
    CLOSED(X, "clinic_closed", "終わった医療機関", "clinic", "clinic_id") \
    NUMBERED(X, "claim", "請求", "claim", "claim_id", \
             "row_id, person_id, dose_id, clinic_code, amount, copay, state, code, from_act") \
    CLOSED(X, "claim_closed", "終わった請求", "claim", "claim_id") \
    NUMBERED(X, "intake_file", "取り込んだファイル", "intake_file", "file_no", \
             "name, month, row_count, accepted, warned, review, returned, duplicate, act_no") \
    NUMBERED(X, "intake_row", "取り込んだ行", "intake_row", "row_id", \
             "file_no, line, label, outcome, person_id, dose_id, dose_status, reasons, codes, corrects") \
    NUMBERED(X, "intake_waiting", "決定を待つ行", "intake_waiting", "row_id", \
             "month, label, clinic_code, given_on, birth, from_act") \
    X("intake_decision", "行の決定", "intake_decision", "act_no", "act_no, row_id", \
      "row_id, outcome, person_id, dose_id, dose_status, reasons, codes, message", "1 = 1") \
    X("intake_decision_undone", "元に戻した行の決定", "intake_decision", "to_act", "to_act, row_id", "row_id, act_no", \
      "to_act < 2147483647") \
    X("intake_closed", "締めたファイル", "intake_closed", "act_no", "act_no, file_no", "file_no", "1 = 1") \
    NUMBERED(X, "work", "仕事", "work", "work_id", "kind, person_id, row_id, subject, from_act") \
    X("work_closed", "済んだ仕事", "work", "to_act", "to_act, work_id", "work_id", \
      "to_act < 2147483647") \
    NUMBERED(X, "notice_run", "通知の一束", "notice_run", "run_no", \
             "act_no, as_of, list_sha256, sent, held") \
    NUMBERED(X, "notice", "通知", "notice", "notice_id", \
             "run_no, person_id, series, position, kind, mailed_on") \
    NUMBERED(X, "certificate", "証明書", "certificate", "certificate_no", \
             "person_id, kind, issued_on, again_of, form, pages, sha256, from_act") \
    CLOSED(X, "certificate_closed", "終わった証明書", "certificate", "certificate_no") \
    X("certificate_dose", "証明した接種", "certificate_dose", "certificate_no", "certificate_no, dose_id", "dose_id", "1 = 1") \
    NUMBERED(X, "list_permit", "一覧の許可", "list_permit", "permit_no", "asker, asked, content, day") \
    X("list_permit_taken", "許可で出した一覧", "list_permit", "coalesce(taken_record, 0)", \
      "coalesce(taken_record, 0), permit_no", "permit_no, taken_at", "taken_at IS NOT NULL") \
    X("print_page", "印刷したページ", "print_page", "run_no", "run_no, page_id", \
      "page_id, sequence, person_id, paper, form_version, page_no, page_count", "1 = 1")
// clang-format on

TALLIES(ledger_tallies, OFFICE_TALLIES, LEDGER_TALLIES);
