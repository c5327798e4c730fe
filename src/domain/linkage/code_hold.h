// What an intermediate server holds of one person's code: asked for, held, doubted, given back (linkage.md 2.4, 3.1).
//
// Law     番号法 第21条の2. The code belongs to the person and the organisation: moving, a new name, a new Individual
//         Number, moving away and death change nothing, for whoever asks later must still find the copy.
// Doubt   A code that somebody else here already has (E105) is one person under two numbers, or a wrong Individual
//         Number: nothing is linked, both are doubted, and what is kept of them answers nobody until a person has
//         looked. The same when a wrong link is given back.
// Pure    no clock, no store: moment, fresh numbers and what else is held arrive in the event.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "instant.h"
#include "pairwise_code.h"
#include "str.h"

enum { ACQUISITION_BYTES = 16 };
#define ACQUISITION_LIFE INSTANT_DAY  // of an acquisition number
#define FORMER_EPOCH_LIFE \
    (30 * INSTANT_DAY)  // in which the codes of the epoch before are still known

typedef struct AcquisitionNo {  // 処理通番 (取得番号): random, used once; zeroed: none
    unsigned char at[ACQUISITION_BYTES];
} AcquisitionNo;

typedef enum CodeState {
    CODE_NONE,       // zero: never asked for
    CODE_REQUESTED,  // an acquisition number is under way
    CODE_HELD,
    CODE_FAILED,    // refused: `failure` says why
    CODE_EXPIRED,   // nothing came in time
    CODE_RELEASED,  // it was a wrong person's
    CODE_MERGED,    // the person goes on under another number
    CODE_STATE_COUNT
} CodeState;

typedef enum CodeEventKind {
    CODE_ASK,         // first need, and again after a failure
    CODE_ARRIVE,      // the code, with the number under which it was asked for
    CODE_DENY,        // J-LIS knows nobody, or the record is deleted
    CODE_WAKE,        // time has passed
    CODE_RECODE,      // a new epoch
    CODE_DOUBT,       // somebody else's request brought this person's code, or number and person do not fit together
    CODE_RELEASE,     // the link was wrong
    CODE_RECONCILE,   // a person has looked, and what is kept is this person's
    CODE_MERGE,       // into another number, which keeps its own code
    CODE_LIFE_EVENT,  // moving, name, household, Individual Number, moving away, death
    CODE_EVENT_COUNT
} CodeEventKind;

// The families of linkage.md 3.1.
typedef enum CodeFailure {
    CODE_E_NONE,
    CODE_E102_NOBODY,
    CODE_E103_DELETED,
    CODE_E105_CLASH
} CodeFailure;

typedef struct CodeHold {
    CodeState state;
    bool doubted;               // what is kept of the person answers nobody
    AcquisitionNo acquisition;  // of the last request
    Instant asked_at;
    PairwiseCode code, former;  // of this epoch and of the one before; zeroed: none
    int epoch;
    Instant former_until;
    CodeFailure failure;
} CodeHold;

typedef struct CodeEvent {
    CodeEventKind kind;
    Instant now;
    bool person_agrees;  // ASK: kana, birth date, sex and address are those of the resident record
    AcquisitionNo acquisition;  // ASK: a fresh one; ARRIVE, DENY: whose answer it is
    PairwiseCode code;          // ARRIVE, RECODE
    int epoch;                  // ARRIVE, RECODE
    bool held_by_another;       // ARRIVE, RECODE: the code is bound to another number here
    CodeFailure failure;        // DENY
} CodeEvent;

typedef enum CodeNo {
    CODE_YES,
    CODE_NOT_NOW,
    CODE_PERSON_DIFFERS,       // a person looks first, nothing is asked
    CODE_ALREADY_ASKED,        // a request is under way
    CODE_ALREADY_HELD,         // E104: as good as done
    CODE_ACQUISITION_UNKNOWN,  // E101: not the number that was asked with, used, or too late
    CODE_CLASHES,              // E105
    CODE_EPOCH_PAST,           // not newer than what is held
    CODE_NO_COUNT
} CodeNo;

typedef enum CodeEffect {
    CODE_DO_NOTHING,
    CODE_SEND_REQUEST,   // the acquisition number, by way of unified and J-LIS
    CODE_TELL_RESULT,    // to unified: how the request ended
    CODE_RAISE_ALARM,    // loud, and the one who has the code is doubted too
    CODE_REKEY_COPIES,   // they stand under the number that goes on
    CODE_REVIEW_PERSON,  // a person compares the two records
} CodeEffect;

typedef struct CodeStep {
    CodeHold next;  // what must be stored, also where `no` is not CODE_YES
    CodeNo no;
    CodeEffect effect;
} CodeStep;

CodeStep code_step(const CodeHold *now, const CodeEvent *event);

// Does this hold answer to `code` at `now`? Never while it is doubted.
bool code_answers(const CodeHold *hold, const PairwiseCode *code, Instant now);
bool acquisition_same(const AcquisitionNo *a, const AcquisitionNo *b);
Str code_no_words(CodeNo no);  // one polite sentence; {0} for CODE_YES
