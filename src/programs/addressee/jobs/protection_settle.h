// After the rows of a file: protection reaches everybody it covers and nobody else, and leaves no place in
// clear. Inside the file's transaction, so that nobody sees a moment between.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "register_plan.h"

// What is planned is written first. `plan->arena` is not the one of `scratch`.
// `effects`, by RegisterEffect, counts who was covered, uncovered and asked about. `known_on` is the day of the file.
// `ended_household`: an officer ended its measure, so who is of it is covered no longer wherever he or she is; 0: none.
MUST bool protection_settle(RegisterPlan *plan, Day known_on, int64_t ended_household, int64_t *effects,
                            Arena scratch, Error *err);
