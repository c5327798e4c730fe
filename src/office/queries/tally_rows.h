// Sets of rows that only grow, and the tallies of them that stand beside the records of the trail.
//
// A set is rows of one table in the order of a key that only goes up: a number given by the program, or the
// act or record that closed the row. What never changes of them is counted and hashed; tally.h says when.
//
//     name, words, table, key, total order that begins with it, columns, which rows
//     X("dose", "接種", "dose", "dose_id", "dose_id", "person_id, given_on", "1 = 1")
//     X("dose_closed", "終わった接種", "dose", "to_act", "to_act, dose_id", "dose_id", "to_act < 2147483647")
//
// A column that a door may change later (a state, what is forgotten under protection, what is sealed anew)
// stays out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"

typedef struct TalliedRows {
    const char *name;       // stands in audit_tally; never renamed
    const char *words;      // "接種"
    const char *all_sql;    // every row in order; column 0 is the key
    const char *after_sql;  // those whose key is above $1
} TalliedRows;

typedef struct Tallies {
    const TalliedRows *rows;  // at most TALLIES_MOST
    int count;
    const char *ends_sql;  // a row for each set: name, highest key, up to which key it is tallied
} Tallies;

enum { TALLIES_MOST = 64 };

#define TALLIED_SQL(table, key, columns, condition) \
    "SELECT " key ", " columns " FROM " table " WHERE " condition
#define TALLIED_ROWS(name, words, table, key, order, columns, condition)      \
    {name, words, TALLIED_SQL(table, key, columns, condition) " ORDER BY " order, \
     TALLIED_SQL(table, key, columns, condition) " AND " key " > $1 ORDER BY " order},
#define TALLIED_END(name, words, table, key, order, columns, condition)                    \
    " UNION ALL SELECT '" name "', (SELECT max(" key ") FROM " table " WHERE " condition   \
    "), (SELECT t.last_key FROM audit_tally t WHERE t.set_name = '" name                   \
    "' ORDER BY t.leaf_no DESC LIMIT 1), (SELECT count(*) FROM (SELECT 1 FROM audit_tally" \
    " t WHERE t.set_name = '" name "' LIMIT 1) AS any_tally)"

// Defines `const Tallies its_name` of two lists.
#define TALLIES(its_name, OFFICE, OWN)                                                        \
    static const TalliedRows its_name##_rows[] = {OFFICE(TALLIED_ROWS) OWN(TALLIED_ROWS)};    \
    static const char its_name##_ends_sql[] =                                                 \
        "SELECT CAST('' AS text), CAST(0 AS bigint), CAST(0 AS bigint), CAST(0 AS bigint)"    \
        " WHERE 1 = 0" OFFICE(TALLIED_END) OWN(TALLIED_END);                                  \
    _Static_assert(sizeof its_name##_rows / sizeof *its_name##_rows <= TALLIES_MOST, "room"); \
    const Tallies its_name = {its_name##_rows,                                                \
                              (int)(sizeof its_name##_rows / sizeof *its_name##_rows),        \
                              its_name##_ends_sql}

// What every office has.
#define OFFICE_TALLIES(X)                                                                          \
    X("staff", "職員", "staff", "staff_no", "staff_no", "name, registered_at, registered_by",      \
      "1 = 1")                                                                                     \
    X("staff_login", "職員のログイン", "staff_login", "bind_no", "bind_no",                        \
      "staff_no, account, record_no", "1 = 1")                                                     \
    X("staff_password", "画面のパスワード", "staff_password", "password_no", "password_no",        \
      "staff_no, salt, hash, rounds, set_at, set_by, record_no", "1 = 1")                          \
    X("staff_card", "職員のカード", "staff_card", "card_no", "card_no",                            \
      "staff_no, card_key, bound_at, bound_by, record_no", "1 = 1")                                \
    X("staff_card_ended", "使えなくしたカード", "staff_card", "coalesce(ended_record, 0)",         \
      "coalesce(ended_record, 0), card_no", "card_no, ended_at", "ended_at IS NOT NULL")           \
    X("desk_session", "画面のサインイン", "desk_session", "session_no", "session_no",              \
      "staff_no, cookie, began_at, record_no", "1 = 1")                                            \
    X("desk_session_ended", "画面のサインアウト", "desk_session", "coalesce(ended_record, 0)",     \
      "coalesce(ended_record, 0), session_no", "session_no, ended_at", "ended_at IS NOT NULL")     \
    X("staff_duty", "職員の権限", "staff_duty", "grant_no", "grant_no",                            \
      "staff_no, programme, duty, granted_at, granted_by, granted_record", "1 = 1")                \
    X("staff_duty_ended", "なくした権限", "staff_duty", "coalesce(ended_record, 0)",               \
      "coalesce(ended_record, 0), grant_no", "grant_no, ended_at, ended_by",                       \
      "ended_at IS NOT NULL")                                                                      \
    X("staff_term", "職員の任期", "staff_term", "grant_no", "grant_no",                            \
      "department, begins_on, ends_on", "1 = 1")                                                   \
    X("staff_review", "権限の点検", "staff_review", "review_no", "review_no",                      \
      "staff_no, keeps, words, reviewed_at, reviewed_by, record_no", "1 = 1")                      \
    X("audit_finding", "監査の所見", "audit_finding", "finding_no", "finding_no",                  \
      "operator, on_day, result, words, found_at, found_by, record_no", "1 = 1")                   \
    X("approval_asked", "申請", "approval", "approval_no", "approval_no",                          \
      "kind, content, asked_by, asked_proof, asked_at, last_day", "1 = 1")                         \
    X("approval_decided", "決裁した申請", "approval", "coalesce(decided_record, 0)",               \
      "coalesce(decided_record, 0), approval_no",                                                  \
      "approval_no, state, decided_by, decided_proof, decided_at, decision",                       \
      "decided_at IS NOT NULL")

// How far a set has come.
typedef struct TallyEnd {
    bool tallied;  // it has a tally already
    bool grown;    // and rows after it, or none at all yet
    bool any;      // a tally of it counted rows: `last_key` is one
    int64_t last_key, highest_key;
} TallyEnd;

// In the order of `tallies`.
MUST bool tally_ends_read(Store *store, const Tallies *tallies, TallyEnd ends[TALLIES_MOST],
                          Error *err);

typedef struct TallyRow {
    int64_t leaf_no;
    Str set_name;
    bool any;  // last_key is one
    int64_t last_key, row_count;
    Bytes digest;
} TallyRow;

MUST bool tally_write(Store *store, const TallyRow *row, Error *err);
// Of a set the newest tally that counts up to `key` at most; only leaf_no (0: there is none) and last_key are read.
MUST bool tally_at_most(Store *store, const char *set_name, int64_t key, TallyRow *row, Error *err);
// Up to which record rows of the set went by law, as the last record of a command `erase` says; 0: none did.
MUST bool tally_erased_until(Store *store, const char *set_name, int64_t *record_no, Error *err);
// In order of records and names, and those of one set in order of records.
Query *tallies_walk(Store *store, Error *err);
Query *tallies_walk_set(Store *store, const char *set_name, Error *err);
TallyRow tally_here(Query *q, Arena *arena);
