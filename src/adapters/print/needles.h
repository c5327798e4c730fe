// Many texts looked for in one pass (Aho-Corasick): is somebody else's number or name on this page?
//
// Memory  the automaton and its texts live in the arena; about 24 bytes per byte of text.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef struct Needles Needles;

// `texts` must live as long as the automaton; empty ones are left out.
Needles *needles_of(const Str *texts, ptrdiff_t count, Arena *arena);

// Calls `found` for every text that stands in `hay`, once per place, until it says false.
// Returns false when it did.
bool needles_find(const Needles *needles, Str hay, bool (*found)(void *context, Str needle),
                  void *context);
