// Many keys as one parameter, for a look-up by a set: one round trip for all of them, on both engines, and also in
// a picture, where nothing may be written.
//
//     KeySet keys = {0};
//     key_set_add(&keys, arena, label, number);
//     … FROM json_each($1) a CROSS JOIN intake_row r WHERE r.label = a.key …
//     bind_text(q, 1, key_set_text(&keys, arena));
//
// In the statement a.key is the text and KEY_NUMBER the number. The set comes first and CROSS JOIN keeps it there on
// SQLite, so that each key is one walk down an index. The same key may stand there twice.
// Keys that are bytes go as hex, and the statement says decode(a.key, 'hex'), which both engines have.
// Memory  the text grows in the arena given; key texts are copied.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

// Both engines give an object's members as rows: key is text; value is a number on SQLite, json on PostgreSQL.
#define KEY_NUMBER "CAST(CAST(a.value AS text) AS bigint)"

// Each number of a set once: FROM KEY_NUMBERS CROSS JOIN dose d WHERE d.person_id = b.number.
#define KEY_NUMBERS "(SELECT DISTINCT " KEY_NUMBER " AS number FROM json_each($1) a) b"

typedef struct KeySet {
    Text json;
    int32_t count;
} KeySet;

void key_set_add(KeySet *set, Arena *arena, Str text, int64_t number);
// A number alone.
void key_set_add_number(KeySet *set, Arena *arena, int64_t number);
// What is bound; nothing is to be added afterwards.
Str key_set_text(KeySet *set, Arena *arena);
