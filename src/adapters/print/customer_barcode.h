// Japan Post's customer barcode (カスタマバーコード): from an address to 67 bars and back.
//
// Source  Japan Post 郵便番号・バーコードマニュアル; forms.md 4.
// Memory  the extracted text lives in the arena; everything else is by value.
// Errors  "no barcode" is an answer, not a failure: a wrong one sends a child's letter elsewhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#define CUSTOMER_SYMBOLS 21  // 7 of the postal code, 13 of the address, the check
#define CUSTOMER_BARS    67  // start 2, symbols of 3 bars, stop 2

// Values 0-9, 10 for the hyphen, 11-18 for CC1-CC8.
typedef struct CustomerBarcode {
    unsigned char symbols[CUSTOMER_SYMBOLS];
} CustomerBarcode;

// What a bar looks like; the numbers are the manual's.
typedef enum CustomerBar {
    CUSTOMER_LONG = 1,
    CUSTOMER_SEMI_UP = 2,
    CUSTOMER_SEMI_DOWN = 3,
    CUSTOMER_TIMING = 4,
} CustomerBar;

typedef struct CustomerBars {
    unsigned char bars[CUSTOMER_BARS];  // CustomerBar
} CustomerBars;

// The address part of the code (住所表示番号): digits, capital letters, hyphens. `rest` is what
// follows the town area in the printed address, with 方書: "3丁目8-1 みほんビル3F" is "3-8-1-3".
Str customer_address_number(Str rest, Arena *arena);

// Seven digits without hyphen into `digits`; false for anything else.
bool postal_code_read(Str text, char digits[7]);

// False when there must be no barcode: no postal code of seven digits, or a general one (ends in 00).
bool customer_barcode_of(Str postal_code, Str rest, CustomerBarcode *code, Arena scratch);

// Digits, capitals and hyphens as they stand: filled with CC4 or cut to 20 symbols, check appended.
// False for any other byte.
bool customer_barcode_encode(Str text, CustomerBarcode *code);

CustomerBars customer_bars(CustomerBarcode code);
// The way back; false when start, stop, a symbol or the check does not hold.
bool customer_bars_read(CustomerBars bars, CustomerBarcode *code);

bool customer_barcode_same(CustomerBarcode a, CustomerBarcode b);
