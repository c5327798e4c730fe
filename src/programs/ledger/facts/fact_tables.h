// The kinds, causes and sources that a row of facts may name. Internal to facts.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "fact_row.h"

typedef enum SubjectUse {
    SUBJECT_NONE,    // speaks of the person
    SUBJECT_ANY,     // of a series or a product; an empty 対象 means every one
    SUBJECT_SERIES,  // of one series, never of all
} SubjectUse;

// What the office minds beside the rules' own facts.
typedef struct OfficeFact {
    const char *kind, *name;
    SubjectUse subject;
    bool word_enough;  // 申出 alone will do
    FactShape shape;
} OfficeFact;

// Why somebody could not be vaccinated (施行令3条2項, 施行規則): what a physician must write, what the city finds.
typedef struct FactCause {
    const char *id, *name;
    bool by_physician;
} FactCause;

// Who says so. The texts are stored; "clinic" comes with submissions.
typedef enum Source { SOURCE_PHYSICIAN, SOURCE_PAPER, SOURCE_OFFICER, SOURCE_WORD, SOURCES } Source;

enum { FACT_OFFICE_COUNT = 4, FACT_CAUSE_COUNT = 6, FACT_SOURCE_WORD_COUNT = 7 };
extern const OfficeFact fact_office[FACT_OFFICE_COUNT];
extern const FactCause fact_causes[FACT_CAUSE_COUNT];
extern const RowWord fact_source_names[FACT_SOURCE_WORD_COUNT];  // the first of each source is its usual one
extern const char *const fact_source_texts[SOURCES];
