// What was mailed to whom, and where a letter to a resident may go.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "papers.h"
#include "sha256.h"
#include "vec.h"

// The newest version of a resident, as papers need it. Of protected people every place is empty.
typedef struct NoticeAddress {
    int32_t person_id;
    Str ward;  // code of the municipality
    Str household_no, name, name_kana, name_roman, alias, alias_kana;
    int32_t printed_name, sex;
    Str postal_code, address, building;
} NoticeAddress;

VEC(NoticeAddresses, NoticeAddress, notice_addresses_of);

// `persons`: a KeySet of their numbers. By person, the newest version first.
MUST bool notice_addresses(Store *store, Str persons, Arena *arena, NoticeAddresses *rows, Error *err);

// A person whose letters the register holds, and the code of the work that does (work_kind_named).
typedef struct NoticeHold {
    int32_t person_id;
    Str held;
} NoticeHold;
VEC(NoticeHolds, NoticeHold, notice_holds_of);
MUST bool notice_holds(Store *store, Str persons, Arena *arena, NoticeHolds *rows, Error *err);

typedef struct NoticeRow {
    int32_t person_id;
    Str series, position, kind;  // kind: invitation, reminder, reprint
    Day mailed_on;
} NoticeRow;
VEC(NoticeRows, NoticeRow, notices);

// What was mailed to these persons (a KeySet) before this run and not withdrawn: by person, oldest first.
MUST bool notices_of_persons(Store *store, Str persons, int32_t before_run, Arena *arena,
                             NoticeRows *rows, Error *err);

// The run of a batch, by its number ("N20261001-001", "CR20261005-003" of a reprint); E_NOT_FOUND: there is none.
typedef struct NoticeSent {
    int32_t run_no;
    int32_t first_run;  // of the letters themselves: another one where this is a reprint
    bool reminder;      // its letters are
    NoticeRows rows;    // not withdrawn, by person and series
} NoticeSent;
MUST bool notice_sent(Store *store, Str batch_no, Arena *arena, NoticeSent *sent, Error *err);

VEC(TouchedIds, int32_t, touched_ids);
VEC(RunNos, int32_t, run_nos);

// Of whom something was recorded after the act `since` that a letter may hang on, ascending: a row of the person, a
// dose that waits, a hold, a letter.
MUST bool notice_touched(Store *store, int32_t since, Arena *arena, TouchedIds *ids, Error *err);
// Was anybody touched after `since` who has a letter of this run?
MUST bool notice_run_touched(Store *store, int32_t run_no, int32_t since, bool *touched, Error *err);
// The letters of a run, or of one person in it (0: everybody), are taken back: they were never sent. What sending
// them had decided (notice_prior.h) goes with them.
MUST bool notice_run_withdraw(Store *store, const LedgerAct *act, int32_t run_no, int32_t person_id,
                              int64_t *letters, Error *err);

// The reprints of a run, oldest first.
MUST bool notice_reprints_of(Store *store, int32_t run_no, Arena *arena, RunNos *runs, Error *err);

typedef struct NoticeRun {
    int32_t run_no;
    int32_t reprint_of;  // the run of the letters that it repeats; 0: none
    Day as_of;
    Sha256 list;
    int32_t sent, held;
} NoticeRun;

MUST bool notice_run_insert(Store *store, const LedgerAct *act, const NoticeRun *run, Error *err);
MUST bool notice_insert(Store *store, int32_t notice_id, int32_t run_no, const NoticeRow *row,
                        Error *err);

// What the tag of a printed page means.
MUST bool print_page_insert(Store *store, int32_t run_no, int32_t person_id, const PaperPage *page,
                            Error *err);
