// 個人番号 and 住民票コード. Only addressee, unified, their contract and the core that makes codes include this; every other program
// uses it to find what must be masked in text (individual_no_mask_text).
//
// Law     番号法 (平成25年法律第27号); check digit: 平成26年総務省令第85号 第5条.
// Care    No error carries the number. Wiped at the end of scope:
//             INDIVIDUAL_NO_SECRET IndividualNo no = {0};
//         Never print, log, compare with memcmp or put into a URL.
// The check digit is no proof of identity: the remainders 0 and 1 both give 0.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

typedef struct IndividualNo {
    char digits[13];
} IndividualNo;
typedef struct ResidentRecordCode {
    char digits[12];
} ResidentRecordCode;

void individual_no_wipe(IndividualNo *no);
#define INDIVIDUAL_NO_SECRET __attribute__((cleanup(individual_no_wipe)))

// From a file: twelve digits, folded width counted in `wide_digits` (never silent: the caller tells it).
MUST bool individual_no_parse(Str text, IndividualNo *no, int64_t *wide_digits, Error *err);
// From a screen: hyphens and blanks between the digits are taken too; `corrected` says that anything
// was folded or dropped.
MUST bool individual_no_parse_typed(Str text, IndividualNo *no, bool *corrected, Error *err);
MUST bool resident_record_code_parse(Str text, ResidentRecordCode *code, Error *err);

bool individual_no_present(const IndividualNo *no);
bool individual_no_same(const IndividualNo *a, const IndividualNo *b);  // in constant time

#define INDIVIDUAL_NO_MASK_SIZE 13
// "********1234". Returns `text`.
const char *individual_no_mask(const IndividualNo *no, char text[INDIVIDUAL_NO_MASK_SIZE]);

// ---- in text (number_mask.c)
//
// Text is folded first, to what a reader would copy out of it: digits of any script, kanji and daiji, circled,
// superscript and bold ones; what has no width (joiners, soft hyphens, combining marks) is passed over,
// and up to eight characters that are neither letter nor digit, or の ノ x, may stand between two groups of digits.
// May be a number, and is masked:
//     twelve digits with a valid check digit that begin and end with a group, of which four stay; a 0 may stand
//     before them;
//     a group of eleven digits and more, whatever its check digit says;
//     11 to 13 digits in groups of three to five, or of one each;
//     words for a number as long as that (千二百三十四億五千六百七十八万九千十八, 1234億5678万9018).
// Is none: a date (2026-11-23), an instant (14 digits that begin with a day), and a number of 15 digits that begins with
// five zeros.
bool individual_no_in_text(Str text);
// The same text with the digits as '*'; `text` itself when clean.
Str individual_no_mask_text(Arena *arena, Str text);
// The same without the four digits that a sure number keeps.
Str individual_no_hide_text(Arena *arena, Str text);
int individual_no_digit(int32_t code);  // what a reader takes the sign for; -1: no digit
// Does a number with a valid check digit lie over the byte `seam`, some of its digits on either side?
bool individual_no_across(Str text, ptrdiff_t seam);
// Two neighbouring cells may hold one number between them (number_torn.c): then the digits of it are hidden in both,
// and it says true. In cells for anything (`free`) it may stand among words; beside a cell for something else both
// must be digits alone, and a date of eight digits is none of it.
bool individual_no_mask_torn(Arena *arena, Str *left, Str *right, bool free);

typedef enum ColumnDoubt {
    COLUMN_TRUSTED,
    COLUMN_LONGER,  // thirteen digits are a number and one more, where the check digit of one in them is right
    COLUMN_DOUBTED,     // anything of nearly its length is a number
} ColumnDoubt;
// A text from where long numbers of another kind stand, of `most` digits (宛名番号, the bars of a paper: a
// letter may stand on either side): is it an Individual Number all the same, zeros before it or not? Text that is
// no number at all, or a longer one, is taken as free text.
bool individual_no_in_column(Str text, int most, ColumnDoubt doubt);
