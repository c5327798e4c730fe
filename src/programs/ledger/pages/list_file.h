// A list that leaves a page as a file, as CSV or as a book for a spreadsheet; for many people by two (list_export.h).
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
    const char *name;   // of the file, without what follows the point
    const char *sheet;  // of the book
} ListFile;

// As the form says (`form`: csv, or a book). Uses the permit of many people up.
MUST bool list_file_leaves(Visit *visit, const ListFile *file, Str reason, Error *err);
