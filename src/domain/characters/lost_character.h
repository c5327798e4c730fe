// Marks that stand where a character was lost on its way: ? and ？ of a conversion, 〓 of a printer's case, ■ and □
// of a font, U+FFFD of a reader. No name or address has one, so a paper with one goes to the wrong name or place.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "str.h"

bool character_lost(Str text);
