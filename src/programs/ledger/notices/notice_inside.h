// The inside of a batch of notices, for the files that make one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "due_again.h"
#include "notice_batch.h"
#include "progress.h"

typedef struct NoticeBatch Batch;

VEC(PrintedPages, PaperPage, printed_pages);

// Where the rows of a person begin in the list.
typedef struct PersonPlace {
    int32_t person_id;
    ptrdiff_t first;
} PersonPlace;
VEC(PersonPlaces, PersonPlace, person_places);

// The letters of one kind: a run of its own.
typedef struct NoticeStack {
    Batch *batch;
    Papers *papers;  // NULL while nobody is in it
    NoticeRun run;
    PapersReport *report;
    PrintedPages pages;  // as drawn last
    struct CsvWriter *lists[PAPER_FILES];  // as drafted last; NULL: none, or it has left
} NoticeStack;

// Everybody who gets a letter, with the doses it speaks of.
struct NoticeBatch {
    Ledger *ledger;
    const NoticesAsked *asked;
    NoticeBook book;
    DueWanted wanted;
    DueAgain *again;   // for the second look; NULL before the first
    Arena *arena;      // paths and reports
    Arena person;      // notes about the person in hand
    Arena pages;
    DueRows due;  // by person
    int8_t *in;   // by row of `due`: PaperLetter on whose papers it is, or NOTICE_NONE
    PersonPlaces places;  // by person_id
    int32_t last_act;     // of the picture that was looked at last
    NoticeStack stacks[NOTICE_STACKS];  // by PaperLetter
    bool in_doubt;  // the commit failed: what it wrote may stand
    Progress progress;
    NoticesReport *report;
};

// Row behind the last one of the person whose first row this is.
ptrdiff_t notice_person_end(const DueRows *due, ptrdiff_t first);
int notice_by_id(const void *left, const void *right);  // of two PersonPlace
// Of a reprint nothing that left counts as history.
int32_t notice_history_before(const Batch *b);

// The second look: at whoever was touched since the last one; nobody else is read again. In an open transaction;
// `*changed`: somebody's papers would be others now, and he or she is left out.
MUST bool notice_look_again(Batch *b, bool *changed, Error *err);
// The same in a reading transaction of its own.
MUST bool notice_look_aside(Batch *b, bool *changed, Error *err);
