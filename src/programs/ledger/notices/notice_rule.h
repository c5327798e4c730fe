// Who gets a letter: the rules that are asked at extraction and again just before release
// (immunization.md 9.1).
//
// The due list has left out already whoever is dead, moved, withdrawn, complete, closed, no target or
// under review. What is asked here: contraindications, refusals, returned mail, and how often we wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"
#include "notice_rows.h"

enum {
    NOTICE_CAP = 2,           // letters to one person ...
    NOTICE_CAP_DAYS = 30,     // ... within so many days
    NOTICE_REPEAT_DAYS = 92,  // at most one reminder per series in three months (9.2)
    NOTICE_SAFE_DAYS = 60,    // reminded too: so many days before the last safe date ...
    NOTICE_LAST_DAYS = 30,    // ... and before the last legal one
};

typedef enum NoticeVerdict {
    NOTICE_SEND,     // the first letter about this dose
    NOTICE_REMIND,   // 再勧奨: invited before, and late or about to lose the dose
    NOTICE_BY_RULE,  // the rules want no letter about this dose: another vaccine covers it
    NOTICE_CONTRAINDICATED,
    NOTICE_REFUSED,        // reminders only: the first letter is still sent
    NOTICE_MAIL_RETURNED,  // 宛所不明
    NOTICE_WRITTEN,        // invited, and it is not time to remind; or reminded not long ago
    NOTICE_CAPPED,         // too many letters this month
    NOTICE_WAITS,          // a clinic has reported a dose that nobody has decided about yet
    NOTICE_LATER,          // another dose of the same person goes first
    NOTICE_VERDICTS
} NoticeVerdict;

// `history` is everything that was mailed to this person, oldest first.
NoticeVerdict notice_verdict(const DueRow *row, Str series, Str position, const FactRows *facts,
                             const NoticeRows *history, Day as_of);

// A reminder speaks of one dose (forms.md 6.3): of two that are to be reminded, the one that is lost sooner. The
// other has its turn in the next run, within the monthly cap.
bool notice_presses_more(const DueRow *a, const DueRow *b, Day as_of);

// For people: "すでにお知らせした人".
Str notice_verdict_words(NoticeVerdict verdict);
