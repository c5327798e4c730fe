// Which letters one person gets on a day, and what they say: the same answer when the batch is chosen and when it is
// looked at again before it leaves (immunization.md 9.1).
//
// Decides only: what is known of a person is read before (notice_known.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_settings.h"
#include "due_list.h"
#include "notice_known.h"
#include "notice_rule.h"
#include "papers.h"
#include "postal.h"
#include "waiting_dose_rows.h"

enum { NOTICE_STACKS = LETTER_REMINDER + 1, NOTICE_NONE = -1, NOTICE_SERIES_MOST = 64 };

// What is the same for everybody of a batch.
typedef struct NoticeBook {
    Ledger *ledger;
    Day as_of;
    uint64_t groups;
    CitySettings settings;
    PostalTowns towns;
    WaitingDoses waiting;  // reported doses that wait for a decision
    int32_t before_run;    // what left with this run or later is no history
    bool trial;            // nobody is written to
    bool reprint;          // of letters that left: how often somebody was written to does not count ...
    PaperLetter letter;    // ... and they are what they were
} NoticeBook;

// Settings, towns and what waits. E_MISSING: city.json is not filled in; E_CODE_UNKNOWN: a self-payment for a series that is none of B類.
MUST bool notice_book_open(NoticeBook *book, Arena *arena, Error *err);
// What waits, as it is now.
MUST bool notice_book_again(NoticeBook *book, Arena *arena, Error *err);

// By row of the due list.
typedef struct PersonLetters {
    NoticeVerdict verdict[NOTICE_SERIES_MOST];
    int8_t in[NOTICE_SERIES_MOST];     // PaperLetter on whose papers it is, or NOTICE_NONE
    PaperPerson paper[NOTICE_STACKS];  // dose_count 0: no such letter
} PersonLetters;

// `rows` are all due rows of one person, in the order of the rules; texts live in `arena`.
void letters_of_person(const NoticeBook *book, const DueRow *rows, ptrdiff_t count,
                       const NoticeKnown *known, Arena *arena, PersonLetters *letters);
// Why there is no letter at all: of several reasons the one for which somebody can do something.
NoticeVerdict letters_why_none(const PersonLetters *letters, ptrdiff_t count);
