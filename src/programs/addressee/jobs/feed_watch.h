// What a feed file as a whole looks like, watched while its rows are read: a file can be wrong without one
// bad row.
//
// Held     more people change in one way than any real day changes (feed_share.h): another person decides.
//          So is a difference that comes before the first full copy: whoever it does not name would be missing.
//          So it is where the rows of many people are refused, or more than half of all rows: nobody of them is
//          held back from letters for a file that is wrong as a whole.
// Refused  the column of Individual Numbers is empty while another column holds them: numbers would pass for
//          something else and leave unsealed. Or hardly a row says whose it is: such a list helps nobody.
// Privacy  a sample names lines and the end of 宛名番号 only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "feed_share.h"
#include "identity.h"

enum {
    FEED_SAMPLES = 3,
    // From so many rows on that name nobody, a file that is more than half of such rows is given back as a whole.
    FEED_NAMELESS_MOST = 1000,
};

typedef struct FeedSample {
    int64_t line;
    char ending[5];  // of the 宛名番号
} FeedSample;

typedef struct FeedWatch {
    int64_t residents;  // before the file
    bool no_picture;    // a difference, and nobody is known whom it could differ from
    int64_t rows, nameless;
    int64_t people[FEED_KIND_COUNT];
    FeedSample samples[FEED_KIND_COUNT][FEED_SAMPLES];
} FeedWatch;

void feed_watch_row(FeedWatch *watch);  // readable or not
void feed_watch_kinds(FeedWatch *watch, int64_t line, const AddresseeNo *who, FeedKinds kinds);

// A row that does not say whose it is. False with E_LIMIT as soon as there are too many.
MUST bool feed_watch_nameless(FeedWatch *watch, Error *err);
// At the end of the file. False with E_FILE_LAYOUT where the numbers stand in another column.
MUST bool feed_watch_numbers(const FeedWatch *watch, const CsvReader *csv, Error *err);
// What must be decided by another person, one line a kind with counts and a sample; {0}: nothing.
Str feed_watch_held(const FeedWatch *watch, Arena *arena);
