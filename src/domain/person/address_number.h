// The number part of an address: 二丁目六番一号, 3-8-1, 甲123番地4の5, 無番地. Private to address.c.
//
// Everything is read from the text as written, each character folded as it is looked at, so that what
// stands behind the number is still the writer's own.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "address.h"

// Does the number part begin here? `loosely`: a number that anything may follow (馬借2みほんビル), where
// nothing better was found.
bool address_number_starts(Str text, bool loosely);

// Reads it into chome, kind, status and numbers; what is left is given back.
Str address_number_take(Str text, Address *address);

// The first character, full width folded; its bytes in `len`. 0 at the end.
int32_t address_code(Str text, ptrdiff_t *len);
bool address_blank(int32_t code);
bool address_dash(int32_t code);  // - and every sign that people write for it
