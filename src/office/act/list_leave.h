// A list of people on its way out of an office: nothing of it can be read before its record stands.
//
//     List list;
//     if (!list_begin(act, &(ListAsked){.out = out, .names = names, .count = …}, &list, err)) return false;
//     … list_put(&list, …); list_end_row(&list) …
//     return list_leave(&list, err);
//
// Whoever gives up between the two calls csv_abandon(list.draft).
// Number  the record's stands in the last column of a list for people. A list in the contract of files.md has no
//         such column; its record is found by what it says (audit verify FILE). A file that was asked for is told on
//         standard error with the number.
// Law     controls C-3.3-11, C-3.4-02: who took what out, when and why.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "act.h"
#include "error_csv.h"
#include "list_words.h"

// How it is written: as the contract has it, or for a spreadsheet, with a byte order mark and in words (list_words.h).
typedef struct ListAsked {
    Str out;  // the file; {0}: standard output; /dev/null: it is recorded and nobody gets it
    const char *const *names;
    int count;      // of the columns
    bool numbered;  // with the column of the record, which one for a spreadsheet always has
    bool for_sheet;
    const ListWords *words;  // NULL: the names are words already
    FILE *stream;            // instead of standard output; NULL: none
} ListAsked;

typedef struct List {
    Act *act;
    CsvWriter *draft;  // behind its first line
    CsvListWay way;
    ListAsked asked;
    int column;                       // of the cell that comes next
    Arena room;                       // for a cell in words
    Str detail;                       // what else the record says
    const struct AddresseeNo *whose;  // about one person; NULL: nobody's in particular
    const Sha256 *person;             // the same, where people have no 宛名番号 (audit.h)
} List;

// The office's own files, where nothing is written for people.
const OutputHome *act_home(const Act *act);

// A place that is none is refused here, before the work (output.h).
MUST bool list_begin(Act *act, const ListAsked *asked, List *list, Error *err);
// The next cell of a row, in words where it is for a spreadsheet; the end of the row.
void list_put(List *list, Str value);
void list_end_row(List *list);
// Of the draft, which stays open: its record, with how many rows and their keyed digest. NULL with `err`.
MUST const Recorded *list_record(const List *list, Error *err);
// Records it and lets it leave. Ends it in every case.
MUST bool list_leave(List *list, Error *err);

// A list that somebody else has drafted leaves for `path`, where nothing may lie yet, numbered, and with `detail` in its
// record: in the open transaction of the act, or by itself. `hash`: of the file. Ends the draft in every case. NULL with
// `err`.
MUST const Recorded *list_draft_leave(Act *act, CsvWriter *draft, const char *path, Str detail, Sha256 *hash, Error *err);

// The rows of `input_path` that a run refuses; those that it takes and minds. With a byte order mark where the act's lists
// are for a spreadsheet: their heads are words already.
ErrorCsv *error_list_begin(const Act *act, Str input_path, Arena *arena);
ErrorCsv *warning_list_begin(const Act *act, Str input_path, Arena *arena);
// The same for the rows that a run refused or minds. `path` is {0} when there are none.
MUST bool error_list_leave(Act *act, ErrorCsv *errors, Str *path, Error *err);

// Words or JSON about people that leave: onto `to`, with the record in the hand of whoever writes them.
typedef struct TextOut {
    FILE *to;
    Output output;  // where it is a file
} TextOut;

// A free place, or standard output for {0}.
MUST bool text_out_begin(Act *act, Str path, TextOut *out, Error *err);
MUST bool text_out_commit(TextOut *out, Error *err);
void text_out_abandon(TextOut *out);
