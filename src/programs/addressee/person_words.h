// What is said of a person, in words for whoever reads a page or a list.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_state.h"

#define HIDDEN_TEXT "●●●●●●"

Str resident_name(const PersonState *state);  // as papers print it
// {0}: nothing is said. What may not stand in clear (person_field_hidden) is HIDDEN_TEXT.
Str person_field_words(const PersonState *state, const PersonField *field, Arena *arena);
// What may be said of a person on whom `protection` bears now, whatever it was when the state was written.
PersonState state_shown(const PersonState *state, int32_t protection);
// The item of person_fields that tables name so (asserted).
const PersonField *person_field_named(const char *column);
