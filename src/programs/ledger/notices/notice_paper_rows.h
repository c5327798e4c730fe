// The pages and files of a batch that has left: which page is whose, and where the file lies.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "notice_file_rows.h"

typedef struct PaperRow {
    AddresseeNo who;
    int32_t sequence, page, pages;  // of the person, from 1
    Str paper;                      // "予診票"
    bool is_protected;              // now
} PaperRow;

typedef struct PaperCount {
    int64_t pages;
    int64_t hidden;  // people who are under protection now
} PaperCount;

MUST bool paper_count(Store *store, int32_t run_no, PaperCount *count, Error *err);
// Page `nth` of its file, from 1. `found` false: it has fewer.
MUST bool paper_nth(Store *store, int32_t run_no, int64_t nth, Arena *arena, PaperRow *row, bool *found,
                    Error *err);
// The first page of this person, from 1; 0: none.
MUST bool paper_first_of(Store *store, int32_t run_no, int32_t person_id, int64_t *nth, Error *err);
// The first page of the first person whose name has a rare character (rare_character.h), from 1; 0: there is none.
MUST bool paper_first_rare(Store *store, int32_t run_no, int64_t *nth, Error *err);
// Those that have their names, by path.
MUST bool paper_files_there(Store *store, int32_t run_no, Arena *arena, NoticeFiles *files, Error *err);
