// One item of a person as somebody writes it, in a file or at a screen, read into the person's state.
//
// Digits and kana are brought to one form (control D-1-02); names and addresses are kept byte for byte. What is longer
// than the limits of person_state.h, or none of the codes, is refused; the item is the caller's to name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dates.h"
#include "person_state.h"

// `text` says something (asserted). `notes`: digits that were folded, an era that had ended.
MUST bool person_item_read(const PersonField *field, Str text, Arena *arena, PersonState *state, DateNotes *notes,
                           Error *err);
// A whole day that a register can mean.
MUST bool person_day_read(Str text, Day *day, DateNotes *notes, Error *err);
// Enough of a value to find it again; one character may be as long as a book.
Str person_item_shown(Str text);
