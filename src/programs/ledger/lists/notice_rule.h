// Who gets a letter: the rules that are asked at extraction and again just before release
// (immunization.md 9.1).
//
// The due list has left out already whoever is dead, moved, withdrawn, complete, closed, no target or
// under review. What is asked here: contraindications, refusals, returned mail, and how often we wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"
#include "notices.h"

enum {
    NOTICE_CAP = 2,           // letters to one person ...
    NOTICE_CAP_DAYS = 30,     // ... within so many days
    NOTICE_REPEAT_DAYS = 92,  // one series is not written about twice within three months
};

typedef enum NoticeVerdict {
    NOTICE_SEND,
    NOTICE_CONTRAINDICATED,
    NOTICE_REFUSED,        // reminders only: the first letter is still sent
    NOTICE_MAIL_RETURNED,  // 宛所不明
    NOTICE_WRITTEN,        // about this dose, not long ago
    NOTICE_CAPPED,         // too many letters this month
} NoticeVerdict;

Str notice_verdict_words(NoticeVerdict verdict);

// `history` is of the last NOTICE_REPEAT_DAYS days.
NoticeVerdict notice_verdict(const DueRow *row, Str series, Str position, const FactRows *facts,
                             const NoticeRows *history, Day as_of);
