// The table of a letter: a line per vaccine of one person. Inside forms/ only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sheet.h"

// Elders' letters and reminders are set larger, and the last day largest (forms.md 2.1).
typedef struct LetterSizes {
    double body, leading, cell, label, day, iso, last_day, note;
    double head_height, row_min, row_max;
    double explain_top;
    double columns[7];  // vaccine, position, first day, standard time, last day, cost; right edge
} LetterSizes;

// Below the table and its notes.
#define LETTER_HOW_TOP 179.0

const LetterSizes *letter_sizes(const KeptPerson *person);

void letter_table_head(Pen *pen, const LettersWords *words, const LetterSizes *sizes);
// The notes about deadlines stand under the table. Where many doses leave no room for them, the letter says so
// and they stand on its back, from `y` on (nothing where they do not).
void letter_table(Drawing *drawing, const KeptPerson *person, Arena scratch);
void letter_notes_behind(Drawing *drawing, const KeptPerson *person, double y, Arena scratch);
