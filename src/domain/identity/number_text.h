// How every number of this folder is read: fold, length, charset; the check digit is its owner's.
//
// Units   digits are ASCII and terminated; lengths count characters, so that a full-width number and
//         one with a letter in it are told apart rightly.
// Privacy `secret` numbers never enter an error.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

#define NUMBER_DIGITS_MAX 20

typedef struct NumberShape {
    int min, max;  // digits that may be written; max is the stored length
    bool secret;
    Str length_words;  // what to say when there are too many or too few
} NumberShape;

// Fills `digits` (max + 1 bytes), padded on the left with zeros. `wide_digits` may be NULL.
MUST bool number_read(Str text, const NumberShape *shape, char *digits, int64_t *wide_digits,
                      Error *err);

// E_CHECK_DIGIT with the words that all numbers share; returns false.
bool number_check_failed(Str text, const NumberShape *shape, Error *err);
