// One row of the resident feed (files.md 2), read into types that cannot be wrong.
//
// What is mandatory must be right, or the row is refused. What is optional and wrong (a postal code of
// six digits) is left out and told as a note, so that a resident is not lost over it.
// Names, addresses and the words of the register are kept byte for byte; kana are brought to full width
// with one full-width blank (control D-1-02), numbers are folded.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "identity.h"
#include "individual_no.h"
#include "register_step.h"
#include "vec.h"

extern const CsvLayout feed_layout;
extern const int feed_number_column;  // 個人番号, in feed_layout

VEC(ErrorRows, Error, errors);

typedef struct FeedLine {
    int64_t serial;  // 更新連番
    AddresseeNo addressee_no;
    FeedRow row;
    bool number_said;
    IndividualNo number;  // wiped by whoever read the line: feed_line_wipe
    ErrorRows notes;      // the row is taken; each is told in the error file
    ErrorRows faults;     // the row is refused; all of them, the first is that of feed_line_read
    int64_t wide_digits;  // folded in this row
    bool name_lost;       // a name holds a mark where a character was lost: no paper is drawn with it
    bool place_lost;      // the address does, likewise
} FeedLine;

// Texts live in `arena` or point into `csv`. `addressee_no` is read first and stands in `line` where
// the row is refused for something else; so do event and day of the row, as far as they can be read.
MUST bool feed_line_read(const CsvRow *csv, Arena *arena, FeedLine *line, Error *err);
// Whose the row is and which number it says, where they can be read: what is asked about before it is its turn.
// The number is the caller's to wipe.
void feed_row_asks(const CsvRow *csv, AddresseeNo *who, IndividualNo *number, bool *number_said);
// The row says that the person has a measure, or something that is no plain denial.
bool feed_row_protects(const CsvRow *csv);
// Masks in the text of the row last given all that says where somebody is.
void feed_row_hide_place(CsvReader *reader);
bool feed_item_hides(const Error *problem);  // its item is one of those
void feed_line_wipe(FeedLine *line);
#define FEED_LINE __attribute__((cleanup(feed_line_wipe))) FeedLine
