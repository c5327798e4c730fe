// A citizen's Individual Number from standard input, one line: on a command line other processes would see it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "citizen.h"

// Whom the core means by the number that was typed.
MUST bool citizen_typed(Act *act, Arena scratch, Citizen *citizen, Error *err);
