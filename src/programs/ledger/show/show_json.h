// One person as JSON (files.md 4; fields of immunization.md 4.5 and 4.7).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_shown.h"

// What a vaccination abroad counts for. One that the table would count and no series accepts waits for a
// physician: only he or she may count what the rules of its day do not.
ForeignStanding origin_standing(const PersonShown *shown, const OriginRow *origin, Arena *arena);

// The answer hangs on which day of a vague birth date is meant: then `born` is the first and the last of them.
bool two_readings(const PersonShown *shown, const GroupAssessment *group, DaySpan *born);

// Writes to `to`.
MUST bool show_json(const PersonShown *shown, Arena scratch, Error *err);
// The same for people to read.
void show_text(const PersonShown *shown, Arena scratch);
