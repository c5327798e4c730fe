// Drawing on a page in millimetres.
//
// Lines of text stand on a baseline; bars and QR modules lie on whole dots of 600 dpi, so that no
// printer rounds them. What is drawn first is read first.
//
// Units   millimetres from the top left corner, type in points, ink 0 black to 1 white.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cairo.h>

#include "envelope.h"
#include "fonts.h"
#include "nw7.h"
#include "vec.h"

#define PAGE_W 210.0
#define PAGE_H 297.0

typedef enum Align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

typedef struct Ink {
    Face face;
    double points;
    Align align;  // of x: the left end, the middle, the right end
    double grey;
    double stretch;  // width of the letters, 0.75 is 長体; 0 means 1
    bool once;       // text that will not come again: it is not kept shaped
} Ink;

// What was drawn, in order; the bench draws the same without us.
typedef struct PenMark {
    Str text;  // {0}: a filled box
    Ink ink;
    Box box;  // of a text: x, baseline, width of the paragraph or 0, leading
} PenMark;
VEC(PenTape, PenMark, pen_tape);

typedef struct Pen {
    cairo_t *cairo;
    Fonts *fonts;
    PenTape *tape;  // NULL: nobody listens
    Arena *tape_arena;
} Pen;

void pen_text(Pen *pen, Ink ink, double x, double baseline, Str text);

// The same, condensed as far as it takes to stay within `width`: for our own words in narrow cells, never
// for names and addresses (fitting.h).
void pen_text_within(Pen *pen, Ink ink, double x, double baseline, double width, Str text);

// A paragraph from `top` down; returns the y below its last line.
double pen_paragraph(Pen *pen, Ink ink, double x, double top, double width, double leading,
                     Str text);
int pen_paragraph_lines(Pen *pen, Ink ink, double width, Str text);

void pen_fill(Pen *pen, Box box, double grey);
void pen_frame(Pen *pen, Box box, double line);  // the line lies inside the box
void pen_dashed_frame(Pen *pen, Box box, double line, double dash);
void pen_across(Pen *pen, double x, double y, double w, double line);
void pen_down(Pen *pen, double x, double y, double h, double line);
void pen_ring(Pen *pen, double x, double y, double radius, double line);

// Black boxes on whole dots: add as many as a code has, then pen_dots_done.
void pen_dots(Pen *pen, double x, double y, double dots_x, double dots_y, double dots_w,
              double dots_h);
void pen_dots_done(Pen *pen);

// The baseline that sets a line of `points` in the middle between two rules.
double pen_middle(double top, double height, double points);
