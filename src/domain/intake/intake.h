// What becomes of one row of a clinic's submission: exactly one outcome, with codes, the deciding first.
//
// Law     immunization.md 6.1, checks 2 to 12 in their order; the first that stops decides. 6.3: what a
//         row must satisfy. The medical fact is never thrown away because the claim is wrong.
// Order   intake_check_row    steps 2-4, before anybody is looked for
//         intake_check_person steps 5-8, with the match, the register and the person's doses
//         intake_check_dose   steps 9-12, after all rows of the file are staged and judged
//         Each takes the decision of the one before; a decision that is not INTAKE_OPEN is final and
//         passes through unchanged.
// Pure    no clock: `as_of` is the business date, a dose after it lies in the future.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "claimed_dose.h"
#include "dose_sameness.h"
#include "matching.h"

// ---- codes

#define INTAKE_CODES(X)                                                                         \
    X(R101)                                                                                     \
    X(R102)                                                                                     \
    X(R103)                                                                                     \
    X(R104)                                                                                     \
    X(R105) X(R106) X(R111) X(R112) X(R121) X(R122) X(R123) X(R131) X(R132) X(R133) X(R141)     \
        X(R142) X(R143) X(R144) X(R145) X(R151) X(R152) X(R153) X(R155) X(R161) X(V131) X(V132) X(W133) \
            X(W141) X(W201) X(W202) X(W203) X(W204) X(W205) X(W206) X(W208) X(W301) X(W302) X(W303)     \
                X(W304) X(W305) X(W306) X(W307) X(W308) X(D301) X(D302) X(D303) X(D304) X(D305) X(D306) X(D307) X(D308) X(D309)

typedef enum IntakeCode {
    INTAKE_CODE_NONE,
#define X(code) INTAKE_##code,
    INTAKE_CODES(X)
#undef X
        INTAKE_CODE_COUNT
} IntakeCode;

Str intake_code_text(IntakeCode code);   // "R101"
Str intake_code_words(IntakeCode code);  // "必須項目なし": the table 返戻理由

// ---- in

// What the reader could not take; bits of IntakeRow.defects.
typedef enum IntakeDefect {
    DEFECT_UNREADABLE = 1 << 0,   // R106: quotes, columns, bytes
    DEFECT_MISSING = 1 << 1,      // R101: a mandatory item, or both names
    DEFECT_DATE = 1 << 2,         // R102: unreadable or impossible
    DEFECT_VACCINE = 1 << 3,      // R103; of a certain person a person decides, nothing is lost
    DEFECT_GIVEN_CLASS = 1 << 4,  // R104
    DEFECT_LENGTH = 1 << 5,       // R105
    DEFECT_INSTITUTION = 1 << 6,  // R121: check digit
} IntakeDefect;
enum { DEFECT_KINDS = 7 };

// Its place in a table with one row for each.
static inline int defect_place(IntakeDefect defect)
{
    return __builtin_ctz((unsigned)defect);
}

typedef enum GivenClass {  // 接種区分
    GIVEN_HERE = 1,
    GIVEN_EXAMINED_ONLY = 2,
    GIVEN_ELSEWHERE = 3,
    GIVEN_STOPPED = 4,
} GivenClass;

typedef struct IntakeRow {
    unsigned defects;
    GivenClass given_class;
    PartialDate birth;     // as written
    PartialDate given_on;  // may be vague for old doses; has a year unless a defect says otherwise
    bool corrects;         // 訂正 = 1
    bool corrects_unread;  // something stands in 訂正, and nobody can read it
    bool claimed_dose_known;  // false: a spelling of 期回数 that no contract knows (W302)
    ClaimedDose claimed_dose;
    int32_t volume_ml100;  // 0: not filled; -1: filled and unread
    Str lot;
    PartialDate expires_on;  // {0}: not filled; a month means its last day
    bool dose_items;  // any of volume, maker, lot, expiry was filled (R153 when nothing was given)
    int64_t amount, copay;  // yen; -1: not filled
    // By defect: the items that have it, each with its value (of an address without); {0}: none.
    Str faulty[DEFECT_KINDS];
    Str unread;  // items that were filled and could not be read, each with its value; {0}: none
    Str lost;    // items in which a character was lost on its way; {0}: none
    Str of_nobody;  // a date that cannot be this person's at his or her age, and was not kept; {0}: none
    Str of_other_sex;  // a date that a person of the registered sex cannot have; {0}: none
    Str ended;   // what became of the record that it repeats; {0}: it repeats none that ended
    Str reread;  // dates of an era that had ended, each with the day they were read as; {0}: none
} IntakeRow;

// Was a dose given? Not where somebody was only examined, or it was stopped.
static inline bool row_gives(const IntakeRow *row)
{
    return row->given_class == GIVEN_HERE || row->given_class == GIVEN_ELSEWHERE;
}

typedef struct IntakeClinic {
    bool list_loaded;         // without a list of clinics only the check digit is tested
    bool contract_on_day;     // some contract of this clinic covers the day of the dose
    bool contract_covers;     // and this vaccine
    int32_t clinics_of_name;  // for a wrong code: how many clinics bear the written name
    bool lot_wanted;          // the contract asks for lots (W204)
} IntakeClinic;

// What a member of staff says that a row is beside what is stored.
typedef enum IntakeChoice {
    CHOICE_NONE,
    CHOICE_CORRECTS,  // a new version of this person's record `chosen`
    CHOICE_MOVES,     // `chosen`, a record of somebody else, is this person's
    CHOICE_APART,     // a dose of its own
} IntakeChoice;

typedef struct IntakePerson {
    const MatchDecision *match;
    // Of the linked person; unused when the match is no link.
    const ResidenceSpanRows *residence;  // as the register knows it now
    PartialDate birth;                   // as registered now
    const KnownDose *incoming;           // this row as a dose
    const KnownDose *known;              // stored ones and earlier rows of the file
    ptrdiff_t known_count;
    // 訂正, and a mark in its place that nobody can read: for how many persons beside this one, and beside the
    // candidates, this clinic sent what the row may correct: under its number, else for its product and day in any month
    // (2 stands for more). Of another row: to whom what this person had of that product and day was moved.
    int32_t others;
    bool by_number;   // under its number
    bool other_fits;  // the only one of them was born as the row says
    bool waited;      // 訂正 of a row that waits: that one is its original
    // A member of staff has looked at the row and says that it means the linked person: what only asks for a
    // person (R142, D301-D305, D308) is answered; what asks which dose (D306, D307) by the choice alone, so that no
    // dose ever leaves its person without somebody having named it.
    bool decided;
    IntakeChoice choice;
    int64_t chosen;     // KnownDose.ref
    bool chosen_other;  // it is one of those that were sent for others
    bool asked_others;  // the row's own question, as it was kept, is about one of those
    bool asked_ended;   // it was about another's dose that stands for nobody now
} IntakePerson;

typedef enum DoseStatus {  // the engine's word, on the day of the dose
    DOSE_UNJUDGED,  // no series lists the product, or it belongs to another season or pregnancy
    DOSE_VALID,
    DOSE_INVALID,
    DOSE_COUNTED,
} DoseStatus;

typedef struct IntakeJudgement {
    bool
        corrected_later;  // by a later row of this file: the row stands no longer, nor does its claim
    bool date_partial;    // a date not known to the day tips the verdict: a person decides
    bool in_programme;    // some routine series lists the dose for this person (MUMPS: false)
    DoseStatus status;
    bool claim_returns;          // some reason says that it was no routine dose
    bool claim_holds;            // some reason asks for an error report first
    DosePlace place;             // where the engine put it; empty position: nowhere
    bool due_date_missing;       // RSVM, and nobody knows the due date
    int32_t volume_ml100_legal;  // 0: the product has no single volume
    bool contraindicated;        // registered for this person
    bool price_known;            // a price table is loaded and lists this
    int64_t price, copay_due;    // yen
    bool claim_too_late;         // beyond the contract's limit
} IntakeJudgement;

// ---- out

typedef enum IntakeOutcome {
    INTAKE_OPEN,  // nothing stopped it so far
    INTAKE_ACCEPTED,
    INTAKE_ACCEPTED_WITH_WARNING,
    INTAKE_REVIEW,
    INTAKE_RETURNED,
    INTAKE_DUPLICATE,
} IntakeOutcome;

typedef enum IntakeStore {
    STORE_NOTHING,
    STORE_DOSE,
    STORE_NOT_GIVEN,    // examined only, stopped: a record, no dose
    STORE_NEW_VERSION,  // of `ref`, the old one is kept; its claim goes on, it is not a second one
    STORE_FILL,         // of `ref`: only items that are empty there
    STORE_MOVE,  // a decided D307: what was stored for another is this person's (dose_move.h)
} IntakeStore;

typedef enum IntakeClaim {
    CLAIM_NONE,  // nothing was stored, 接種区分 3, or paid already
    CLAIM_RECEIVED,
    CLAIM_HELD,      // 保留: an error report is proposed first
    CLAIM_RETURNED,  // 返戻
} IntakeClaim;

enum { INTAKE_CODES_MAX = 16 };

typedef struct IntakeDecision {
    IntakeOutcome outcome;
    IntakeCode codes[INTAKE_CODES_MAX];  // the deciding one first, then in the order of the checks
    int32_t code_count;
    IntakeStore store;
    int64_t ref;  // KnownDose.ref: duplicate of, corrected, in doubt with; 0 none
    int64_t doubted[SAMENESS_REFS_MAX];  // of a review for a likeness: every dose that may be meant
    int32_t doubted_count;
    bool names_other;  // a review: the other one, for whom the original was sent, may be meant
    bool asks_others;  // a review: whether what was sent for others is corrected
    IntakeClaim claim;
    bool without_series;         // a known product, and no routine series of this person lists it
    bool error_report_proposed;  // 間違い接種
    DoseStatus status;
} IntakeDecision;

IntakeDecision intake_check_row(const IntakeRow *row, const IntakeClinic *clinic, Day as_of);
IntakeDecision intake_check_person(IntakeDecision so_far, const IntakeRow *row,
                                   const IntakePerson *person);
IntakeDecision intake_check_dose(IntakeDecision so_far, const IntakeRow *row,
                                 const IntakeClinic *clinic, const IntakeJudgement *judgement);

// A row that waits, and that a later row of its file corrects (W305): that one asks in its place.
void intake_overtaken(IntakeDecision *decision);

// What a claim for a dose becomes when the register has changed where the person lived: held with R141 or R143
// (a person decides) once the day certainly lies outside, with R145 once it may, received again when it does no longer. An announced
// move-out is none yet. NONE: nothing changes.
typedef struct ClaimTurn {
    IntakeClaim to;
    IntakeCode code;  // NONE when it is received again
} ClaimTurn;
ClaimTurn intake_claim_turn(IntakeClaim now, Str code, PartialDate given_on,
                            const ResidenceSpanRows *spans);

Str intake_outcome_text(IntakeOutcome outcome);                       // "accepted_with_warning"
Str intake_outcome_words(IntakeOutcome outcome);                      // 要確認
Str dose_status_text(DoseStatus status);                              // "valid", "" when unjudged
Str intake_codes_text(const IntakeDecision *decision, Arena *arena);  // "W301 R155"
// The words of each, in that order; what could not be read stands beside them with item and value.
Str intake_message_text(const IntakeDecision *decision, const IntakeRow *row, Arena *arena);
