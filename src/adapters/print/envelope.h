// Window envelopes: what a folded letter that slides inside may show (forms.md 3).
//
// Units   millimetres; x to the right, y down, from the top left corner of paper or envelope.
// Memory  none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#define MM_PER_POINT (25.4 / 72)
#define MM_PER_DOT   (25.4 / 600)

typedef struct Box {
    double x, y, w, h;
} Box;

typedef struct Envelope {
    Box window;               // in the envelope, address side
    double inner_w, inner_h;  // inside the seams
    double seam;
    double panel_w, panel_h;         // the part of the folded paper that lies behind the window
    double fold_first, fold_second;  // from the top of the page; 0: not folded
    bool labelled;                   // no window: a label is stuck on, nothing has to fit
} Envelope;

// A layout as far as windows care.
typedef struct WindowLayout {
    Box address;  // everything that is meant to be read through the window
    Box clear;    // nothing else is printed in here
} WindowLayout;

// In paper coordinates: what the window shows wherever the paper lies, and what it may show at all.
Box envelope_always_visible(const Envelope *envelope);
Box envelope_ever_visible(const Envelope *envelope);

// The address block: always visible, with 2 mm of air. Height or width may come out below zero.
Box envelope_address_block(const Envelope *envelope);

typedef enum WindowVerdict {
    WINDOW_FITS,
    WINDOW_HIDES_ADDRESS,  // pushed into a corner, the paper hides a part of the block or its air
    WINDOW_SHOWS_OTHERS,   // it might show more than the layout keeps clear
} WindowVerdict;

WindowVerdict envelope_verdict(const Envelope *envelope, const WindowLayout *layout);

// Room for the customer barcode of `length` millimetres and 2 mm of air at each end.
bool envelope_takes_barcode(const Envelope *envelope, double length);

bool box_holds(Box outer, Box inner);
