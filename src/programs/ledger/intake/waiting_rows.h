// Rows that wait: under review until a person decides, or returned until the clinic sends them again.
//
// A row ends when it, or what it reported, has been taken in after all; the act that settled it is kept. What
// hung on a settled row as work (work_rows.h) is settled with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "intake.h"
#include "ledger_act_rows.h"
#include "person_rows.h"
#include "vec.h"

typedef struct WaitingRow {
    int32_t row_id;
    IntakeOutcome outcome;  // INTAKE_REVIEW or INTAKE_RETURNED
    int32_t month;
    Str label, row_no, clinic_code;  // Submission
    int32_t person_id;   // the one person whom it names; 0: nobody, or several
    int32_t product_no;  // 0: not known
    bool given;          // it reports a dose: 接種区分 1 or 3
    bool corrects;       // it carries 訂正, and what it corrects may stand
    PartialDate given_on, birth;
    Str addressee_no;  // 15 digits as written; {0}: none
    Str content;       // {0}: unreadable
    Str items;         // in the order of the contract, separated by U+001F; {0}: not kept
} WaitingRow;
VEC(WaitingRows, WaitingRow, waiting_rows);

MUST bool waiting_insert(Store *store, const LedgerAct *act, const WaitingRows *rows, Error *err);

// A stored dose (below zero: an examination) that the question of a row is about.
typedef struct Doubt {
    int32_t row_id;
    int64_t ref;
    int32_t person_id;
    bool stands;  // that version, or the one after it
} Doubt;
VEC(Doubts, Doubt, doubts);

// Of rows under review, in their order; `stands` is not kept.
MUST bool doubts_insert(Store *store, const Doubts *doubts, Error *err);

// A row that is decided now, all of one month.
typedef struct Settling {
    WaitingRow by;  // `person_id` 0: nothing was stored for anybody
    bool corrects, waits;  // 訂正; it is under review itself
    Doubts asks;           // what its own question, or its correction, is about
} Settling;
typedef const Settling *SettlingRef;
VEC(Settlings, SettlingRef, settlings);

// Settles what these rows answer: the same row sent earlier; where one was stored (`person_id` not 0) whatever
// reported that product of that person for that day, or this clinic's report of a product that nobody knew, and the
// row of that clinic, month and number that may have meant that person on that day; and where it carries 訂正
// besides, the row of that clinic, month and number on whatever day. A correction that waits itself takes the place of
// the row before it. But a row that asks about a dose which stands is answered only by a row that asks about that dose
// too, or corrects it. What this same act wrote waits on.
MUST bool waiting_settle(Store *store, const LedgerAct *act, int32_t month, const Settlings *rows,
                         Arena scratch, Error *err);

// A row that waits under a number.
typedef struct WaitingLabel {
    int32_t nth;  // of the row that asks
    int32_t row_id;
    Str clinic_code;
    bool corrects, reviewed;  // as WaitingRow; under review, not returned
    PartialDate given_on, birth;
    int32_t
        candidate;  // one of those whom it may mean; 0: none. A row of several comes several times
} WaitingLabel;
VEC(WaitingLabels, WaitingLabel, waiting_labels);

// Rows of this month under these numbers; `asked`: a set of labels, each with the asking row (key_set.h).
MUST bool waiting_labels(Store *store, int32_t month, Str asked, Arena *arena,
                         WaitingLabels *labels, Error *err);
// Is this the asking row's own row, for somebody born so?
static inline bool waiting_same_row(const WaitingLabel *waits, Str clinic_code, PartialDate birth)
{
    return clinic_code.len && str_equal(waits->clinic_code, clinic_code) &&
           (!waits->birth.year || partial_date_equal(waits->birth, birth));
}

// Of these persons, those of whom a returned row or a claim may say something else now.
MUST bool waiting_concerns(Store *store, const ResidentIds *persons, Arena *arena, ResidentIds *concerned, Error *err);

// Rows that hung on what the register says of this person: they name the person, his or her number, or a
// birth date of one of the versions that stand. Returned rows alone, oldest first.
MUST bool waiting_returns_of(Store *store, int32_t person_id, Arena *arena, WaitingRows *rows,
                             Error *err);
