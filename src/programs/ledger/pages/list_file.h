// A list that leaves a page as a file, as CSV or as a book for a spreadsheet: with a reason always, and for many people by
// two of the office (list_export.h). One page says so for all lists.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "ledger_routes.h"
#include "list_export.h"

typedef struct ListFile {
    const ListExport *leaves;
    // Records the list with the reason and writes it.
    bool (*write)(const void *list, Str reason, FILE *to, Error *err);
    const void *list;
    int64_t lines;
    Str words;          // which list
    Path go, back;      // where the form posts to; the page of the list
    const char *name;   // of the file, without what follows the point
    const char *sheet;  // of the book
} ListFile;

// The page that asks for the reason.
MUST bool list_file_page(Visit *visit, const ListFile *list, Error *err);
// Its form: the file leaves, or a second person is asked.
MUST bool list_file_sent(Visit *visit, const ListFile *list, Error *err);
