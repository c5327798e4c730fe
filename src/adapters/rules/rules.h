// Rule files (JSON, docs/rule-language.md) into a Schedule.
//
// A set of files is loaded whole or not at all: every key, term, name and row is checked before a
// single dose is judged, and all faults of a set are told at once, each with file, place, code and
// words. The rules that were running stay in force.
//
// Memory  the Schedule and everything it points to live in the arena.
// Errors  E_RULE: all faults in `faults`, whose taker tells them, and only their number in `err`; where
//         `faults` is NULL, the first one in `err`; E_FILE_OPEN, E_FILE_READ.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "embedded.h"
#include "errors.h"
#include "schedule.h"
#include "vec.h"

typedef struct RuleFault {
    Str file;
    Str place;     // "groups[0].series[1].doses[2].gap"
    char code[4];  // "K1" … "L1"; "J0": the text is no JSON, "J1": a value of the wrong kind
    Str words;     // what is wrong, for the author of the rule
} RuleFault;
VEC(RuleFaults, RuleFault, rule_faults);
// "mr.json: groups[0]: K1 …": one line, without its end.
Str rule_fault_text(const RuleFault *fault, Arena *arena);

// The rules that were built into the program: all routine immunizations of the country.
MUST bool rules_embedded(Arena *arena, const Schedule **schedule, Error *err);

// The same with a city's own rows unless `city` is NULL (format schedule-city/1, docs/rule-language.md 11). `faults` may be NULL.
MUST bool rules_of_city(const EmbeddedFile *city, Arena *arena, const Schedule **schedule,
                        RuleFaults *faults, Error *err);

// A set of texts. One of them holds the tables that all share (products, facts, defaults); it is the
// one without `groups`, or the only one. `faults` may be NULL.
MUST bool rules_load(const EmbeddedFile *texts, int count, Arena *arena, const Schedule **schedule,
                     RuleFaults *faults, Error *err);

// A whole set as its files read: those of the country in order of name, then a city's own where it has any.
typedef struct RuleTexts {
    const EmbeddedFile *at;
    int count;
} RuleTexts;

// What rules_of_city and rules_load_folder load.
RuleTexts rule_texts_built_in(const EmbeddedFile *city, Arena *arena);
MUST bool rule_texts_of_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                               RuleTexts *texts, Error *err);

// Every *.json of a folder, in order of name; with a city's own rows unless `city` is NULL.
MUST bool rules_load_folder(const char *folder, const EmbeddedFile *city, Arena *arena,
                            const Schedule **schedule, RuleFaults *faults, Error *err);
