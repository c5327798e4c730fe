// Pages under the self-check (forms.md 5.3), inside the program that reads them back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "needles.h"
#include "page_places.h"
#include "stack_text.h"

#include <poppler.h>

typedef struct Checker {
    const StackExpected *stack;
    const Needles *needles;  // numbers and names of everybody in the batch
    const PageExpected *expected;
    PopplerPage *page;
    char *text;                // poppler's, of the whole page
    PopplerRectangle *places;  // one per code point of `text`
    guint place_count;
    cairo_surface_t
        *canvas;  // a page at CANVAS_DPI; of each page only the boxes that are asked for
    Arena scratch;
    Error *err;
} Checker;

enum { CANVAS_DPI = 200, CANVAS_W = 1654, CANVAS_H = 2340 };  // dots of an A4 page

// Says false with E_PAPER. Names the place in the stack and the item; what stands there instead is for the
// officer's eyes only.
bool check_wrong(const Checker *checker, const char *item);

// Everything about one page, numbered from 0 in the file.
MUST bool check_page(Checker *checker, PopplerDocument *document, int page);

// Page tag, NW-7, customer barcode and window, from pictures of the page.
MUST bool check_pixels(Checker *checker);

// All pages of `stack`, which begin at page `first` of a file of `total` pages. E_PAPER: `err`'s row is the place in
// the stack (0: the file has another number of pages), its item what differs. Texts of `err` live in the arena.
MUST bool pages_check(const StackExpected *stack, int file, int first, int total, Arena *arena,
                      Error *err);
