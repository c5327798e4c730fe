// One feed file into the register: whole or not at all (files.md 1, 2).
//
// The file is decided from a reading picture, and published in one transaction with one audit leaf (feed_pass.h). A bad row is refused and told in the error file;
// it never stops a good one, and the person it speaks of is held back from letters until that is decided.
// A file is the same by name and bytes; the same bytes under a later number are a new picture.
// A full copy (ALL) that no longer lists more than 5 % of the residents, and any file that changes more
// people in one way than a real day does (feed_share.h) or comes before the first full copy, changes nothing and is held until another operator
// approves it, or until a later full copy makes it needless.
// Memory  does not grow with the file, but with what it changes: up to FEED_PLAN_MOST, then the file is decided inside
//         the turn. A full copy keeps a bit per person of the city, and the list of who vanished.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "approvals.h"
#include "csv.h"

typedef enum FeedOutcome { FEED_TAKEN, FEED_KNOWN_ALREADY, FEED_WAITS } FeedOutcome;

typedef struct FeedReport {
    FeedOutcome outcome;
    int64_t rows, applied, unchanged, refused, vanished;
    int64_t unidentified;  // refused rows that do not tell whose they are
    int64_t notes;         // items left out of rows that were taken
    int64_t wide_digits;   // full-width digits folded
    int64_t effects[32];   // by RegisterEffect
    int64_t held_people;   // whose row was refused: held back from letters from now on
    int64_t lost_names;    // rows with a name in which a character was lost
    int64_t lost_places;   // with an address
    bool no_picture;       // FEED_WAITS: a difference before the first full copy
    Str held_for;          // FEED_WAITS: what the guard saw, a line a kind; {0}: only who vanished
    Str same_as;           // an earlier file of the same bytes; {0}: none
    Str error_path;        // {0}: no row was refused or noted
    Str unknown_columns;   // joined with a comma; {0} none
} FeedReport;

typedef struct FeedOrder {
    Str path;
    CsvEncoding encoding;
    bool approved;  // the guard was lifted by this operator (approve)
} FeedOrder;

// A held file that another person may approve, with the file in hand (decision 0065).
extern const ApprovalKind feed_apply;

// Errors  E_FILE_NAME, E_FILE_SEQUENCE, E_FILE_LAYOUT and reading errors refuse the file as a whole;
//         approving: E_NOT_FOUND nobody asked for it, E_RIGHT by the same person, E_CONFLICT the request has lapsed, or the
//         file's row is not what the trail says.
MUST bool feed_import(Act *act, const FeedOrder *order, Arena *arena, FeedReport *report,
                      Error *err);

// The report for people, a few lines, on standard error.
void feed_report_print(Str path, const FeedReport *report);
// 1 where a person must look: refused or noted rows, held.
ExitStatus feed_report_status(const FeedReport *report);
