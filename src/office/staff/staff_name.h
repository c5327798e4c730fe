// Names of people of the office: one spelling for one person.
//
// Folded by NFKC (width, composition), blanks at the ends taken off and runs of them made one. Refused are
// what a reader cannot see or would take for another sign: controls, zero width, direction, symbols; and
// "system:", which names programs.
// Errors  E_CHARSET, E_LENGTH, E_MISSING.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { STAFF_NAME_MOST = 60 };  // characters

MUST bool staff_name_read(Str typed, Arena *arena, Str *name, Error *err);
