// One page under the self-check (forms.md 5.3). Inside the print folder only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "needles.h"
#include "papers_run.h"

#include <poppler.h>

typedef struct Checker {
    const Papers *papers;
    const Needles *needles;  // numbers and names of everybody in the batch
    const KeptPerson *person;
    const Sheet *sheet;
    PopplerPage *page;
    char *text;                // poppler's, of the whole page
    PopplerRectangle *places;  // one per code point of `text`
    guint place_count;
    Arena scratch;
    Error *err;
} Checker;

// Says false with E_PAPER. Names the place in the stack and the item; what stands there instead is for the
// officer's eyes only.
bool check_wrong(const Checker *checker, const char *item);

// The address block with the air that its letters may touch.
Box check_address_box(const Papers *papers);

// Page tag, NW-7, customer barcode and window, from pictures of the page.
bool check_pixels(Checker *checker);
