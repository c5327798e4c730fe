// Test vectors: a person, a history and a day, with the answer that the law gives (format
// jp-imm-vectors/1; a rule file may carry its own under "vectors").
//
// Memory  everything read lives in the arena; the JSON behind `expect` until vectors_close.
// Errors  E_VECTOR with the vector's id as item; E_FILE_OPEN.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <jansson.h>

#include "errors.h"
#include "rules.h"
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
    const Schedule
        *schedule;  // the rules of the folder, the embedded ones, or those that the file carries
    Vectors vectors;
    json_t *root;
} VectorFile;

// `rules`: the folder of rule files to try; NULL: the rules of this program. A vector file that carries its own
// rules is judged by those. `faults` may be NULL.
MUST bool vectors_open(const char *path, const char *rules, Arena *arena, VectorFile *file,
                       RuleFaults *faults, Error *err);
void vectors_close(VectorFile *file);

// The answer written as a vector writes it: doses, series_status, next. The caller owns it.
json_t *answer_json(const Schedule *schedule, const GroupAssessment *answer);
