// Rows of operators, their duties, and the office's settings.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"
#include "vec.h"

enum { NO_ACCOUNT = -1 };  // no login is bound

typedef struct StaffRow {
    int64_t staff_no;
    Str name;
    int64_t account;  // the uid of the machine's login, or NO_ACCOUNT
} StaffRow;

MUST bool staff_by_name(Store *store, Str name, Arena *arena, StaffRow *row, bool *found,
                        Error *err);
MUST bool staff_by_account(Store *store, int64_t account, Arena *arena, StaffRow *row, bool *found,
                           Error *err);
MUST bool staff_by_number(Store *store, int64_t staff_no, Arena *arena, StaffRow *row, bool *found,
                          Error *err);
// E_CONFLICT when another one has this account. What was bound before stays known: staff_marks.
MUST bool staff_bind(Store *store, int64_t staff_no, int64_t account, int64_t record_no,
                     Error *err);
// All that proves this human being at any door, "staff:1 staff:4 uid:1000": every login that was ever bound to
// this member of staff (0: none), and every member to whom one of these, or `account` (or NO_ACCOUNT), ever was.
MUST bool staff_marks(Store *store, int64_t staff_no, int64_t account, Arena *arena, Str *marks,
                      Error *err);
// A duty that stands, with whose it is; a member without one has one row with duty {0}.
typedef struct StaffDutyRow {
    Str name, duty, granted_by;
    Str department;          // of its term; {0}: it has none
    Day begins_on, ends_on;  // or DAY_NONE
    Str wards;               // codes (ward_scope.h); {0}: the whole city
    int64_t account;         // or NO_ACCOUNT
    Instant granted_at;
} StaffDutyRow;
VEC(StaffDutyRows, StaffDutyRow, staff_duties);
MUST bool staff_duties_read(Store *store, Arena *arena, StaffDutyRows *rows, Error *err);
// How many members there are, and how many of them have an account.
MUST bool staff_count(Store *store, int64_t *count, int64_t *bound, Error *err);
MUST bool staff_add(Store *store, Str name, Str registered_by, Instant now, int64_t *staff_no,
                    Error *err);

// What the record of a grant says: "太郎 read", or "太郎 read 2026-04-01 to 2027-03-31 in 401013 401064" (`begins_on` DAY_NONE:
// it has no end; `wards` empty: it is for the whole city).
Str staff_grant_text(Str name, Str duty, Day begins_on, Day ends_on, Str wards, Arena *arena);
// Whether a duty is held, and where.
typedef struct StaffHeld {
    bool holds;
    Str wards;  // codes, apart by a blank, in any order; {0}: the whole city
} StaffHeld;
// Unended grants only, and none whose term (staff_term_rows.h) has not begun on that day, or has ended. A grant that SQL
// wrote, brought back after it was taken away, or gave another term or other wards, is none: its record must stand and say so.
MUST bool staff_holds(Store *store, Str name, Str programme, Str duty, Day day, Arena *arena, StaffHeld *held, Error *err);
// Does this member hold any duty on that day?
MUST bool staff_in_office(Store *store, int64_t staff_no, Day day, bool *in_office, Error *err);
MUST bool staff_duty_add(Store *store, int64_t staff_no, Str programme, Str duty, Str granted_by,
                         Instant now, int64_t record_no, Error *err);
MUST bool staff_duty_end(Store *store, int64_t staff_no, Str duty, Str ended_by, Instant now,
                         int64_t record_no, int64_t *ended, Error *err);

MUST bool staff_grants_last(Store *store, int64_t *grant_no, Error *err);

// Rows here that owe a record: a duty given or taken away, a login bound (audit.h).
extern const char staff_duty_owed_sql[], staff_account_owed_sql[];

// {0} when it was never set.
MUST bool office_setting_read(Store *store, Str name, Arena *arena, Str *value, Error *err);
MUST bool office_setting_add(Store *store, Str name, Str value, Error *err);
MUST bool office_setting_remove(Store *store, Str name, Error *err);  // none there is fine
