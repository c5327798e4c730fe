// What a request asks for, as it is kept and sealed: a flat object of texts, numbers and yes or no. Its bytes are the same for
// the same content, for a second person decides about exactly them (approvals.h).
//
//     json_t *o = payload_begin();
//     payload_put(o, "who", who);
//     Bytes asked = payload_end(o, arena);
//
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "bytes.h"
#include "str.h"

#include <jansson.h>

json_t *payload_begin(void);
// An empty text is left out, and read back as {0}.
void payload_put(json_t *object, const char *key, Str text);
void payload_put_number(json_t *object, const char *key, int64_t number);
void payload_put_yes(json_t *object, const char *key, bool yes);
// The bytes, in the arena; `object` is given up.
Bytes payload_end(json_t *object, Arena *arena);

// NULL: it is no such object. json_decref when it was read.
json_t *payload_open(Bytes payload);
// {0}, 0 and false where the key is not there, or `object` is NULL.
Str payload_text(const json_t *object, const char *key, Arena *arena);
int64_t payload_number(const json_t *object, const char *key);
bool payload_yes(const json_t *object, const char *key);
