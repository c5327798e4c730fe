// The help of a page, read out of the page itself: which keys it names, and which of its words the list of terms explains.
//
// Source  what the template has written (its buttons say their keys), docs/ja/words.md (the terms): nothing is written twice.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "frame_html.h"

// The keys that buttons and links of the page name, each once, in their order; then those of its lists and pictures.
HelpKeyRows help_keys(Str markup, Arena *arena);
// The terms that stand in headings, heads of tables, labels and buttons of the page, in the order of the list.
HelpTermRows help_terms(Str markup, Arena *arena);
HelpTermRows help_all_terms(Arena *arena);
