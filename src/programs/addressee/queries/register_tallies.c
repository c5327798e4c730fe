// SPDX-License-Identifier: Apache-2.0
#include "register_tallies.h"

// A file that is held becomes an applied one: what it came with never changes, what was decided is a set of
// its own. What protection seals, and what a later file closes, stays out.
// clang-format off
#define REGISTER_TALLIES(X) \
    X("feed_file", "住民情報のファイル", "feed_file", "file_no", "file_no", \
      "name, full_copy, sequence, made_on, imported_by, imported_at, imported_account", "1 = 1") \
    X("feed_file_applied", "反映した住民情報のファイル", "feed_file", "coalesce(record_no, 0)", \
      "coalesce(record_no, 0), file_no", \
      "file_no, state, approved_by, approved_at, applied_no, row_count, applied, unchanged, refused," \
      " vanished, held_for", "applied_no IS NOT NULL") \
    X("feed_refusal", "断った行", "feed_refusal", "refusal_no", "refusal_no", \
      "file_no, line, code, item", "1 = 1") \
    X("feed_listed", "一覧の行", "feed_listed", "listed_no", "listed_no", "file_no, line", "1 = 1") \
    X("person", "住民", "person", "person_id", "person_id", "addressee_no", "1 = 1") \
    X("register_version", "住民の履歴", "register_version", "change_no", "change_no", \
      "person_id, version_no, event_reason, occurred_on, reported_on, recorded_at, file_no," \
      " withdrawn_person, withdraws, residence, kind, status, name, name_kana, sex, birth, resident_from," \
      " resident_until, vague_days", "1 = 1") \
    X("person_number", "個人番号", "person_number", "number_id", "number_id", \
      "person_id, generation, number_index, from_file", "1 = 1") \
    X("person_hold", "止めた住民", "person_hold", "change_no", "change_no", \
      "person_id, held, file_no, line", "1 = 1") \
    X("register_task", "確認の仕事", "register_task", "task_no", "task_no", \
      "person_id, change_no, effect, file_no", "1 = 1") \
    X("measure", "支援措置の期間", "measure", "measure_no", "measure_no", \
      "person_id, kind, begins_on, ends_on, entered_by, entered_at", "1 = 1") \
    X("non_resident", "住登外者", "non_resident", "person_id", "person_id", "count_no", "1 = 1") \
    X("identity_check", "本人確認", "identity_check", "check_no", "check_no", \
      "person_id, change_no, checked_on, document, checked_by, recorded_at", "1 = 1") \
    X("consumer_right", "提供先の項目", "consumer_right", "right_no", "right_no", \
      "consumer, items, reason, granted_by, granted_at", "1 = 1")
// clang-format on

TALLIES(register_tallies, OFFICE_TALLIES, REGISTER_TALLIES);
