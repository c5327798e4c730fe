// The roster of an office: who holds which duty, in which department, from when until when.
//
//     氏名,所属,職務,開始日,終了日,担当区
//     山田　花子,健康推進課,閲覧,2026-04-01,2027-03-31,
//     鈴木　一郎,小倉北区役所保健福祉課,閲覧,2026-04-01,2027-03-31,小倉北区
//
// The file is the whole roster: what it says again stays, what it says otherwise is changed, what it does not say ends.
// So somebody who left is out when the file without him is taken. A row that cannot be read refuses the whole file, for
// it may be a person's.
// Law     controls C-3.3-08 (only needed rights, with an end, by two people), C-3.3-09 (who left is out the same day).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "staff.h"
#include "staff_term_rows.h"

enum { ROSTER_ROWS_MOST = 10000, DEPARTMENT_MOST = 60, ROSTER_YEARS_MOST = 10 };

typedef struct RosterTerm {
    Str name, department;
    Duty duty;
    Day begins_on, ends_on;
    Str wards;  // codes (ward_scope.h); empty: the whole city
    int64_t line;
} RosterTerm;
VEC(RosterTerms, RosterTerm, roster_terms);
VEC(RosterFaults, Error, roster_faults);

extern const CsvLayout roster_layout;

// Every row, and every fault of every row. False when the file cannot be read at all.
MUST bool roster_read(CsvReader *csv, Arena *arena, RosterTerms *terms, RosterFaults *faults, Error *err);
// One row by itself. False with its faults.
MUST bool roster_row_read(const CsvRow *row, Arena *arena, RosterTerm *term, RosterFaults *faults);

// One text for one roster, whatever the order of its rows; and back.
Str roster_text(const RosterTerms *terms, Arena *arena);
MUST bool roster_of_text(Str text, Arena *arena, RosterTerms *terms);

// A term in words: "健康推進課 令和8年4月1日〜令和9年3月31日", of wards "… 担当区 小倉北区"; and what stands, behind the words of
// what stood before it.
Str term_words(Str department, Day begins_on, Day ends_on, Str wards, Arena *arena);
Str stands_words(Str before, const StaffTermRow *row, Arena *arena);

// One person's one duty that is no longer held as it was.
typedef struct RosterChange {
    Str name;
    Duty duty;
    Str was, now;           // in words, every term of it; {0}: none
    const RosterTerm *terms;  // as the roster has them, `count` of them in order
    int count;
} RosterChange;
VEC(RosterChanges, RosterChange, roster_changes);

void roster_compare(const StaffTermRows *stands, const RosterTerms *fresh, Arena *arena, RosterChanges *changes);
// Holds anybody of it the duty of looking after staff and rights on that day?
bool roster_keeps_admin(const RosterTerms *terms, Day day);
