// What somebody may have meant who typed a word that there is not: dua, --vacine, ｌｅｄｇｅｒ.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// Of these words the one that is one slip away (two in a longer one): a letter too many, too few, another one, or two
// that changed places; as is whoever begins the same way. Width and case are no slip. NULL: none is near.
const char *near_word(Str typed, const char *const *words, int count);
// Does it begin with a sign that is meant to be the hyphen before an option: －, —, –, ー, or one hyphen alone?
bool typed_as_option(Str typed);
