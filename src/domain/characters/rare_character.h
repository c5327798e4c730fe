// A character that an ordinary font may lack or draw in another form: with a variant selector, a compatibility
// ideograph, one beyond the first plane, one of an office's own (外字). Where a name has one, its paper is looked at.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "str.h"

bool character_rare(Str text);
