// What the messages between organisations are written with: a map of the keys 1, 2, 3…, each there and in its turn.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "question.h"
#include "wire.h"

void item_put_text(WireOut *out, int key, Str text);
void item_put_number(WireOut *out, int key, int64_t number);
void item_put_blob(WireOut *out, int key, const void *at, ptrdiff_t len);

Str item_take_text(WireIn *in, int key, ptrdiff_t most);
int64_t item_take_number(WireIn *in, int key, int64_t least, int64_t most);
void item_take_blob(WireIn *in, int key, void *at, ptrdiff_t len);
void item_wanted(WireIn *in, bool readable);  // what was read last must be

// Sixteen ASCII digits: nothing is folded on a wire.
OrganisationCode organisation_take(WireIn *in);

void question_put(WireOut *out, const Question *question);
Question question_take(WireIn *in);  // of two different organisations

// The last item of a message that is sealed: so many zeros that the message ends at a whole block, and its length tells nothing.
enum { FILL_BLOCK = 1024 };
void item_put_fill(WireOut *out, int key);
void item_take_fill(WireIn *in, int key, const unsigned char *first);  // `first`: where the message begins
