// Work: what the program found and cannot decide, waiting for a person. Written in the transaction of whatever
// found it (a sync, an intake, a file of facts), listed by `sesshu ledger work`, closed by what settles it.
//
// New kind  add a member before WORK_KINDS and its row to the table in work_rows.c (code, title, words for the clerk: what is
//           to do), name it in docs/operations.md, and call work_open where it is found and work_close where
//           it is settled. Nothing else knows the kinds.
// Once      the same kind, row and subject are open once, of no row the same kind, person and subject; opening
//           it again changes nothing.
// Privacy   `words` may hold dates, series and codes; never a name, an address or a clinic.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "ledger_act_rows.h"
#include "vec.h"

typedef enum WorkKind {
    WORK_RETURN_CHANGED,  // what a returned row hung on has changed in the register
    WORK_CLAIM_MOVED,  // the dose of a claim was given after a move or a death that is confirmed now
    WORK_REGISTER_HELD,  // the register sent a row that was refused: no letter goes to this person
    WORK_CHANGE_HELD,    // a change of this person could not be told: no letter, until the next one
    // Found in what stands (work_found.h), never rows of their own:
    WORK_OLD_CIRCUMSTANCE,  // a day on which a circumstance was over, of no vaccine
    WORK_BIRTH_YEAR,        // a birth date without a month
    WORK_BIRTH_MONTH,       // a birth date without a day, and the day decides
    WORK_REVIEW,            // a row of a submission under review
    WORK_CONTRAINDICATED,   // no letter: registered as unfit for a vaccine, or for all
    WORK_REFUSED,           // no reminder: the family does not want it
    WORK_MAIL_RETURNED,     // no letter: nothing arrives there
    WORK_FILE_EXPECTED,     // a sender whose file of the last month has not come
    WORK_JUDGEMENT_CHANGED, // a birth date was corrected, and doses are judged otherwise since
    WORK_ENVELOPE,          // a letter is in an envelope, and its person has died or moved away since
    WORK_INQUIRY,           // another city was asked: it answered, nobody took the question, or nobody answers
    WORK_CERTIFICATE,       // a certificate that was issued says of a dose what is not so any more
    WORK_KINDS
} WorkKind;

typedef struct WorkItem {
    WorkKind kind;
    int32_t person_id;  // 0: nobody known
    int32_t row_id;     // the submission row; 0: none
    Str subject;        // where one person may have several of a kind; {0} is ""
    Str words;          // what happened; {0} is ""
} WorkItem;

MUST bool work_open(Store *store, const LedgerAct *act, const WorkItem *item, Error *err);
// Settled: the open one of this kind, person, row and subject ends. None there is fine.
MUST bool work_close(Store *store, const LedgerAct *act, const WorkItem *item, Error *err);

typedef struct WorkRow {
    int32_t work_id;  // of a row under review the row's number; 0: found in what stands
    Str kind;         // "return_changed" (work_kind_named)
    Str title;        // "照合待ち", the same for the whole kind
    Str to_do;        // for the clerk, likewise
    AddresseeNo who;  // empty where nobody is known
    Str name;
    bool is_protected;
    Str file, label;  // of the submission row; {0}: none
    Str words;
    Day since;  // business day on which it was found
} WorkRow;
VEC(WorkRows, WorkRow, work_rows);

// The code of a kind as tables and lists name it, from the table of kinds; {0}: there is none of that name.
Str work_kind_named(Str code);
Str work_kinds(Arena *arena);  // all codes, for people: "return_changed、claim_moved…"

// Of a code that work_kind_named knows.
Str work_kind_title(Str code);
Str work_kind_to_do(Str code);

// A row of this kind with what is the same for all of it.
WorkRow work_row_of(WorkKind kind);
// All that is open, in the order in which it was found.
MUST bool work_list(Store *store, Arena *arena, WorkRows *rows, Error *err);
