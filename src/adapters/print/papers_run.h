// The inside of a batch, for the files of this folder and for tests that break it on purpose.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv_write.h"
#include "sheet.h"

#include <cairo.h>

#include <stdio.h>

VEC(KeptPersons, KeptPerson *, kept_persons);

struct Papers {
    PapersBatch batch;
    Arena whole, own;  // callers hold scratch of theirs while we keep people
    Arena *arena;      // &own
    Arena *caller;     // for what outlives the batch: paths, the report, errors
    PaperForms forms;
    const EnvelopeWords *envelope;  // of the batch
    Box block;                      // room for the address block
    bool barcodes;                  // the window takes them
    KeptPersons kept;               // in the order in which they came
    Map by_number;                  // digits to a place in `kept`, counted from 1
    PapersReport report;
    Drawing drawing;  // pen.cairo is there while pages are drawn
    // Of the people that are printed, in the order of the stack:
    KeptPerson **order;
    int count;
    CustomerBarcode *barcode_column;
    Nw7 *number_column;
    Str record;  // of the dispatch list, once it has one
};

// The three steps of papers_release up to its files.
void papers_sort(Papers *papers);
void papers_moved(const Papers *papers, PaperStage stage, int done, int total);
MUST bool papers_draw(Papers *papers, int file, Error *err);
MUST bool papers_check(Papers *papers, int file, Error *err);

// A stack of one person, who gets this certificate and nothing else: drawn and read back by the same steps. It lives until
// papers_close.
MUST bool certificate_begin(const PapersBatch *batch, const Certificate *certificate, Arena *arena, Papers **papers, Error *err);

// A PDF onto a descriptor, which stays open; millimetres.
typedef struct PdfFile {
    FILE *out;
    cairo_surface_t *surface;
    cairo_t *cairo;
} PdfFile;
MUST bool pdf_begin(int file, double w, double h, PdfFile *pdf, Error *err);
MUST bool pdf_end(PdfFile *pdf, Error *err);  // says whether all of it was written

// Drafts the dispatch list, draws slips and bundle sheets (forms/dispatch.c).
MUST bool dispatch_draft(const Papers *papers, const char *path, CsvWriter **csv, Error *err);
MUST bool dispatch_draw(Papers *papers, int file, Error *err);

// Labels for envelopes without a window, in the order of the stack; none are wanted while all have one.
bool labels_wanted(const Papers *papers);
MUST bool labels_draw(Papers *papers, int file, Error *err);
