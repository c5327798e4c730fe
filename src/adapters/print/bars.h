// Codes as black boxes on a page.
//
// Units   millimetres for places; every box lies on whole dots of 600 dpi.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "customer_barcode.h"
#include "pen.h"

// Size factor a = 8.82 (forms.md 4.1): pitch 25 dots, bar 13, long 75, semi-long 50, timing 25.
#define CUSTOMER_BARCODE_W (1663 * MM_PER_DOT)  // 66 pitches and a bar: 70.4 mm
#define CUSTOMER_BARCODE_H (75 * MM_PER_DOT)

void pen_customer_barcode(Pen *pen, double x, double y, CustomerBarcode code);

// Ten millimetres high; `x` is the first bar.
void pen_nw7(Pen *pen, double x, double y, const Nw7 *code);

// QR model 2, level M. `version` 0 lets the text decide; `module_dots` is the side of a module. Returns
// the side of the code in millimetres without its quiet zone, 0 when the text does not fit.
double pen_qr(Pen *pen, double x, double y, int version, double module_dots, Str text);
// The same with the largest modules of whole dots that keep it within `side` millimetres.
double pen_qr_within(Pen *pen, double x, double y, double side, Str text);
