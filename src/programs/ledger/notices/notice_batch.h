// Notices of one day: extraction, papers, a second look at everybody, release, history.
//
// Two stacks may come out, each with its own PDF and dispatch list: invitations, with a 予診票 for every
// dose, and reminders (再勧奨) to those whom an invitation had reached, the letter alone. Both stand or
// fall together. Which of them a series belongs to: notice_rule.h.
//
// Law     予防接種法 第8条, 施行令 第5-6条. Nobody who died, moved, was vaccinated or came under protection
//         since the extraction is on a paper that leaves (9.1, P104, P105).
// Turns   People are chosen from one picture of the ledger; papers are drawn and read back while others work. Then
//         the batch takes the writing turn and looks again at whoever was touched meanwhile: were the same papers
//         drawn now? If not, the person is left out, and what is left is drawn again outside of the turn; after
//         NOTICE_TRIES the last drawing keeps the turn, so that it ends. Only remembering needs the turn.
// Doing   No letter without its record: the drafts are written down, then drawn; history, audit leaf and the
//         hashes of the drafts are committed at once; then, in a turn of its own that looks once more, the papers get
//         their names. Killed at any point, the next command that has the data alone ends it (notice_settle.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_letters.h"
#include "notice_rows.h"

enum { NOTICE_TRIES = 3 };

typedef enum NoticesWay {
    NOTICES_SEND,
    NOTICES_TRIAL,    // 見本 on every page; nothing is remembered but that it was drawn
    NOTICES_REPRINT,  // 再発行: letters that left, as they would be drawn today
} NoticesWay;

typedef struct NoticesAsked {
    Day as_of;
    uint64_t groups;
    int64_t within;  // days from `as_of` to the last safe date at most; -1: any
    Str ward;        // code of the municipality; {0}: any. Of whom none is known (protection) is in none
    Str folder;
    Str reason;      // of a reprint, where one was given
    NoticesWay way;
    const NoticeSent *sent;  // of a reprint: what left then
} NoticesAsked;

// Why somebody, or one thing, is on no paper.
typedef struct NoticeLeft {
    AddresseeNo who;
    Str name;  // masked where the person is protected
    Str series;
    Str why;  // words
} NoticeLeft;
VEC(NoticeLefts, NoticeLeft, notice_lefts);

typedef struct NoticesReport {
    int held_back;                       // persons who get no letter by the rules
    int by_verdict[NOTICE_VERDICTS];     // of these, by reason
    int gone;                            // persons of a reprint of whom something is not due any more
    NoticeLefts left;                    // everything that is on no paper, by person
    PapersReport papers[NOTICE_STACKS];  // by PaperLetter; nothing given: nothing drawn
} NoticesReport;

// The act has the turn only where this takes it.
MUST bool notices_make(Ledger *ledger, const NoticesAsked *asked, Arena *arena,
                       NoticesReport *report, Error *err);
