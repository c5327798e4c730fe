// The bands of the 予診票: told apart by hatch and lightness, never by colour alone (forms.md 6.2).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pen.h"

// Fills `band` with the grey of L* `lightness` and the named hatch; "solid" is the grey alone.
void pen_hatch(Pen *pen, Box band, Str hatch, int lightness);

bool hatch_known(Str hatch);

// sRGB grey, 0 to 1, of a CIE lightness L* 0 to 100.
double grey_of_lightness(int lightness);
