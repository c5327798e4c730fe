// NW-7 (Codabar, JIS X 0506) as the city's papers carry it.
//
// Contents  letter + digits + Luhn check + the same letter, as bar_read of identity.h takes it apart;
//           A person (15 digits), B paper or bundle (13), C institution (10), D free. forms.md 5.1.
// Units     dots of 600 dpi: narrow 6 (0.254 mm), wide 15, gap between characters 6.
// Memory    none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"

#define NW7_DIGITS_MAX   15
#define NW7_ELEMENTS_MAX ((NW7_DIGITS_MAX + 3) * 8)

// Widths in dots, bar and space in turn, beginning and ending with a bar.
typedef struct Nw7 {
    unsigned char widths[NW7_ELEMENTS_MAX];
    int count, dots;                    // elements; whole width without quiet zones
    char contents[NW7_DIGITS_MAX + 4];  // "A4100000000831413A", what a reader sends
} Nw7;

// Needs 1 to NW7_DIGITS_MAX digits (asserted).
Nw7 nw7_of(BarKind kind, Str digits);
