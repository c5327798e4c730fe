// Inside the forms: typed looks into their JSON, and the file that speaks of vaccines.
//
// Reads on when something is missing and remembers the first such thing, so that the caller asks once.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <jansson.h>

#include "paper_forms.h"

typedef struct PaperReader {
    const Schedule *schedule;
    Arena *arena;
    const char *missing;  // an item that a file lacks
    const char *unknown;  // a name that the rules do not know
} PaperReader;

Str take_text(PaperReader *r, const json_t *object, const char *key);
Str take_optional(PaperReader *r, const json_t *object, const char *key);
const json_t *take_array(PaperReader *r, const json_t *object, const char *key, int *count);
const Str *take_texts(PaperReader *r, const json_t *object, const char *key, int *count);
void take_fixed_texts(PaperReader *r, const json_t *object, const char *key, Str *texts, int count);

// vaccines.json; names, volumes and routes of products are those of the rules.
void vaccines_read(PaperReader *r, const json_t *root, PaperForms *forms);
