// One reading of a feed file from its first row to its last: what every row comes to is decided and planned, and
// nothing is written.
//
// Portion   so many rows are asked about at once (people_rows.h) and decided one by one, in their order. Each portion
//           is a reading transaction of its own; that the register stood still meanwhile is seen when it is published.
// Turn      a pass inside the turn writes every portion at its end, for there is nobody to wait for it: the first
//           load of an empty register, and what is too big to be planned (FEED_PLAN_MOST).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "feed_files.h"
#include "feed_import.h"
#include "feed_name.h"
#include "feed_people.h"
#include "feed_watch.h"

enum {
    FEED_PORTION_ROWS = 4096,
    FEED_PLAN_MOST = 512 << 20,  // bytes of what is planned of one file
};

typedef struct FeedPass {
    Act *act;
    const FeedOrder *order;
    FeedName name;
    CsvReader *csv, *ahead;  // `ahead` reads whom a portion is about, `csv` decides it; NULL once closed
    Sha256 index;  // of the file
    FeedFile file;
    int64_t request;  // that another person approves the file; 0: nobody asked
    bool in_turn;
    RegisterBasis basis;  // before the file
    RegisterPlan plan;
    FeedPeople people;
    Arena kept, portion, row;  // of the plan, of a portion, of one row
    Arena kept_whole, portion_whole, row_whole;
    int64_t last_serial;
    FeedWatch watch;
    unsigned char *seen;  // a bit per person that a full copy lists
    bool hides;           // the row in hand speaks of somebody protected
    bool held;            // too much changes, and nobody has approved that
    FeedReport *report;
} FeedPass;

// Opens the file. Close it in every case.
MUST bool feed_pass_open(FeedPass *pass, Act *act, const FeedOrder *order, FeedReport *report, Error *err);
// False when the file changed while it was read: nothing of it may then be kept.
MUST bool feed_pass_close(FeedPass *pass, Error *err);

// Where the register stands, before the first portion. `pass->file` is filled.
MUST bool feed_pass_begin(FeedPass *pass, Error *err);

typedef enum FeedPortion { PORTION_FAILED, PORTION_MORE, PORTION_LAST } FeedPortion;
// Decides the next rows; after the last one looks at the file as a whole, and at who is no longer listed.
FeedPortion feed_pass_portion(FeedPass *pass, Error *err);
bool feed_pass_too_big(const FeedPass *pass);
