// The rules by which this office judges: those built into the program, or the office's own where DIR/rules lies.
//
//     DIR/rules/*.json          all rule files, like rules/jp: one of shared tables, one per disease
//     DIR/rules/papers/*.json   words of papers in place of the built-in ones of the same name; may be absent
//     DIR/city-rules.json       the city's own rows over either (its days of a season); may be absent
//
// A law that comes into force before the next version of the program is put there and taken away with it. Both are
// checked whole at every start: a faulty set is refused with all its faults on standard error, and nothing is
// judged. rule_use_rows.h remembers which rules judged since when.
// Memory  everything lives in the arena.
// Errors  E_RULE, E_PAPER, E_FILE_OPEN, E_FILE_READ.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"
#include "papers.h"
#include "rules.h"

typedef struct OfficeRules {
    PaperSource words;         // with the schedule
    const EmbeddedFile *city;  // the city's own rows; NULL: none
    RuleTexts texts;           // of which the schedule was made
} OfficeRules;

MUST bool office_rules(const Office *office, Arena *arena, OfficeRules *rules, Error *err);

// A set of rule files; faults go to standard error.
MUST bool rules_of_texts(const RuleTexts *texts, Arena *arena, const Schedule **schedule, Error *err);

// The rule files of any folder, with a city's own rows unless NULL; faults go to standard error.
MUST bool rules_of_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                          const Schedule **schedule, Error *err);
