// A ticket: a text that leaves the house and comes back, readable by nobody on the way and good for one
// holder and one purpose only: who is meant by a link of this session, what was searched for in it.
//
// AES-256-GCM under a key of its own for purpose and holder, written in letters that a URL carries. Nothing is
// stored: whoever forgets the holder's secret has made all its tickets worthless.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"

enum { TICKET_TEXT_MOST = 4096 };  // bytes

// `text` is TICKET_TEXT_MOST at most (asserted).
MUST bool ticket_make(const Keys *keys, Str purpose, Bytes holder, Str text, Arena *arena,
                      Str *ticket, Error *err);
// False for anything that was not made for this purpose and holder; they are not told apart.
bool ticket_open(const Keys *keys, Str purpose, Bytes holder, Str ticket, Arena *arena, Str *text);

// So many random letters that a URL or a cookie carries, 6 bits each.
MUST bool random_letters(int count, Arena *arena, Str *letters, Error *err);
