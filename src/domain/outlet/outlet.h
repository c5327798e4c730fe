// The one way out for text: what leaves the program passes an outlet, which knows where it leads.
//
// An outlet masks what may be an Individual Number in whatever spelling (individual_no.h), shows control
// and direction characters as text (\x1B, \u202E), and takes the power from cells that a spreadsheet
// would run. The texts of an error leave through here alone (error_texts.h).
//
// Law     番号法 (平成25年法律第27号) 第9条, 第19条: nobody receives a number without a ground in law.
// Memory  what had to be changed lives in `arena`; else the result is the text itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "individual_no.h"

typedef enum Outlet {
    OUTLET_TERMINAL,  // standard output and error, for a person
    OUTLET_SHEET,     // CSV: lists, outcomes, error lists; people open it with a spreadsheet
    OUTLET_JSON,      // a program reads it, and writes control characters its own way
    OUTLET_TRAIL,     // the audit trail
    OUTLET_PAGE,      // a screen: lines stay lines, and the page escapes what it is given
} Outlet;

Str outlet_text(Outlet to, Arena *arena, Str text);
// The same where a long number has its place (outlet_takes_digits): nothing is masked.
Str outlet_digits(Outlet to, Arena *arena, Str text);
// Would outlet_text, or outlet_digits, leave it as it is?
bool outlet_clean(Outlet to, Str text, bool takes_digits);

// The positive list: how many digits may a number in a column of this name have? 0: it is no such column, and
// more than ten are masked there.
int outlet_takes_digits(Str column);
// What else a number there may be.
ColumnDoubt outlet_doubts(Str column);
// May anything stand in a column of this name, as in a name, an address, a note?
bool outlet_free_column(Str column);
// Is `value` of this item such a number, and none of a person?
bool outlet_keeps_digits(Str item, Str value);
// A control character or one that turns or hides the text around it.
bool outlet_sign(int32_t code);

// Is the error about the item of this name?
bool outlet_error_about(const Error *err, Str item);
// One line for a person: row, item and value where they are known, the words, the code (docs/errors.md).
Str outlet_error(Outlet to, Arena *arena, const Error *err);
// The parts of it, for a list that has a column for each: the words with the value behind them.
Str outlet_error_item(Outlet to, Arena *arena, const Error *err);
Str outlet_error_message(Outlet to, Arena *arena, const Error *err);
