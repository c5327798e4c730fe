// Test vectors: a person, a history and a day, with the answer that the law gives (format
// jp-imm-vectors/1; a rule file may carry its own under "vectors").
//
// Memory  everything read lives in the arena; the JSON behind `expect` until vectors_close.
// Errors  E_VECTOR with the vector's id as item; E_FILE_OPEN.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <jansson.h>

#include "errors.h"
#include "schedule.h"
#include "vec.h"

typedef struct Vector {
    Str id, title, rule;
    int group;
    Subject subject;
    History history;
    Day as_of;
    const json_t *expect;
} Vector;
VEC(Vectors, Vector, vectors);

typedef struct VectorFile {
    const Schedule *schedule;  // the embedded rules, or those that the file carries
    Vectors vectors;
    json_t *root;
} VectorFile;

MUST bool vectors_open(const char *path, Arena *arena, VectorFile *file, Error *err);
void vectors_close(VectorFile *file);

// The answer written as a vector writes it: doses, series_status, next. The caller owns it.
json_t *answer_json(const Schedule *schedule, const GroupAssessment *answer);
