// Whom the register protects, told to the intermediate server: it hides what the citizen could see, and answers nobody about him
// by itself (shield.h). Who is unknown there is told all the same, for the code may come later.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "relay_pass.h"

// Each word until it was heard; `told`: how many were.
MUST bool shields_tell(Act *act, const RelayOnward *intermediate, Arena arena, int64_t *told, Error *err);
