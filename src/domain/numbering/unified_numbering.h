// 付番: which 統一識別番号 a person of an Individual Number has, gets, or must not get before somebody has looked.
//
// Law     番号法 第2条第8項, 第14条; F-3-01, F-3-02, linkage.md 6.6: one unified number for one person, asked for as often as one
//         likes; an old Individual Number still finds and is never stored again; one number on two people stops both.
// Linked  on the number and what is known of the person: two things that agree are not enough where a third differs
//         (F8 of linkage.md 13 was people joined on two fields). A person decides what does not agree.
// Pure    the caller has looked by keyed index and by addressee number, inside the transaction in which he writes: that
//         no two requests number at once is the store's to promise (unique keys), not ours.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "identity.h"

typedef enum NumberStanding {
    NUMBER_UNKNOWN,  // zero: nobody has or had it
    NUMBER_CURRENT,
    NUMBER_FORMER,  // of an earlier generation (枝番)
    NUMBER_STANDING_COUNT
} NumberStanding;

typedef struct NumberingSight {
    bool unread;        // the register cannot open what it has of the person
    bool number_given;  // the request carries an Individual Number
    NumberStanding number;
    UnifiedNo number_of;     // whose it is or was; zeroed for NUMBER_UNKNOWN
    UnifiedNo addressee_of;  // who has the addressee number of the request; zeroed: nobody
    bool change_told;  // the register says that the Individual Number was changed (異動事由 95)
    bool
        details_agree;  // kana, birth date, sex and address are those that are kept of whoever was found
} NumberingSight;

typedef enum NumberingDecision {
    NUMBERING_NO_NUMBER,  // zero: nobody is numbered without one
    NUMBERING_NEW,        // a fresh unified number, generation 00
    NUMBERING_KNOWN,      // the one that the person has
    NUMBERING_JOIN,       // the same, and the addressee number is the person's too
    NUMBERING_CHANGE,     // the same, and the Individual Number is its next generation
    NUMBERING_BY_FORMER,  // the same, found by an old number: say so, store nothing
    NUMBERING_REVIEW,     // a person looks first
    NUMBERING_CLASH,      // one number and two people: nothing is done, and it is loud
    NUMBERING_UNREAD,     // nothing is known of what changed: the person waits until the register can be read again
    NUMBERING_COUNT
} NumberingDecision;

typedef struct Numbering {
    NumberingDecision decision;
    UnifiedNo who;  // of KNOWN, JOIN, CHANGE and BY_FORMER, else zeroed
} Numbering;

Numbering numbering_decided(const NumberingSight *sight);
Str numbering_words(
    NumberingDecision
        decision);  // one polite sentence for whoever asked; {0} where nothing must be said

enum { GENERATION_LAST = 99 };
// The generation behind `now`; false with E_LIMIT when there is none.
MUST bool generation_next(int now, int *next, Error *err);

// The number of a count: region, 9 for unified numbers, twelve digits, check digit (linkage.md 1.7). 0 <= region <= 9,
// 0 <= count < 10^12 (asserted).
UnifiedNo unified_no_numbered(int region, int64_t count);
