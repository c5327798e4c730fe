// Whose Individual Number is which: what unified (団体内統合宛名) asks of the addressee program, and its answer.
//
// The only message that carries Individual Numbers inside a city. It is asked like the daily difference (the same
// DifferenceAsk, the same epoch, cursor, resuming and refusing: difference.h) and answered to the role unified alone.
// A change is what was known of one person at one place in the sequence: number, the facts that are compared before a
// code is asked for, and how things stand. A number that arrives by itself is a change of its own.
//
// Unread   what lies sealed at the addressee program and cannot be opened there (its key is lost, its row damaged) is told as
//          such, with how things stand and nothing else: nobody may take it for a person who has no number or lives nowhere.
// Hidden   The place of a protected person is told, with the mark that it must be hidden: unified needs it to compare,
//          and keeps it sealed.
// Care     whoever wrote or read one wipes message and rows: they are numbers in clear.
// Law      番号法 第14条, 住民基本台帳法 第7条; linkage.md 3.1, 6.6.
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "difference.h"
#include "four_facts.h"
#include "identity.h"
#include "individual_no.h"

enum { NUMBERS_VERSION = 2 };

#define NUMBERS_PATH "/numbers"

typedef struct NumberChange {
    int64_t change_no;    // ascending in the whole sequence
    AddresseeNo who;
    IndividualNo number;  // as known with this change; zeroed: none is
    bool change_told;     // the register says that the Individual Number was changed (異動事由 95)
    FourFacts facts;
    int32_t status;       // ResidentStatus
    bool hidden;          // protected: the address is for comparing alone
    bool withdrawn;       // registered by mistake: nobody
    bool unread;          // could not be opened: number, facts and `change_told` are not there
} NumberChange;
VEC(NumberChanges, NumberChange, number_changes);

typedef struct NumberAnswer {
    DifferenceRefusal refusal;  // not GIVEN: nothing else is filled but `epoch`
    Str epoch;
    int64_t next_cursor;
    bool more;
    NumberChanges changes;
} NumberAnswer;

// Cuts `answer` to what one message holds, like difference_answer_encode, and wipes the numbers that were cut. Asserts what its
// maker promises.
Str number_answer_encode(NumberAnswer *answer, Arena *arena);
// Rows live in `arena`, texts point into `message`.
MUST bool number_answer_decode(Str message, Arena *arena, NumberAnswer *answer, Error *err);

// What unified sees of it when it is not given `withheld` (consumer.h): the facts that it has a right to, and no others. Door and page
// ask it.
void number_change_withhold(NumberChange *change, ToldItems withheld);

void numbers_wipe(NumberChanges *changes);
void message_wipe(Str message);  // {0} is fine
