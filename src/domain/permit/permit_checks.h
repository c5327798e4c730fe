// The checks of permit.h, one a row. Its test leaves each of them out in turn; nobody else includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "permit.h"

typedef struct PermitCheck {
    PermitNo no;
    int stages;  // bits of PermitStage
    bool (*holds)(const PermitSight *sight);
} PermitCheck;

enum { PERMIT_CHECKS = 14 };
extern const PermitCheck permit_checks[PERMIT_CHECKS];
