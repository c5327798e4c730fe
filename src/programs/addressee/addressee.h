// What the addressee program tells the office about itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

extern const OfficeProgram addressee_office;  // doors.c
