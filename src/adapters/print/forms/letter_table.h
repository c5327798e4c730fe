// The table of a letter: a line per vaccine of one person. Inside forms/ only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sheet.h"

// Elders' letters and reminders are set larger, and the last day largest (forms.md 2.1).
typedef struct LetterSizes {
    double body, leading, cell, label, last_day, row_max;
    double columns[7];  // vaccine, position, first day, standard time, last day, cost; right edge
} LetterSizes;

const LetterSizes *letter_sizes(const KeptPerson *person);

void letter_table_head(Pen *pen, const LettersWords *words, const LetterSizes *sizes);
void letter_table(Drawing *drawing, const KeptPerson *person, Arena scratch);
