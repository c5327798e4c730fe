// A row under review while somebody is at it: who has it, and the row drawn beside those whom it may mean.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "review_html.h"
#include "review_shown.h"
#include "visit_person.h"

typedef struct Reviewing {
    Visit *visit;
    int32_t file_no, row_id;
    const AddresseeNo *other;  // whom somebody searched for; NULL: nobody
    Ledger ledger;
    ReviewShown shown;
    ReviewPage page;
    VisitPerson **people;  // one for each candidate, looked at
    int best;              // of the candidates, from 0; -1: none stands out
} Reviewing;

// Reads the path (file and row, then whoever was searched for, sealed), and has the row for this clerk alone.
MUST bool reviewing(Visit *visit, Reviewing *r, Error *err);
// `refused` {0}: nothing was sent yet.
MUST bool review_drawn(Reviewing *r, Str refused, Error *err);

// Birth date or sex contradict: whoever takes such a person says why.
bool review_is_hard(const MatchSigns *signs);
// A number of a path; 0 is one.
bool review_number(Str text, int32_t *number);
MUST bool review_no_such_row(Error *err);
// The file and the row of a path; no row is number 0.
MUST bool review_row_meant(const Visit *visit, int32_t *file_no, int32_t *row_id, Error *err);
// The next rows of a file; 0: of any.
Path reviews_path(const Visit *visit, int32_t file_no);
Path review_path(const Visit *visit, const Route *route, int32_t file_no, int32_t row_id);
// Whom the search of a review found, at the side of the row.
MUST bool review_with_path(const Visit *visit, const AddresseeNo *who, Path *path, Error *err);
