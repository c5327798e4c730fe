// The bands of the 予診票: told apart by hatch and lightness, never by colour alone (forms.md 6.2).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "pen.h"

// Fills `band` with the grey of L* `lightness` and the named hatch. A name that is not known is left
// plain: the code letters still tell the vaccine.
void pen_hatch(Pen *pen, Box band, Str hatch, int lightness);

// sRGB grey, 0 to 1, of a CIE lightness L* 0 to 100.
double grey_of_lightness(int lightness);
