// What a program says on a terminal: texts of others go through the outlet, each by itself.
//
// The format is printf's, with %d, %lld, %td, %% and two kinds of text:
//     %.*s  a text as it was read or typed: an Individual Number in it is masked;
//     %s    words of our own, and a number or path that has its place: digits stay.
// In both no control or direction character reaches the terminal as itself (outlet.h).
//
// Law     番号法 (平成25年法律第27号) 第9条, 第19条: nobody receives a number without a ground in law.
// Memory  none of the caller's.
// Errors  as with printf: ferror of the stream.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <jansson.h>
#include <stdio.h>

#include "str.h"

__attribute__((format(printf, 2, 3))) void say(FILE *to, const char *format, ...);

// A value for a program, which a terminal may show as well: control and direction characters stand as \uXXXX,
// so whoever reads JSON gets them back. False: it was not written.
bool say_json(FILE *to, const json_t *value, size_t jansson_flags);

// The value of an item in JSON, without an Individual Number; null for none.
json_t *json_item(Str item, Str text);
