// What the unified program tells the office about itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

extern const OfficeProgram unified_office;  // doors.c
