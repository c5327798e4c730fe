// Numbers of people and households inside the city, each a type of its own so that the compiler
// refuses to take one for another (linkage.md 1.7).
//
// Reading goes in stages, each with an error of its own: full-width digits are folded and counted,
// then length (E_LENGTH), charset (E_CHARSET), check digit (E_CHECK_DIGIT). Empty text is E_MISSING.
// `wide_digits`, when not NULL, grows by the digits that were folded.
//
// Units   ASCII digits, terminated. A zeroed struct is "none".
// Memory  none. Errors point at the text that was given.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct AddresseeNo {
    char digits[16];
} AddresseeNo;
typedef struct HouseholdNo {
    char digits[16];
} HouseholdNo;
typedef struct UnifiedNo {
    char digits[16];
} UnifiedNo;

// Up to 15 digits; shorter ones are padded on the left with zeros (files.md 2).
MUST bool addressee_no_parse(Str text, AddresseeNo *no, int64_t *wide_digits, Error *err);
MUST bool household_no_parse(Str text, HouseholdNo *no, int64_t *wide_digits, Error *err);
// Exactly 15 digits: only programs write it.
MUST bool unified_no_parse(Str text, UnifiedNo *no, Error *err);

Str addressee_text(const AddresseeNo *no);  // 15 digits, or {0} for none; points into `no`
Str household_text(const HouseholdNo *no);
Str unified_text(const UnifiedNo *no);
bool addressee_same(const AddresseeNo *a, const AddresseeNo *b);
bool unified_same(const UnifiedNo *a, const UnifiedNo *b);
int addressee_order(const AddresseeNo *a, const AddresseeNo *b);  // -1, 0, 1

// The number 0 <= n < 10^15 (asserted) in 15 digits: for a register that counts.
AddresseeNo addressee_no_of(int64_t n);
HouseholdNo household_no_of(int64_t n);
UnifiedNo unified_no_of(int64_t n);

// What the bars of a paper say: start letter, digits, Luhn digit, stop letter (forms.md 5.1).
// "A410000000083141" + "3" + "A": E_LENGTH, E_CHARSET, E_CHECK_DIGIT. `digits` points into `text`.
typedef enum BarKind {
    BAR_PERSON = 'A',
    BAR_PAPER = 'B',
    BAR_INSTITUTION = 'C',
    BAR_FREE = 'D'
} BarKind;
MUST bool bar_read(Str text, BarKind *kind, Str *digits, Error *err);
Str bar_text(Arena *arena, BarKind kind, Str digits);  // needs ASCII digits (asserted)
