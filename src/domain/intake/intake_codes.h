// What each code does to a row. Internal to intake; texts and words are in intake.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "intake.h"

// Where the code stops a row; INTAKE_ACCEPTED_WITH_WARNING lets it pass.
IntakeOutcome intake_code_outcome(IntakeCode code);
