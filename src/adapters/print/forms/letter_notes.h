// What a letter says about deadlines under its table. Inside forms/ only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sheet.h"

// Sentences, a line each; {0} when the table says all.
Str letter_notes(const LettersWords *words, const KeptPerson *person, Day mailed_on,
                 Arena *scratch);
