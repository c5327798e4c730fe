// Making names and addresses fit without cutting, abbreviating or hyphenating (forms.md 2.3).
//
// Roman names that stay too long at the smallest size take a second line (and cost an address line):
// 49 letters of a passport are 104 mm at 9 pt, more than condensing may save.
//
// Four sizes are tried, each only when the one before does not fit; the first that fits holds for the
// whole block of that person. Lines break between grapheme clusters only, never inside a number and
// never before 号 階 様; first behind ward, 丁目, 番地 and blanks, then anywhere that is left.
//
// Units   millimetres, points.
// Memory  lines point into the texts given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fonts.h"

#define BLOCK_LINES_MAX 4
#define FIT_STEPS       4

// The address block of a mailed paper.
typedef struct BlockText {
    Str address, building;  // building {0}: none
    Str name, honorific;    // "山田　太郎", "様"
    Str guardian;           // "（保護者様）" for minors, else {0}
} BlockText;

typedef struct AddressBlock {
    int step;  // 0 fitted at once ... 3 condensed
    Str lines[BLOCK_LINES_MAX];
    int line_count;
    double points, line_height;    // of the address; the name has the same size
    Str name_lines[2];             // the second for long Roman names, broken at a blank
    double stretch, name_stretch;  // 1, or condensed
    bool guardian_below;           // on a line of its own, 9 pt
} AddressBlock;

// `height` is what the envelope leaves for the block, with or without room for the barcode; false
// when not even the last step fits (P102), `item` then says which.
bool block_fit(Fonts *fonts, const BlockText *text, double width, double height, bool barcode,
               AddressBlock *block, Str *item);

// One line in a field: the largest of the sizes from `points` down to `least` that fits, then
// condensed to no less than `stretch_least`. False: P102.
typedef struct FittedLine {
    double points, stretch;
} FittedLine;
bool line_fit(Fonts *fonts, Str text, double width, double points, double least,
              double stretch_least, FittedLine *line);

// An address in a field of a form: at most `most` lines of `points`, condensed to no less than 85 %.
typedef struct FittedLines {
    Str lines[BLOCK_LINES_MAX];
    int count;
    double stretch;
} FittedLines;
bool lines_fit(Fonts *fonts, Str address, Str building, double width, double points, int most,
               FittedLines *lines);
