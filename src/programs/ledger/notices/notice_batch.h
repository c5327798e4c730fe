// Notices of one day: extraction, papers, a second look at everybody, release, history.
//
// Two stacks may come out, each with its own PDF and dispatch list: invitations, with a 予診票 for every
// dose, and reminders (再勧奨) to those whom an invitation had reached, the letter alone. Both stand or
// fall together. Which of them a series belongs to: notice_rule.h.
//
// Law     予防接種法 第8条, 施行令 第5-6条. Nobody who died, moved, was vaccinated or came under protection
//         since the extraction is on a paper that leaves (9.1, P104, P105).
// Doing   No letter without its record: the drafts are written down, then drawn; history, audit leaf and the
//         hashes of the drafts are committed at once; then the papers get their names. Killed at any point, the
//         next command that has the data alone ends it (notice_settle.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_list.h"
#include "papers.h"

typedef struct NoticesAsked {
    Day as_of;
    uint64_t groups;
    Str folder;
} NoticesAsked;

enum { NOTICE_STACKS = LETTER_REMINDER + 1 };

typedef struct NoticesReport {
    int held_back;                       // persons whom a rule left out altogether
    PapersReport papers[NOTICE_STACKS];  // by PaperLetter; nothing given: nothing drawn
} NoticesReport;

MUST bool notices_make(Ledger *ledger, const NoticesAsked *asked, Arena *arena,
                       NoticesReport *report, Error *err);
