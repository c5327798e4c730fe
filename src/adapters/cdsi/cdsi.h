// CDC's supporting data for its immunization logic (CDSi: XML, public domain) into a Schedule.
//
// A folder holds one ScheduleSupportingData file and one AntigenSupportingData file for each antigen
// that it maps; they are told apart by their root elements, not by their names. Every element must be
// known, every word, code, duration and day readable, and the files must agree with each other: a set
// is loaded whole or not at all.
//
// Terms   an antigen becomes a group (id: its name), a CVX code a product (id: two digits or more), an
//         observation a fact that is there or not (id: its code), a vaccine group a merge. Where rules
//         count from an observation there is a second fact, a date: its id is the code and " date".
//         The country of birth is the fact CDSI_COUNTRY; without it the person counts as born where
//         the rule wants. Reasons are CDC's own texts.
// Memory  the Schedule and everything it points to live in the arena.
// Errors  E_RULE: `item` is file and element, `row` the line, `value` what stands there;
//         E_FILE_OPEN, E_FILE_READ, E_LIMIT.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "embedded.h"
#include "errors.h"
#include "schedule.h"

#define CDSI_COUNTRY         "birth country"
#define CDSI_COUNTRY_ANOTHER "another"  // the value for every country that no rule names

// Every *.xml of a folder, in order of name.
MUST bool cdsi_load(const char *folder, Arena *arena, const Schedule **schedule, Error *err);
// The same from texts in memory.
MUST bool cdsi_load_texts(const EmbeddedFile *texts, int count, Arena *arena,
                          const Schedule **schedule, Error *err);
